"""What is sent where, and again: the part of the driver that knows neither Ray nor pipes nor the time of day.

It is told of requests (`request`), of what came of batches (`finished`, `lost`) and of time (`tick`), and it calls a pool (`submit`,
`cancel`, `slots`) and `answer`. The simulation runs this very code with a pool and a clock of its own.
"""

import collections
import math
import statistics


class Batch:
    """Requests that travel together."""

    __slots__ = ("number", "requests", "open", "started")

    def __init__(self, number, requests):
        self.number = number
        self.requests = requests
        # Without an answer.
        self.open = len(requests)
        # When a slot was free for it; None while it waits for one.
        self.started = None


class Scheduler:
    # Trials of less than this travel in batches that take about so long, `most` at most.
    batch_seconds = 0.5
    most = 64
    # With nothing left to begin and slots to spare, a batch that has taken this many times what it should is begun once more elsewhere
    # ("backup tasks": Dean and Ghemawat, OSDI 2004, section 3.6); the first answer counts.
    straggling = 1.5
    # The second try may meet a slow machine, too: a third one follows it soon.
    following = 0.5
    shortest_straggler = 1.0
    # Batches that wait inside the pool, for each slot, so that no slot waits for the driver and a cluster that can grow sees the need.
    ahead = 1

    def __init__(self, pool, answer, now):
        self.pool = pool
        self.answer = answer
        self.now = now
        self.tasks = {}
        self.waiting = collections.deque()
        # Of requests without an answer: the numbers of the batches that hold each.
        self.open = {}
        # In the order in which they were submitted, and those of them that wait for a slot.
        self.batches = {}
        self.queued = collections.deque()
        self.begun = 0
        self.durations = collections.deque(maxlen=500)
        self.median = None
        self.results = 0
        self.number = 0
        self.copies = 0

    # What comes from the search.

    def request(self, message):
        kind = message.get("type")
        if kind == "task":
            self.tasks[message["hash"]] = message
            # Another task takes another time.
            self.durations.clear()
            self.median = None
        elif kind == "eval":
            if message["task"] not in self.tasks:
                self.answer({"type": "error", "kind": "unknown_task", "id": message["id"], "message": f"there is no task `{message['task']}` here"})
                return
            self.open[message["id"]] = set()
            # What is tried again holds up a round.
            (self.waiting.appendleft if message.get("attempt", 1) > 1 else self.waiting.append)(message)
        elif kind == "cancel":
            if message["id"] in self.open:
                if not self.open[message["id"]]:
                    self.waiting = collections.deque(one for one in self.waiting if one["id"] != message["id"])
                self.close(message["id"])

    # What comes from the pool.

    def finished(self, number, outcomes):
        """`outcomes` of a batch, in the order of its requests."""
        batch = self.take(number)
        if batch is None:
            return
        for request, outcome in zip(batch.requests, outcomes):
            self.settle(request, outcome)

    def lost(self, number, reason):
        """A batch that the pool could not bring to its end."""
        batch = self.batches.get(number)
        if batch:
            self.finished(number, [{"type": "ended", "kind": "lost", "reason": reason, "id": one["id"]} for one in batch.requests])

    def take(self, number):
        """The batch is no longer in the pool."""
        batch = self.batches.pop(number, None)
        if batch is None:
            return None
        if batch.started is not None:
            self.begun -= 1
        for request in batch.requests:
            if request["id"] in self.open:
                self.open[request["id"]].discard(number)
        return batch

    def settle(self, request, outcome):
        identity = request["id"]
        if identity not in self.open:
            return
        # What ended says nothing while a second try still runs.
        if outcome["type"] == "ended" and outcome["kind"] in ("lost", "crashed") and self.open[identity]:
            return
        self.close(identity)
        if outcome["type"] == "result":
            self.durations.append(outcome.get("seconds", 0))
            self.results += 1
            if len(self.durations) <= 20 or self.results % 20 == 0:
                self.median = statistics.median(self.durations)
        self.answer(outcome)

    def close(self, identity):
        """It has its answer, or is no longer wanted; batches of which nothing is wanted are taken back."""
        for number in self.open.pop(identity):
            batch = self.batches[number]
            batch.open -= 1
            if batch.open == 0:
                self.take(number)
                self.pool.cancel(number)

    # What is sent.

    def tick(self):
        """Submits what there is room for, and second tries of what takes too long."""
        slots = self.pool.slots()
        room = max(2, slots * (1 + self.ahead)) - len(self.batches)
        while self.waiting and room > 0:
            self.submit(self.next_batch(slots))
            room -= 1
        self.note_begun(slots)
        if not self.waiting and len(self.batches) < slots:
            self.copy_stragglers(slots)

    def next_batch(self, slots):
        """Long enough to be worth the way, short enough that all slots have something to do."""
        first = self.waiting.popleft()
        requests = [first]
        # What has lost its worker goes alone, so that it can take nothing with it.
        if self.median is None or first.get("attempt", 1) > 1:
            return requests
        fair = math.ceil(len(self.waiting) / max(1, 2 * slots))
        size = min(self.most, fair, int(self.batch_seconds / max(self.median, 1e-6)))
        while len(requests) < size and self.waiting and self.waiting[0]["task"] == first["task"] and self.waiting[0].get("attempt", 1) == 1:
            requests.append(self.waiting.popleft())
        return requests

    def submit(self, requests):
        self.number += 1
        batch = Batch(self.number, requests)
        self.batches[batch.number] = batch
        self.queued.append(batch)
        for request in requests:
            self.open[request["id"]].add(batch.number)
        self.pool.submit(batch.number, self.tasks[requests[0]["task"]], requests)

    def note_begun(self, slots):
        """Batches are begun in the order in which they were submitted."""
        now = self.now()
        while self.queued and self.begun < slots:
            batch = self.queued.popleft()
            if batch.number in self.batches:
                batch.started = now
                self.begun += 1

    def copy_stragglers(self, slots):
        if self.median is None:
            return
        now = self.now()
        for batch in list(self.batches.values()):
            if len(self.batches) >= slots:
                break
            if batch.started is None or now - batch.started <= self.patience(batch):
                continue
            # Of several tries only the newest can call for one more.
            requests = [one for one in batch.requests if one["id"] in self.open and max(self.open[one["id"]]) == batch.number]
            if requests:
                self.copies += 1
                self.submit(requests)
                self.note_begun(slots)

    def patience(self, batch):
        """Seconds after which a batch is begun once more."""
        tries = max((len(self.open[one["id"]]) for one in batch.requests if one["id"] in self.open), default=1)
        return max(self.shortest_straggler, (self.following if tries == 2 else self.straggling) * self.median * len(batch.requests))
