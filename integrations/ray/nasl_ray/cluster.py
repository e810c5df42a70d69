"""A pool of a Ray cluster's: batches are plain remote tasks, and each Ray worker keeps one `nasl worker` as its child."""

import os
import socket
import sys
import threading
import time

from . import child

_seat = None


def work(task, requests):
    """Runs in a Ray worker."""
    global _seat
    if _seat is None:
        _seat = child.Seat()
    who = {"node": os.uname().nodename, "pid": os.getpid()}
    return [dict(outcome, **who) for outcome in _seat.work(task, requests)]


# What Ray says in many words.
LOSSES = {
    "WorkerCrashedError": "its Ray worker died", "LocalRayletDiedError": "the node of its Ray worker died", "NodeDiedError": "the node of its Ray worker died",
    "OutOfMemoryError": "its node was short of memory, and Ray ended its worker", "OwnerDiedError": "what it needs was lost with its owner",
}


class Unreachable(Exception):
    """The cluster cannot be joined, or does not answer any more."""


def check_address(address):
    """Ray itself would wait for minutes."""
    host, _, port = address.rpartition(":")
    if address.startswith("ray://") or address != "auto" and not (host and port.isdigit()):
        raise Unreachable(f"`{address}` is no address of a cluster's head: it is HOST:PORT, or auto")
    if address == "auto":
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
    except OSError as error:
        raise Unreachable(f"{address}: {error.strerror or error}") from error


class RayPool:
    # Seconds between two questions to the head, and without an answer to them until the cluster counts as gone.
    interval = 2
    patience = 20
    # For joining or starting it.
    longest_start = 120

    def __init__(self, address, workers, report, gone):
        """`report(number, outcomes, reason)` and `gone(reason)` are called from any thread."""
        # Before Ray is loaded. Whoever may send tasks to a cluster may run anything there.
        os.environ.setdefault("RAY_AUTH_MODE", "token")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            import ray
            import ray.cloudpickle
        except ImportError as error:
            raise Unreachable(f"Ray is not installed where `nasl-ray` is: {error}") from error
        self.ray = ray
        self.report = report
        self.most = workers
        options = {"log_to_driver": False, "logging_level": "ERROR"}
        if address:
            check_address(address)
            options["address"] = address
        else:
            options.update(num_cpus=workers, include_dashboard=False, address="local")
            if own := os.environ.get("NASL_RAY_NODE_ADDRESS"):
                options["_node_ip_address"] = own
        late = threading.Timer(self.longest_start, gone, [f"{address or 'a cluster of its own'}: not joined in {self.longest_start} s"])
        late.daemon = True
        late.start()
        try:
            ray.init(**options)
            late.cancel()
        except Exception as error:
            raise Unreachable(f"{address or 'a cluster of its own'}: {first_line(error)}") from error
        for module in (child, sys.modules[__name__]):
            ray.cloudpickle.register_pickle_by_value(module)
        # What is lost is sent again by the search, which counts how often.
        self.remote = ray.remote(num_cpus=1, max_retries=0)(work)
        self.tasks = {}
        self.references = {}
        self.heard = time.monotonic()
        self.count = self.counted()
        threading.Thread(target=self.ask, daemon=True).start()
        threading.Thread(target=self.watch, args=(gone,), daemon=True).start()

    @property
    def description(self):
        return f"Ray {self.ray.__version__}"

    def counted(self):
        processors = sum(node["Resources"].get("CPU", 0) for node in self.ray.nodes() if node["Alive"])
        return min(int(processors), self.most or sys.maxsize)

    def ask(self):
        """How many slots there are, which may change; the question may hang when the head has died."""
        while True:
            time.sleep(self.interval)
            try:
                self.count = self.counted()
                self.heard = time.monotonic()
            except Exception:
                continue

    def watch(self, gone):
        """Ray waits without end for a head that is gone, so somebody has to look."""
        while time.monotonic() - self.heard < self.patience:
            time.sleep(1)
        gone(f"the head of the Ray cluster has not answered for {self.patience} s")

    def slots(self):
        return self.count

    def submit(self, number, task, requests):
        # The script goes to each node once.
        if task["hash"] not in self.tasks:
            self.tasks[task["hash"]] = self.ray.put(task)
        reference = self.remote.remote(self.tasks[task["hash"]], requests)
        self.references[number] = reference
        reference.future().add_done_callback(lambda future: self.done(number, future))

    def done(self, number, future):
        error = future.exception()
        if error is None:
            self.report(number, future.result(), None)
        else:
            self.report(number, None, LOSSES.get(type(error).__name__) or f"{type(error).__name__}: {first_line(error)}")

    def forget(self, number):
        self.references.pop(number, None)

    def cancel(self, number):
        reference = self.references.pop(number, None)
        if reference is not None:
            self.ray.cancel(reference, force=True)

    def close(self):
        self.ray.shutdown()


def first_line(error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or [type(error).__name__])[0][:300]
