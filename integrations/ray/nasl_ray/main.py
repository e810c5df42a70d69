"""`nasl-ray`: started by `nasl run FILE --on ray`, it speaks a worker's lines on standard input and output for a whole cluster."""

import argparse
import json
import os
import select
import signal
import sys
import threading
import time

from . import VERSION
from .cluster import RayPool, Unreachable
from .processes import ProcessPool
from .scheduler import Scheduler


def parsed(arguments):
    parser = argparse.ArgumentParser(prog="nasl-ray", description="The driver behind `nasl run FILE --on ray`; nasl starts it.")
    parser.add_argument("--version", action="version", version=f"nasl-ray {VERSION}")
    parser.add_argument("--on", choices=["ray", "processes"], default="ray")
    parser.add_argument("--address", help="of a Ray cluster that runs: HOST:PORT or auto; without it one is begun on this machine")
    parser.add_argument("--workers", type=int, help="at most so many trials at once; by default as many as the cluster has processors")
    parser.add_argument("--nasl", help="the version of nasl that workers must have")
    parser.add_argument("command", nargs="+", help="how a worker is started: nasl worker")
    return parser.parse_args(arguments)


class Driver:
    """Lines in and out, and the pool's news, in one loop."""

    beat = 1.0

    def __init__(self, options, source, sink):
        self.options = options
        self.source = source
        self.sink = sink
        self.input = bytearray()
        self.output = bytearray()
        self.lock = threading.Lock()
        self.news = []
        self.bell, self.ring = os.pipe()
        os.set_blocking(self.ring, False)
        os.set_blocking(self.bell, False)
        self.workers = {}

    def run(self):
        try:
            if self.options.on == "ray":
                self.pool = RayPool(self.options.address, self.options.workers, self.report, self.gone)
            else:
                self.pool = ProcessPool(self.options.workers, self.report)
        except Unreachable as error:
            self.complain(str(error))
            return 69
        self.scheduler = Scheduler(self.pool, self.answer, time.monotonic)
        os.set_blocking(self.source, False)
        os.set_blocking(self.sink, False)
        self.say({"type": "hello", "proto": [1, 1], "worker": f"nasl-ray {VERSION}, {self.pool.description}", "pid": os.getpid(),
                  "features": ["cancel", "slots"], "slots": self.pool.slots()})
        beaten = time.monotonic()
        while True:
            self.scheduler.tick()
            self.write()
            readable = select.select([self.source, self.bell], [self.sink] if self.output else [], [], 0.2)[0]
            if self.bell in readable:
                os.read(self.bell, 65536)
            self.take_news()
            if self.source in readable and not self.read():
                break
            if time.monotonic() - beaten >= self.beat:
                beaten = time.monotonic()
                # Nobody needs several of them at once.
                if not self.output:
                    self.say({"type": "heartbeat", "slots": self.pool.slots(), "open": len(self.scheduler.open)})
        self.pool.close()
        return 0

    # The search's side.

    def say(self, message):
        self.output += (json.dumps(dict(message, v=1)) + "\n").encode()

    def write(self):
        while self.output:
            try:
                del self.output[:os.write(self.sink, self.output)]
            except BlockingIOError:
                return
            except OSError:
                # The search has ended; its input says so, too.
                self.output.clear()

    def read(self):
        """False at the end."""
        try:
            data = os.read(self.source, 1 << 20)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.input += data
        lines = self.input.split(b"\n")
        self.input = bytearray(lines.pop())
        for line in lines:
            self.take(line)
        return bool(data)

    def take(self, line):
        try:
            message = json.loads(line)
            if not isinstance(message, dict) or message.get("v") != 1 or message.get("type") not in ("task", "eval", "cancel"):
                raise ValueError
            if message["type"] == "task":
                message.update(command=self.options.command, directory=os.getcwd(), worker=f"nasl {self.options.nasl}" if self.options.nasl else None)
            self.scheduler.request(message)
        except (ValueError, KeyError):
            self.say({"type": "error", "id": None, "kind": "bad_request", "message": "a line is no task, eval or cancel of version 1"})

    def answer(self, outcome):
        """Workers have numbers, in the order in which they are first heard of."""
        outcome = dict(outcome)
        who = (outcome.pop("node", None), outcome.pop("pid", None))
        if who[0] is not None:
            if who not in self.workers:
                self.workers[who] = len(self.workers) + 1
                self.say({"type": "worker", "worker": self.workers[who], "node": who[0], "pid": who[1]})
            outcome["worker"] = self.workers[who]
        self.say(outcome)

    # The pool's side, from any thread.

    def report(self, number, outcomes, reason):
        with self.lock:
            self.news.append((number, outcomes, reason))
        try:
            os.write(self.ring, b"!")
        except BlockingIOError:
            pass

    def take_news(self):
        with self.lock:
            news, self.news = self.news, []
        for number, outcomes, reason in news:
            self.pool.forget(number)
            if outcomes is None:
                self.scheduler.lost(number, reason)
            else:
                self.scheduler.finished(number, outcomes)

    def gone(self, reason):
        """The loop itself may hang in a call into Ray."""
        self.complain(reason)
        os._exit(69)

    def complain(self, reason):
        line = (json.dumps({"v": 1, "type": "error", "kind": "cluster", "message": reason}) + "\n").encode()
        os.set_blocking(self.sink, True)
        os.write(self.sink, line)


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    options = parsed(sys.argv[1:])
    # What libraries print must not come between the lines, and the programs that they start must not hold the lines open.
    lines = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    status = Driver(options, *lines).run()
    # Without waiting for threads.
    os._exit(status)


if __name__ == "__main__":
    main()
