"""What becomes of a candidate whose process misbehaves: processes that speak a worker's lines and then do what the test says."""

import os
import signal
import sys
import tempfile
import time
import unittest

from nasl_ray.child import Child, Seat

WORKER = """
import json, os, signal, sys, time
def say(**message):
    print(json.dumps(dict(message, v=1)), flush=True)
say(type="hello", worker="nasl 1", pid=os.getpid())
held = []
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] != "eval":
        continue
    identity, act = message["id"], message["candidate"]
    say(type="heartbeat", id=identity, elapsed_s=0)
    if act == "good": pass
    elif act == "silent": time.sleep(60)
    elif act == "nonsense": print("{", flush=True)
    elif act == "exit": sys.exit(3)
    elif act == "large": held.append(bytearray(os.urandom(1 << 20) * 300)); time.sleep(60)
    elif act == "loop":
        while True:
            time.sleep(0.05)
            say(type="heartbeat", id=identity, elapsed_s=1)
    elif act == "family":
        if os.fork() == 0: time.sleep(60)
        open("family", "w").write(str(os.getpgid(0)))
        time.sleep(60)
    else: os.kill(os.getpid(), getattr(signal, act))
    say(type="result", id=identity, status="ok", reward=1.0)
"""


class ChildTests(unittest.TestCase):
    def setUp(self):
        self.seat = Seat()
        self.folder = tempfile.TemporaryDirectory()
        self.task = {"hash": "h", "name": "t", "body": "", "command": [sys.executable, "-c", WORKER], "directory": self.folder.name, "worker": "nasl 1"}

    def tearDown(self):
        if self.seat.child:
            self.seat.child.end()
        self.folder.cleanup()

    def found(self, act, heartbeat=2, **more):
        outcome = self.seat.work(self.task, [dict(more, id="a", candidate=act, heartbeat_s=heartbeat, task="h")])[0]
        self.assertEqual(outcome["id"], "a")
        self.assertGreaterEqual(outcome["seconds"], 0)
        return outcome

    def test_one_child_for_many(self):
        self.assertEqual(self.found("good")["reward"], 1.0)
        first = self.seat.child.process.pid
        self.assertEqual(self.found("good")["reward"], 1.0)
        self.assertEqual(self.seat.child.process.pid, first)

    def test_batches(self):
        acts = ["good", "good", "SIGSEGV", "good", "loop", "good", "exit", "SIGKILL", "good"]
        outcomes = self.seat.work(self.task, [{"id": f"{n}", "candidate": act, "heartbeat_s": 2, "deadline_s": 0.5, "task": "h"} for n, act in enumerate(acts)])
        self.assertEqual([one["id"] for one in outcomes], [f"{n}" for n in range(len(acts))])
        self.assertEqual([one.get("kind", one["type"]) for one in outcomes],
                         ["result", "result", "crashed", "result", "deadline", "result", "crashed", "lost", "result"])

    def test_signals(self):
        for name in ["SIGSEGV", "SIGABRT", "SIGTERM"]:
            outcome = self.found(name)
            self.assertEqual((outcome["type"], outcome["kind"], outcome["signal"]), ("ended", "crashed", getattr(signal, name)))
            self.assertEqual(self.found("good")["reward"], 1.0, "another child takes its place")

    def test_killed_from_outside(self):
        outcome = self.found("SIGKILL")
        self.assertEqual((outcome["kind"], outcome["reason"]), ("lost", "its process was killed"))

    def test_exit(self):
        outcome = self.found("exit")
        self.assertEqual((outcome["kind"], outcome["status"]), ("crashed", 3))

    def test_silence_and_nonsense(self):
        self.assertEqual(self.found("silent", heartbeat=0.1)["reason"], "it fell silent")
        self.assertEqual(self.found("nonsense")["reason"], "a line of it is no JSON")
        self.assertEqual(self.found("good")["reward"], 1.0)

    def test_deadline(self):
        self.assertEqual(self.found("loop", deadline_s=0.2)["kind"], "deadline")
        self.assertEqual(self.found("good", deadline_s=5)["reward"], 1.0)

    def test_memory(self):
        self.task["command"] = self.task["command"] + ["worker"]
        self.assertEqual(self.found("large", memory=200_000_000)["kind"], "memory")
        self.assertEqual(self.found("good", memory=200_000_000)["reward"], 1.0)
        self.assertIn("--memory", self.seat.child.process.args)

    def test_nothing_of_it_is_left(self):
        self.assertEqual(self.found("family", heartbeat=0.1)["kind"], "lost")
        with open(os.path.join(self.folder.name, "family")) as file:
            group = int(file.read())
        for _ in range(100):
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            time.sleep(0.02)
        self.fail("a process of its group lives")

    def test_what_cannot_be_started(self):
        self.task["command"] = ["/nowhere/nasl", "worker"]
        outcome = self.found("good")
        self.assertEqual((outcome["type"], outcome["kind"]), ("error", "no_worker"))
        self.assertIn("/nowhere/nasl", outcome["message"])

    def test_another_version(self):
        self.task["worker"] = "nasl 2"
        outcome = self.found("good")
        self.assertEqual((outcome["type"], outcome["kind"]), ("error", "version"))


if __name__ == "__main__":
    unittest.main()
