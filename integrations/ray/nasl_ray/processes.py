"""A pool of this machine's own: as many seats as slots, a thread for each, without Ray."""

import os
import queue
import threading

from .child import Seat


class ProcessPool:
    description = "processes of this machine"

    def __init__(self, slots, report):
        """`report(number, outcomes, reason)` is called from any thread."""
        self.count = slots or os.cpu_count() or 1
        self.report = report
        self.work = queue.SimpleQueue()
        self.lock = threading.Lock()
        self.at = {}
        self.cancelled = set()
        for _ in range(self.count):
            threading.Thread(target=self.sit, args=(Seat(),), daemon=True).start()

    def slots(self):
        return self.count

    def submit(self, number, task, requests):
        self.work.put((number, task, requests))

    def cancel(self, number):
        with self.lock:
            self.cancelled.add(number)
            seat = self.at.get(number)
        if seat:
            seat.stop()

    def sit(self, seat):
        while True:
            number, task, requests = self.work.get()
            outcomes = []
            with self.lock:
                self.at[number] = seat
            for request, following in zip(requests, requests[1:] + [None]):
                if number in self.cancelled:
                    break
                outcomes.append(dict(seat.evaluate(task, request, following), node=os.uname().nodename, pid=threading.get_native_id()))
            with self.lock:
                del self.at[number]
                is_wanted = number not in self.cancelled
                self.cancelled.discard(number)
            if is_wanted:
                self.report(number, outcomes, None)

    def forget(self, number):
        pass

    def close(self):
        for number in list(self.at):
            self.cancel(number)
