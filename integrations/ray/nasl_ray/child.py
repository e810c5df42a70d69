"""A `nasl worker` process and the pipes to it, on the machine where it runs.

This file travels to the nodes of a cluster by value, so it needs nothing beyond the standard library.
"""

import contextlib
import json
import os
import select
import signal
import subprocess
import time


class Lost(Exception):
    """The process has ended, or has fallen silent, or cannot be understood."""


class Child:
    """Evaluates one candidate at a time; after a `Lost` or an ended candidate it is to be replaced."""

    silent_intervals = 3
    # Between two looks at its memory.
    look = 0.05

    def __init__(self, command, directory, memory=None):
        words = list(command) + (["--memory", str(memory)] if memory else [])
        # Swift's own handler of crashes would take seconds to write a report, and swallow the signal.
        environment = dict(os.environ, SWIFT_BACKTRACE="enable=no")
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=directory, env=environment, process_group=0, bufsize=0)
        self.input, self.output = self.process.stdin.fileno(), self.process.stdout.fileno()
        self.memory = memory
        self.tasks = set()
        # The request that it was sent ahead of its turn.
        self.ahead = None
        self.buffer = bytearray()
        self.hello = None

    @property
    def is_alive(self):
        return self.process.returncode is None

    def send(self, message):
        data = memoryview((json.dumps(message) + "\n").encode())
        try:
            while data:
                data = data[os.write(self.input, data):]
        except OSError as error:
            raise Lost(str(error)) from error

    def next(self, until):
        """The next message; None at the time `until`. Raises `Lost` at the end of what it writes."""
        while True:
            end = self.buffer.find(b"\n")
            if end >= 0:
                line = bytes(self.buffer[:end])
                del self.buffer[:end + 1]
                try:
                    return json.loads(line)
                except ValueError as error:
                    raise Lost("a line of it is no JSON") from error
            left = until - time.monotonic()
            if left <= 0:
                return None
            if select.select([self.output], [], [], left)[0]:
                data = os.read(self.output, 65536)
                if not data:
                    raise Lost("it has closed its output")
                self.buffer += data

    def held(self):
        """Resident bytes."""
        try:
            with open(f"/proc/{self.process.pid}/statm") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
        except (OSError, IndexError):
            return 0

    def end(self):
        """Kills it and all that it started, unless it has ended by itself; how it ended."""
        if self.process.returncode is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.2 if self.is_closing() else 0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        return code

    def is_closing(self):
        """Whether it has closed its output: then it is about to end in the way that is to be told."""
        poll = select.poll()
        poll.register(self.output, select.POLLIN)
        return any(event & select.POLLHUP for _, event in poll.poll(0))

    def evaluate(self, task, request, following=None):
        """What comes of a candidate: a `result`, an `error`, or an `ended`. The `following` one is sent before, so that the process need
        not wait for it."""
        start = time.monotonic()
        try:
            found = self._evaluate(task, request, following)
        except Lost as lost:
            found = self.ending(lost)
        found["id"] = request["id"]
        found["seconds"] = time.monotonic() - start
        return found

    def ending(self, lost):
        """Whether it ended by itself, which is the candidate's doing, or from outside."""
        has_ended = self.is_closing()
        code = self.end()
        if not has_ended:
            return {"type": "ended", "kind": "lost", "reason": str(lost)}
        if code == -signal.SIGKILL:
            return {"type": "ended", "kind": "lost", "reason": "its process was killed"}
        return {"type": "ended", "kind": "crashed", **({"signal": -code} if code < 0 else {"status": code})}

    def _evaluate(self, task, request, following):
        silence = self.silent_intervals * request["heartbeat_s"]
        if self.hello is None:
            self.hello = self.next(time.monotonic() + 5 * silence)
            if not self.hello or self.hello.get("type") != "hello":
                raise Lost("it does not say hello")
        if task.get("worker") not in (None, self.hello.get("worker")):
            message = f"{os.uname().nodename} has {self.hello.get('worker')}, the search is {task['worker']}'s"
            return {"type": "error", "kind": "version", "message": message}
        if task["hash"] not in self.tasks:
            self.tasks.add(task["hash"])
            self.send({"v": 1, "type": "task", "hash": task["hash"], "name": task["name"], "body": task["body"]})
        if self.ahead != request["id"]:
            self.send(dict(request, v=1, type="eval"))
        if following:
            self.send(dict(following, v=1, type="eval"))
        self.ahead = following["id"] if following else None
        identity, deadline, heard = request["id"], None, time.monotonic()
        while True:
            now = time.monotonic()
            until = now + (self.look if self.memory else 1)
            message = self.next(min(until, deadline) if deadline else until)
            now = time.monotonic()
            if message is None:
                if deadline and now >= deadline:
                    return self.leave(identity, "deadline")
                if self.memory and self.held() > self.memory:
                    self.end()
                    return {"type": "ended", "kind": "memory"}
                if now - heard > silence:
                    raise Lost("it fell silent")
                continue
            heard = now
            kind = message.get("type")
            if kind == "result" and message.get("id") == identity:
                return message
            if kind == "error":
                return message
            # The time begins with the first heartbeat: a fresh worker has to read its data first.
            if kind == "heartbeat" and message.get("id") == identity and deadline is None and request.get("deadline_s"):
                deadline = now + request["deadline_s"] - message.get("elapsed_s", 0)

    def leave(self, identity, kind):
        """Asks it to leave the candidate, so that it can end what the candidate has started; if it does not, it is killed."""
        with contextlib.suppress(Lost):
            self.send({"v": 1, "type": "cancel", "id": identity})
            until = time.monotonic() + 0.3
            while message := self.next(until):
                if message.get("type") == "result" and message.get("id") == identity:
                    return {"type": "ended", "kind": kind}
        self.end()
        return {"type": "ended", "kind": kind}


class Seat:
    """Where batches are evaluated, one after the other, by one cached child."""

    def __init__(self):
        self.child = None

    def work(self, task, requests):
        """What comes of each request, with the time that each took."""
        return [self.evaluate(task, request, following) for request, following in zip(requests, requests[1:] + [None])]

    def evaluate(self, task, request, following=None):
        memory = request.get("memory")
        if self.child and (self.child.memory != memory or not self.child.is_alive):
            self.child.end()
            self.child = None
        if not self.child:
            try:
                self.child = Child(task["command"], task["directory"], memory)
            except OSError as error:
                message = f"`{task['command'][0]}` cannot be started in {task['directory']} on {os.uname().nodename}: {error.strerror}"
                return {"type": "error", "kind": "no_worker", "message": message, "id": request["id"], "seconds": 0}
        return self.child.evaluate(task, request, following)

    def stop(self):
        """Ends the child; any thread may call it."""
        if self.child:
            with contextlib.suppress(OSError):
                os.killpg(self.child.process.pid, signal.SIGKILL)
