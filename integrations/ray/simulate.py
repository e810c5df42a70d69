"""simulate.py [--workers 800] [--quick]: the driver's own scheduler against simulated workers, in virtual time.

Prints a table of utilisation: the time that workers spent on attempts whose answers counted, of all the time that they had from the
first round's begin to the last one's end. A trial takes 10 minutes (log-normal, 10 %); an attempt is lost with its worker at a random
moment with a probability of 1 %, after which the worker is away for a minute; 5 % take five times the median, either because of where
they run (then another attempt need not) or because of the program (then every attempt does).
"""

import argparse
import heapq
import itertools
import math
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from nasl_ray.scheduler import Scheduler


class Cluster:
    """Workers that take batches in the order in which they were submitted; time passes when `step` is called."""

    def __init__(self, workers, seed, median=600.0, spread=0.1, failures=0.01, stragglers=0.05, slowdown=5.0, slow="machine", repair=60.0, latency=0.005):
        self.clock = 0.0
        self.workers = workers
        self.free = workers
        self.numbers = random.Random(seed)
        self.median, self.spread, self.failures, self.stragglers, self.slowdown = median, spread, failures, stragglers, slowdown
        self.slow, self.repair, self.latency = slow, repair, latency
        self.queue = []
        self.events = []
        self.order = itertools.count()
        self.running = {}
        self.useful = 0.0
        self.inherent = {}
        # What each batch asked for that is done: number of the batch, what came of it.
        self.deliver = lambda number, outcomes, reason: None

    def slots(self):
        return self.workers

    def at(self, time, action, *arguments):
        heapq.heappush(self.events, (time, next(self.order), action, arguments))

    def submit(self, number, task, requests):
        self.queue.append((number, requests))
        self.start()

    def cancel(self, number):
        self.queue = [one for one in self.queue if one[0] != number]
        if self.running.pop(number, None) is not None:
            self.free += 1
            self.start()

    def duration(self, request):
        length = self.median * math.exp(self.spread * self.numbers.gauss(0, 1))
        if self.slow == "machine":
            return length * (self.slowdown if self.numbers.random() < self.stragglers else 1)
        trial = request["trial"]
        if trial not in self.inherent:
            self.inherent[trial] = length * (self.slowdown if self.numbers.random() < self.stragglers else 1)
        return self.inherent[trial]

    def start(self):
        while self.free and self.queue:
            number, requests = self.queue.pop(0)
            self.free -= 1
            lengths = [self.duration(request) for request in requests]
            total = sum(lengths) + self.latency
            self.running[number] = True
            if self.numbers.random() < 1 - (1 - self.failures) ** len(requests):
                self.at(self.clock + self.numbers.random() * total, self.fail, number)
            else:
                self.at(self.clock + total, self.finish, number, requests, lengths)

    def finish(self, number, requests, lengths):
        if self.running.pop(number, None) is None:
            return
        self.free += 1
        self.start()
        self.deliver(number, [{"type": "result", "status": "ok", "id": request["id"], "seconds": length} for request, length in zip(requests, lengths)], None)

    def fail(self, number):
        if self.running.pop(number, None) is None:
            return
        self.at(self.clock + self.repair, self.back)
        self.deliver(number, None, "the worker died")

    def back(self):
        self.free += 1
        self.start()

    def step(self, until):
        """Lets time pass to the next event, or to `until`."""
        if self.events and self.events[0][0] <= until:
            self.clock, _, action, arguments = heapq.heappop(self.events)
            action(*arguments)
        else:
            self.clock = until


class Search:
    """Rounds as nasl has them: all of a round is asked for at once, what is lost again, and the next begins when all is answered."""

    def __init__(self, cluster, round_size, rounds, copies=True):
        self.cluster = cluster
        self.round_size = round_size
        self.rounds = rounds
        self.open = {}
        self.answers = []
        self.lost = 0
        self.scheduler = Scheduler(cluster, self.answer, lambda: cluster.clock)
        if not copies:
            self.scheduler.straggling = math.inf
        cluster.deliver = self.deliver

    def deliver(self, number, outcomes, reason):
        if outcomes is None:
            self.scheduler.lost(number, reason)
        else:
            self.scheduler.finished(number, outcomes)

    def ask(self, trial, attempt):
        request = {"type": "eval", "id": f"t{trial}.{attempt}", "trial": trial, "attempt": attempt, "task": "t", "heartbeat_s": 2}
        self.open[request["id"]] = request
        self.scheduler.request(request)

    def answer(self, outcome):
        request = self.open.pop(outcome["id"])
        if outcome["type"] == "result":
            self.answers.append(request["trial"])
            self.cluster.useful += outcome["seconds"]
        else:
            self.lost += 1
            self.ask(request["trial"], request["attempt"] + 1)

    def run(self, tick):
        self.scheduler.request({"type": "task", "hash": "t", "name": "t", "body": ""})
        for round in range(self.rounds):
            for place in range(self.round_size):
                self.ask(round * self.round_size + place, 1)
            while self.open:
                self.scheduler.tick()
                self.cluster.step(self.cluster.clock + tick)
        return self.cluster.useful / (self.cluster.workers * self.cluster.clock)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=800)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    options = parser.parse_args()
    print("| slow because of | copies | round, trials a worker | utilisation | hours | lost, sent again | second tries | driver, ms a trial |")
    print("|---|---|---|---|---|---|---|---|")
    for slow, copies in [("machine", False), ("machine", True), ("program", True)]:
        for each in [1, 5, 10, 20, 40]:
            rounds = 2 if options.quick else max(2, 40 // each)
            cluster = Cluster(options.workers, seed=each, slow=slow)
            search = Search(cluster, each * options.workers, rounds, copies)
            start = time.process_time()
            utilisation = search.run(tick=5.0)
            spent = time.process_time() - start
            trials = len(search.answers)
            assert sorted(search.answers) == list(range(trials)) and trials == each * options.workers * rounds
            print(f"| {slow} | {'yes' if copies else 'no'} | {each} | {utilisation:.1%} | {cluster.clock / 3600:.1f} | {search.lost} | {search.scheduler.copies} | "
                  f"{1000 * spent / trials:.2f} |", flush=True)


if __name__ == "__main__":
    main()
