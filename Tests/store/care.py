"""care.py NASL: what docs/reliability.md promises, each fault made on purpose. Prints what failed and exits 1, or a closing line."""

import contextlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

NASL = os.path.abspath(sys.argv[1])
passed, failures = 0, []

PLAIN = """
grammar G(x: Tensor) -> Tensor { E = x @2 | tanh(E) | sin(E) | E + E | E * E ; limit depth <= 5 }
task t(f: G) { reward -abs(f(1) - 1.5) + 0 * size(f) }
let run = search(t, with: random(), trials: TRIALS, seed: 2, save: "night");
print(len(run.trials))
"""

# One candidate for each way to go wrong; `./fault SIGNAL` sends a signal to the worker that started it.
FAULTS = """
grammar Fault { K = KINDS }
fn fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2)
fn down(n) = 1 + down(n + 1)
fn act(k) =
    if k == "good" then 1 else
    if k == "other" then 2 else
    if k == "segv" then command(["./fault", "SEGV"])(k) else
    if k == "abort" then command(["./fault", "ABRT"])(k) else
    if k == "exit" then command(["./fault", "TERM"])(k) else
    if k == "loop" then fib(60) else
    if k == "sleep" then command(["sleep", "1000"], timeout: 1000s)(k) else
    if k == "list" then len(map(1..100000, i -> zeros(1000000) + i)) else
    if k == "huge" then sum(zeros(12500000000)) else
    if k == "deep" then down(0) else
    if k == "nan" then 0 / 0 else
    k + 1
task t(k: Fault) { reward act(k) }
let run = search(t, with: random(), trials: 60, seed: 3, LIMIT, save: "NAME")
for trial in run.trials { print(trial.program, trial.status, trial.reason) }
"""

EXPECTED = {
    "good": ("ok", None),
    "other": ("ok", None),
    "segv": ("crashed", "its process ended with SIGSEGV, on two workers"),
    "abort": ("crashed", "its process ended with SIGABRT, on two workers"),
    "exit": ("crashed", "its process ended with SIGTERM, on two workers"),
    "loop": ("timed out", "it took longer than 2s"),
    "sleep": ("timed out", "it took longer than 2s"),
    "list": ("out of memory", None),
    "huge": ("failed", None),
    "deep": ("failed", None),
    "nan": ("diverged", "the reward is nan"),
    "mistake": ("failed", None),
}


def check(name, good, found=""):
    global passed
    if good:
        passed += 1
    else:
        failures.append(f"FAILED {name}: {found}")


def run(script, *options, cwd, limit=None, **more):
    def limited():
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return subprocess.run([NASL, *options, "-"], input=script, capture_output=True, text=True, cwd=cwd, preexec_fn=limited, timeout=300, **more)


def plain(trials):
    return PLAIN.replace("TRIALS", str(trials))


def count(store):
    connection = sqlite3.connect(store)
    try:
        return connection.execute("SELECT count(*) FROM trials").fetchone()[0], connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of its own where that is allowed; else None."""
    os.makedirs(folder, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True).returncode != 0:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def full_disk(work):
    folder = os.path.join(work, "limited")
    os.makedirs(folder)
    broken = run(plain(20000), cwd=folder, limit=400_000)
    check("limit on files", broken.returncode == 1 and "error[N0330]" in broken.stderr and "cannot" in broken.stderr, broken.stderr[-400:])
    kept, sound = count(os.path.join(folder, "nasl.sqlite"))
    check("limit on files keeps", kept > 0 and sound == "ok", (kept, sound))
    again = run(plain(20000), cwd=folder)
    check("goes on after the limit", again.returncode == 0 and again.stdout == "20000\n", again.stderr[-400:] + again.stdout)
    with small_disk(os.path.join(work, "disk"), "1m") as disk:
        if disk:
            broken = run(plain(20000), cwd=disk)
            check("full disk", broken.returncode == 1 and "disk is full" in broken.stderr, broken.stderr[-400:])
            kept, sound = count(os.path.join(disk, "nasl.sqlite"))
            check("full disk keeps", kept > 0 and sound == "ok", (kept, sound))


def read_only(work):
    with small_disk(os.path.join(work, "closed"), "8m") as disk:
        if not disk:
            return
        check("before it is closed", run(plain(100), cwd=disk).stdout == "100\n")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        listed = subprocess.run([NASL, "runs"], cwd=disk, capture_output=True, text=True)
        check("read-only folder can be read", listed.returncode == 0 and "night" in listed.stdout, listed.stderr)
        refused = run(plain(200), cwd=disk)
        check("read-only folder", refused.returncode == 1 and "error[N0330]" in refused.stderr and "read-only" in refused.stderr, refused.stderr)
        os.makedirs(os.path.join(work, "elsewhere"))
        other = run(plain(100), "--store", os.path.join(work, "elsewhere", "s.sqlite"), cwd=disk)
        check("another place", other.stdout == "100\n", other.stderr)


def two_processes(work):
    folder = os.path.join(work, "two")
    os.makedirs(folder)
    slow = plain(100000).replace("-abs(f(1) - 1.5)", "-abs(f(1) - 1.5) + 0 * sum(map(1..3000, n -> sin(n)))").replace("with: random()", "with: ppo()")
    first = subprocess.Popen([NASL, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
    first.stdin.write(slow)
    first.stdin.close()
    store = os.path.join(folder, "nasl.sqlite")
    for _ in range(200):
        time.sleep(0.05)
        if os.path.exists(store):
            try:
                if count(store)[0] > 0:
                    break
            except sqlite3.Error:
                pass
    second = run(slow, cwd=folder)
    check("two processes", second.returncode == 1 and f"held by process {first.pid} on" in second.stderr, second.stderr)
    look = run('print(runs("night").top(1)[0].reward <= 0)', cwd=folder)
    check("the second reads", look.stdout == "true\n", look.stderr)
    other = run(plain(100).replace("night", "other"), cwd=folder)
    check("another run beside it", other.stdout == "100\n", other.stderr)
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    first.stderr.close()
    listed = subprocess.run([NASL, "runs"], cwd=folder, capture_output=True, text=True).stdout
    check("a killed run is told", "broken off" in listed, listed)
    stopped = subprocess.Popen([NASL, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
    stopped.stdin.write(slow)
    stopped.stdin.close()
    time.sleep(1.5)
    stopped.send_signal(signal.SIGINT)
    stopped.wait(timeout=60)
    stopped.stdout.close()
    stopped.stderr.close()
    listed = subprocess.run([NASL, "runs"], cwd=folder, capture_output=True, text=True).stdout
    check("Ctrl-C keeps it", "stopped" in listed, listed)


def one_beginning(work):
    """Three searches make one store at once; others are killed while they make it."""
    for turn in range(10):
        folder = os.path.join(work, f"at once {turn}")
        os.makedirs(folder)
        def start(name):
            process = subprocess.Popen([NASL, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
            process.stdin.write(plain(40).replace("night", name))
            process.stdin.close()
            process.stdin = None
            return process
        for _ in range(2 * (turn % 2)):
            hasty = start("hasty")
            time.sleep(0.01 * turn)
            hasty.kill()
            hasty.communicate()
        for process in [start(name) for name in ["a", "b", "c"]]:
            output, errors = process.communicate(timeout=60)
            check(f"at once, turn {turn}", output == "40\n", errors)


def bad_children(work):
    folder = os.path.join(work, "faults")
    os.makedirs(folder)
    with open(os.path.join(folder, "fault"), "w") as file:
        file.write("#!/bin/sh\nkill -$1 $PPID\nsleep 1\n")
    os.chmod(os.path.join(folder, "fault"), 0o755)
    timed = {"good", "other", "loop", "sleep"}
    # The time limit is for those alone that never end, so that a busy machine changes nothing.
    for limit, kinds in [('memory: "600 MB"', set(EXPECTED) - {"loop", "sleep"}), ("timeout: 2s", timed)]:
        tables = []
        for workers in ["1", "2"]:
            name = f"{limit[:4]}{workers}"
            script = FAULTS.replace("KINDS", " | ".join(f'"{kind}"' for kind in EXPECTED if kind in kinds)).replace("LIMIT", limit).replace("NAME", name)
            found = run(script, "--allow-run", "--workers", workers, cwd=folder)
            check("a search with every fault ends", found.returncode == 0, found.stderr[-600:])
            tables.append(found.stdout)
            seen = set()
            for line in found.stdout.splitlines():
                kind = line.split()[0]
                status, reason = EXPECTED[kind]
                seen.add(kind)
                check(f"fault {kind}", line.startswith(f"{kind} {status} ") and (reason is None or line == f"{kind} {status} {reason}"), line)
            check("every fault occurred", seen == kinds, sorted(kinds - seen))
        check("one worker or two", tables[0] == tables[1], "\n".join(tables))
    shown = [subprocess.run([NASL, "show", name], cwd=folder, capture_output=True, text=True).stdout for name in ["memo2", "time2"]]
    check("a run says that it depends on time", ["depends on time" in text for text in shown] == [False, True], shown[0][:400] + shown[1][:400])
    left = subprocess.run(["pgrep", "-f", f"{NASL} worker"], capture_output=True, text=True).stdout
    check("no worker is left", left == "", left)


def killed_workers(work):
    """Workers are killed from outside again and again: the run is that of threads."""
    folder = os.path.join(work, "killed")
    os.makedirs(folder)
    script = plain(300).replace("with: random()", "with: ppo()").replace("-abs(f(1) - 1.5)", "-abs(f(1) - 1.5) + 0 * sum(map(1..2000, n -> sin(n)))")
    threads = run(script, "--store", "a.sqlite", cwd=folder)
    check("with threads", threads.stdout == "300\n", threads.stderr)
    process = subprocess.Popen([NASL, "--store", "b.sqlite", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
    process.stdin.write(script.replace("save:", "isolate: true, save:"))
    process.stdin.close()
    kills = 0
    while process.poll() is None:
        time.sleep(0.1)
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
        if children and kills < 10:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(children[0]), signal.SIGKILL)
            kills += 1
    output, errors = process.stdout.read(), process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    check("with killed workers", output == "300\n", errors)

    def rows(store):
        connection = sqlite3.connect(os.path.join(folder, store))
        try:
            return connection.execute(
                "SELECT number, round, choices, program, reward, status, reason, costs, metrics, seed, from_memory, log_p FROM trials ORDER BY number").fetchall()
        finally:
            connection.close()
    check("the same table with threads and killed workers", rows("a.sqlite") == rows("b.sqlite"))
    check("workers were killed", kills > 0, kills)


NAPS = """
grammar Nap { K = "a" | "b" }
task t(k: Nap) { reward command(["./nap"], timeout: 1000s)(k) }
search(t, with: random(), trials: 20, seed: 3, isolate: true)
"""


def nothing_outlives(work):
    """What a trial has started ends with its worker, and with the search."""
    folder = os.path.join(work, "naps")
    os.makedirs(folder)
    with open(os.path.join(folder, "nap"), "w") as file:
        file.write("#!/bin/sh\necho $$ $PPID >> naps\nexec sleep 1000\n")
    os.chmod(os.path.join(folder, "nap"), 0o755)

    def naps(number):
        """Process and parent of the number-th nap, once it is there."""
        for _ in range(200):
            with contextlib.suppress(OSError), open(os.path.join(folder, "naps")) as file:
                lines = file.read().splitlines()
                if len(lines) >= number and len(lines[number - 1].split()) == 2:
                    return [int(word) for word in lines[number - 1].split()]
            time.sleep(0.05)
        return None

    def ends(process):
        for _ in range(100):
            if not os.path.exists(f"/proc/{process}"):
                return True
            time.sleep(0.05)
        return False

    search = subprocess.Popen([NASL, "--allow-run", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, text=True)
    search.stdin.write(NAPS)
    search.stdin.close()
    first = naps(1)
    check("a nap begins", first is not None)
    if first:
        os.kill(first[1], signal.SIGKILL)
        check("a command ends with its worker", ends(first[0]), first)
    second = naps(2)
    check("another worker takes over", second is not None)
    search.send_signal(signal.SIGKILL)
    search.wait()
    if second:
        check("a worker ends with its search", ends(second[1]), second)
        check("a command ends with the search", ends(second[0]), second)


def requests(work):
    """A worker answers what it cannot do, and ends with its input."""
    body = 'grammar K { N = 1 | 2 }\ntask t(k: K, steps: 10) { reward k * steps / 10 }\n'

    lines = [
        "nonsense", '{"v":2,"type":"eval","id":"a"}', '{"v":1,"type":"dance","id":"b"}', '{"v":1,"type":"eval","id":"c","candidate":[0],"task":"none","seed":0}',
        json.dumps({"v": 1, "type": "task", "hash": "h", "name": "t", "body": body}),
        json.dumps({"v": 1, "type": "task", "hash": "bad", "name": "t", "body": "grammar {"}),
        '{"v":1,"type":"eval","id":"d","candidate":[7],"task":"h","seed":0}', '{"v":1,"type":"eval","id":"e","candidate":[1],"task":"h","seed":0}',
        '{"v":1,"type":"eval","id":"f","candidate":[1],"task":"h","seed":0,"budget":{"setting":"steps","amount":5}}',
        '{"v":1,"type":"eval","id":"g","candidate":[1],"task":"h","seed":0,"budget":{"setting":"epochs","amount":5}}',
        '{"v":1,"type":"eval","id":"h","candidate":[1],"task":"h","seed":0,"budget":5}',
        "[" * 100000,
    ]
    process = subprocess.Popen([NASL, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=work)
    process.stdin.write("\n".join(lines) + "\n")
    process.stdin.flush()
    answers = []
    while sum(a["type"] != "heartbeat" for a in answers) < 12:
        answers.append(json.loads(process.stdout.readline()))
    process.stdin.close()
    check("a worker ends with its input", process.wait(timeout=10) == 0)
    process.stdout.close()
    check("hello", answers[0]["type"] == "hello" and answers[0]["proto"] == [1, 1], answers[0])
    kinds = {(a.get("id"), a.get("kind")) for a in answers if a["type"] == "error"}
    wanted = {(None, "bad_request"), ("a", "version"), ("b", "bad_request"), ("c", "unknown_task"), (None, "bad_task"), ("d", "bad_request"), ("g", "bad_request"), ("h", "bad_request")}
    check("what a worker cannot do", kinds == wanted, kinds ^ wanted)
    check("what it can", [a["reward"] for a in answers if a["type"] == "result"] == [2.0, 1.0], answers)


work = tempfile.mkdtemp()
try:
    for test in [requests, full_disk, read_only, two_processes, one_beginning, killed_workers, nothing_outlives, bad_children]:
        test(work)
finally:
    shutil.rmtree(work)
for failure in failures:
    print(failure)
print(f"{passed} passed, {len(failures)} failed")
sys.exit(1 if failures else 0)
