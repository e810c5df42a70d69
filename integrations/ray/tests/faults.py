"""faults.py NASL: what docs/scaling.md promises of a Ray cluster, each fault made on purpose; needs Ray, and is run by its Python.

A cluster of two nodes on the loopback address; a child, a Ray worker, the second node, the driver, the search and the head are killed
in the midst of a run, which must end with the table of an unbroken run on threads. Ray would look for the machine's address outside, so
this runs in a network of its own: `scripts/alone.sh`. Prints what failed and exits 1, or a closing line.
"""

import contextlib
import os
import random
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, os.path.join(ROOT, "Tests", "store"))

import cluster
from cluster import asked, check, children, is_gone, kill, run, script, start, table

PORT = 6411
RAY = os.path.join(os.path.dirname(sys.executable), "ray")


def tree(pid):
    """A process and all that stand below it."""
    found = [pid]
    for child in children(pid):
        found += tree(child)
    return found


def command(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as file:
        return file.read().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""


class Cluster:
    def __init__(self):
        self.nodes = []
        self.node("--head", f"--port={PORT}", "--include-dashboard=false")
        self.node(f"--address=127.0.0.1:{PORT}")

    def node(self, *options):
        process = subprocess.Popen([RAY, "start", *options, "--node-ip-address=127.0.0.1", "--num-cpus=1", "--block", "--disable-usage-stats"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            if any("raylet/raylet" in command(pid) for pid in children(process.pid)):
                break
            time.sleep(0.1)
        # The first raylet has to be known before another one joins.
        time.sleep(3)
        self.nodes.append(process)
        return process

    def end(self, process):
        """All of a node, at once."""
        pids = tree(process.pid)
        for pid in pids:
            kill(pid)
        process.wait()
        self.nodes.remove(process)
        return pids

    def close(self):
        for process in list(self.nodes):
            self.end(process)

    def workers(self, nodes=None):
        """`nasl worker` processes, with the Ray worker above each."""
        return [(parent, child) for node in nodes or self.nodes for parent in tree(node.pid) for child in children(parent)
                if command(parent).startswith("ray::") and " worker" in command(child) and command(child).startswith(os.path.realpath(cluster.NASL))]


def busy(nodes, store, more):
    """Waits until the run has `more` trials than now and all nodes are at it."""
    def count():
        return sum(row[0] for row in asked(store, "SELECT count(*) FROM trials"))
    before = count() if os.path.exists(store) else 0
    for _ in range(1200):
        if os.path.exists(store) and count() >= before + more and nodes.workers():
            return True
        time.sleep(0.05)
    return False


def killed(work):
    numbers = random.Random(time.time_ns())
    # Tens of milliseconds a trial.
    text = script("random(batch: 100)", trials=2500, work=12000)
    code, output, errors = run(text, "whole.sqlite", "--workers", "2", cwd=work)
    check("unbroken", code == 0, errors)
    expected = table(os.path.join(work, "whole.sqlite"))
    on = ["--on", f"ray:127.0.0.1:{PORT}"]
    nodes = Cluster()
    try:
        store = os.path.join(work, "ray.sqlite")
        process = start(text, store, *on, cwd=work)
        check("two nodes are at it", busy(nodes, store, 100) and len(nodes.workers()) == 2, nodes.workers())
        kill(numbers.choice(nodes.workers())[1])
        check("after a child", busy(nodes, store, 100))
        kill(numbers.choice(nodes.workers())[0])
        check("after a Ray worker", busy(nodes, store, 100))
        nodes.end(nodes.nodes[1])
        check("after a node", busy(nodes, store, 100))
        nodes.node(f"--address=127.0.0.1:{PORT}")
        check("a new node", any(len(nodes.workers()) == 2 or time.sleep(0.1) for _ in range(600)), nodes.workers())
        driver = next(pid for pid in children(process.pid) if "nasl_ray" in command(pid))
        before = [child for _, child in nodes.workers()]
        kill(driver)
        check("workers end with the driver", all(is_gone(child) for child in before), before)
        check("after the driver", busy(nodes, store, 100))
        driver = next(pid for pid in children(process.pid) if "nasl_ray" in command(pid))
        before = [child for _, child in nodes.workers()]
        kill(process.pid)
        process.communicate()
        check("the driver and the workers end with the search", all(is_gone(pid) for pid in [driver, *before]), [driver, *before])
        process = start(text, store, *on, cwd=work)
        check("after the search", busy(nodes, store, 100))
        nodes.end(nodes.nodes[0])
        nodes.close()
        _, errors = process.communicate(timeout=600)
        check("without a head it ends with a message", process.returncode == 1 and "the cluster cannot be used" in errors and 'resume("r")' in errors, errors[-500:])
        listed = subprocess.run([cluster.NASL, "runs", "--store", store], capture_output=True, text=True).stdout
        check("and can go on", "stopped" in listed, listed)
        nodes = Cluster()
        code, found, errors = run(text, store, *on, cwd=work)
        check("all trials", code == 0 and found == output, errors[-500:])
        check("the table of threads", table(store) == expected)
        told = asked(store, "SELECT kind, text FROM events")
        check("what was lost is told", {"worker", "lost", "driver", "failed", "resumed"} <= {kind for kind, _ in told}, told)
        for kind, text in told:
            print(f"  {kind}: {text}")
    finally:
        nodes.close()


def own_cluster(work):
    """`--on ray` alone begins a cluster and leaves nothing of it."""
    os.environ["NASL_RAY_NODE_ADDRESS"] = "127.0.0.1"
    text = script(trials=100)
    _, output, _ = run(text, "threads.sqlite", cwd=work)
    store = os.path.join(work, "ray.sqlite")
    process = start(text, store, "--on", "ray", "--workers", "2", cwd=work)
    started = set()
    while process.poll() is None:
        started |= set(tree(process.pid)) - {process.pid}
        time.sleep(0.1)
    found, errors = process.communicate()
    check("a cluster of its own", process.returncode == 0 and found == output, errors[-500:])
    check("the same table", table(store) == table(os.path.join(work, "threads.sqlite")))
    check("nothing of it is left", started and all(is_gone(pid) for pid in started), [command(pid) for pid in started])
    code, _, errors = run(text, "none.sqlite", "--on", "ray:127.0.0.1:6498", cwd=work)
    check("a cluster that there is not", code == 1 and "the cluster cannot be used: 127.0.0.1:6498" in errors, errors[-500:])


os.environ.update(RAY_AUTH_MODE="token", RAY_USAGE_STATS_ENABLED="0", HOME=os.path.join("/tmp", f"nasl-ray-{os.getpid()}"))
os.makedirs(os.environ["HOME"])
subprocess.run([RAY, "get-auth-token", "--generate"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
cluster.run_tests([own_cluster, killed], sys.executable)
