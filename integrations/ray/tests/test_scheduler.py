"""The scheduler against simulated workers: every request has one answer, whatever fails."""

import random
import unittest

from nasl_ray.scheduler import Scheduler
from simulate import Cluster, Search


class Recorder:
    """A pool that only writes down."""

    def __init__(self, slots):
        self.count = slots
        self.submitted = {}
        self.cancelled = []

    def slots(self):
        return self.count

    def submit(self, number, task, requests):
        self.submitted[number] = [one["id"] for one in requests]

    def cancel(self, number):
        self.cancelled.append(number)


def scheduler(slots):
    pool, answers, clock = Recorder(slots), [], [0.0]
    made = Scheduler(pool, answers.append, lambda: clock[0])
    made.request({"type": "task", "hash": "t", "name": "t", "body": ""})
    return made, pool, answers, clock


def ask(made, count, first=0, attempt=1):
    for trial in range(first, first + count):
        made.request({"type": "eval", "id": f"{trial}.{attempt}", "attempt": attempt, "task": "t"})


def done(made, pool, number, seconds):
    made.finished(number, [{"type": "result", "status": "ok", "id": one, "seconds": seconds} for one in pool.submitted[number]])


class SchedulerTests(unittest.TestCase):
    def test_long_trials_travel_alone_and_short_ones_together(self):
        for seconds, sizes in [(10, {1}), (0.2, {2}), (0.01, set(range(8, 65)))]:
            made, pool, _, _ = scheduler(2)
            ask(made, 1000)
            made.tick()
            self.assertEqual([len(ids) for ids in pool.submitted.values()], [1] * 4, "nothing is known of their length yet")
            for number in range(1, 5):
                done(made, pool, number, seconds)
            made.tick()
            self.assertLessEqual({len(pool.submitted[number]) for number in range(5, 9)}, sizes)

    def test_the_rest_of_a_round_is_shared_out(self):
        made, pool, _, _ = scheduler(4)
        ask(made, 1)
        made.tick()
        done(made, pool, 1, 0.001)
        ask(made, 16, first=1)
        made.tick()
        self.assertGreaterEqual(len(pool.submitted) - 1, 4, "every slot has something to do")

    def test_a_retry_goes_first_and_alone(self):
        made, pool, _, _ = scheduler(1)
        ask(made, 1)
        made.tick()
        done(made, pool, 1, 0.001)
        ask(made, 50, first=1)
        ask(made, 1, attempt=2)
        made.tick()
        self.assertEqual(pool.submitted[2], ["0.2"])

    def test_a_straggler_is_begun_again_and_the_first_answer_counts(self):
        made, pool, answers, clock = scheduler(3)
        ask(made, 3)
        made.tick()
        clock[0] = 10
        done(made, pool, 1, 10)
        done(made, pool, 2, 10)
        made.tick()
        self.assertEqual(len(pool.submitted), 3)
        clock[0] = 15.1
        made.tick()
        self.assertEqual(pool.submitted[4], ["2.1"])
        made.lost(4, "its node died")
        self.assertEqual(len(answers), 2, "the first try still runs")
        made.tick()
        self.assertEqual(pool.submitted[5], ["2.1"], "another one takes the place of what was lost")
        done(made, pool, 5, 10)
        self.assertEqual(pool.cancelled, [3])
        done(made, pool, 3, 50)
        self.assertEqual([one["id"] for one in answers], ["0.1", "1.1", "2.1"])

    def test_no_second_try_while_others_wait(self):
        made, pool, _, clock = scheduler(2)
        ask(made, 10)
        made.tick()
        done(made, pool, 1, 1)
        clock[0] = 100
        made.tick()
        self.assertEqual(sorted(ids[0] for ids in pool.submitted.values()), sorted({ids[0] for ids in pool.submitted.values()}))

    def test_what_is_cancelled_is_taken_back(self):
        made, pool, answers, _ = scheduler(1)
        ask(made, 5)
        made.tick()
        for trial in range(5):
            made.request({"type": "cancel", "id": f"{trial}.1"})
        self.assertEqual(sorted(pool.cancelled), [1, 2])
        done(made, pool, 1, 1)
        made.tick()
        self.assertEqual((answers, len(pool.submitted), len(made.batches), made.begun), ([], 2, 0, 0))

    def test_room_grows_with_the_cluster(self):
        made, pool, _, _ = scheduler(0)
        ask(made, 100)
        made.tick()
        self.assertEqual(len(pool.submitted), 2, "a cluster that can grow sees that there is something to do")
        pool.count = 10
        made.tick()
        self.assertEqual(len(pool.submitted), 20)

    def test_a_task_that_was_not_told(self):
        made, _, answers, _ = scheduler(1)
        made.request({"type": "eval", "id": "a", "task": "other"})
        self.assertEqual([(one["id"], one["kind"]) for one in answers], [("a", "unknown_task")])


class SimulationTests(unittest.TestCase):
    def test_every_trial_once_whatever_fails(self):
        for seed in range(20):
            numbers = random.Random(seed)
            cluster = Cluster(numbers.randint(1, 30), seed, median=10 ** numbers.uniform(-3, 2), failures=numbers.uniform(0, 0.3), stragglers=numbers.uniform(0, 0.3),
                              slow=numbers.choice(["machine", "program"]), repair=numbers.uniform(0, 100))
            search = Search(cluster, numbers.randint(1, 200), 3)
            utilisation = search.run(tick=cluster.median)
            self.assertEqual(sorted(search.answers), list(range(3 * search.round_size)), seed)
            self.assertTrue(0 < utilisation <= 1, (seed, utilisation))
            self.assertEqual((len(search.scheduler.batches), search.scheduler.begun, search.scheduler.open), (0, 0, {}), seed)

    def test_workers_are_used(self):
        cluster = Cluster(100, 1)
        self.assertGreater(Search(cluster, 4000, 2).run(tick=5), 0.9)

    def test_second_tries_shorten_a_round(self):
        hours = [0, 0]
        for copies in (False, True):
            cluster = Cluster(100, 1)
            Search(cluster, 100, 5, copies).run(tick=5)
            hours[copies] = cluster.clock
        self.assertLess(hours[True], 0.8 * hours[False])


if __name__ == "__main__":
    unittest.main()
