"""cluster.py NASL: searches whose trials go through the driver of `--on`, here with processes of this machine in Ray's place.

The driver's code is that of a Ray cluster but for the one file that calls Ray; integrations/ray/tests/faults.py does the same with Ray.
Prints what failed and exits 1, or a closing line.
"""

import contextlib
import csv
import glob
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

NASL = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
passed, failures = 0, []

SCRIPT = """
grammar G(x: Tensor) -> Tensor {
    E = x @3 | tanh(E) | sin(E) | -E | E + E | E * E | max(E, E)
    limit depth <= 4
}
fn error(f, at) {
    let points = [-2, -1, 0.5, at, 3]
    rmse(f(points), points * tanh(points))
}
let far = 2.5
task near(f: G, work: WORK) {
    let pause = sum(map(1..work, n -> sin(n)))
    reward if size(f) == 5 then log(-1) else -error(f, far) + 0 * pause - 1 / work
}
let run = search(near, with: METHOD, trials: TRIALS, seed: 7, save: "r")
print(run.top(3))
"""

# One candidate for each way to go wrong; `./fault SIGNAL` sends a signal to the worker that started it.
FAULTS = """
grammar Fault { K = "good" | "segv" | "exit" | "loop" | "nan" | "mistake" }
fn fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2)
fn act(k) =
    if k == "good" then 1 else
    if k == "segv" then command(["./fault", "SEGV"])(k) else
    if k == "exit" then command(["./fault", "TERM"])(k) else
    if k == "loop" then fib(60) else
    if k == "nan" then 0 / 0 else
    k + 1
task t(k: Fault) { reward act(k) }
let run = search(t, with: random(), trials: 40, seed: 3, timeout: 2s, save: "r")
for trial in run.trials { print(trial.program, trial.status, trial.reason) }
"""


def check(name, good, found=""):
    global passed
    if good:
        passed += 1
    else:
        failures.append(f"FAILED {name}: {found}")


def script(method="ppo()", trials=300, work=2000):
    return SCRIPT.replace("METHOD", method).replace("TRIALS", str(trials)).replace("WORK", str(work))


def start(text, store, *options, cwd, **more):
    process = subprocess.Popen([NASL, "run", "--store", store, *options, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd, **more)
    process.stdin.write(text)
    process.stdin.close()
    # `communicate` would write to it.
    process.stdin = None
    return process


def run(*arguments, **more):
    process = start(*arguments, **more)
    output, errors = process.communicate(timeout=900)
    return process.returncode, output, errors


def table(store):
    """All trials but for times and workers."""
    text = subprocess.run([NASL, "trials", "r", "--store", store], capture_output=True, text=True, check=True).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        for name in ["seconds", "recorded", "worker"]:
            del row[name]
    return [tuple(row.items()) for row in rows]


def asked(store, query):
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    except sqlite3.Error:
        return []
    finally:
        connection.close()


def children(pid):
    found = []
    for path in glob.glob(f"/proc/{pid}/task/*/children"):
        with contextlib.suppress(OSError), open(path) as file:
            found += [int(word) for word in file.read().split()]
    return found


def kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def is_gone(pid):
    for _ in range(200):
        if not os.path.exists(f"/proc/{pid}"):
            return True
        with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as file:
            if file.read().rsplit(")", 1)[-1].split()[0] == "Z":
                return True
        time.sleep(0.05)
    return False


def driver_of(process):
    """Once it is there, with its workers."""
    for _ in range(400):
        for driver in children(process.pid):
            if children(driver):
                return driver
        if process.poll() is not None:
            break
        time.sleep(0.02)
    return None


def same_table(work):
    expected = None
    for method in ["ppo()", "random(batch: 150)", 'hyperband(ppo(), over: "work", from: 100)']:
        code, output, errors = run(script(method), "threads.sqlite", cwd=work)
        check(f"{method} with threads", code == 0, errors)
        expected = table(os.path.join(work, "threads.sqlite"))
        for workers in ["1", "2", "3"]:
            store = os.path.join(work, f"on{workers}.sqlite")
            code, found, errors = run(script(method), store, "--on", "processes", "--workers", workers, cwd=work)
            check(f"{method} by the driver, {workers} workers", code == 0 and found == output, errors + found)
            check(f"{method} the same table, {workers} workers", table(store) == expected)
            who = {row[0] for row in asked(store, "SELECT DISTINCT worker FROM trials WHERE worker IS NOT NULL")}
            told = {int(row[0].split()[1]) for row in asked(store, "SELECT text FROM events WHERE kind = 'worker'")}
            check("workers are told", who == told and len(told) <= int(workers), (who, told))
            os.unlink(store)
        os.unlink(os.path.join(work, "threads.sqlite"))


def killed(work):
    """A child, the driver and the search are killed in the midst of a run."""
    numbers = random.Random(time.time_ns())
    text = script(trials=400, work=3000)
    begun = time.time()
    code, output, errors = run(text, "whole.sqlite", cwd=work)
    length = time.time() - begun
    check("unbroken", code == 0, errors)
    expected = table(os.path.join(work, "whole.sqlite"))
    for what in ["child", "driver", "search"]:
        store = os.path.join(work, f"{what}.sqlite")
        kills = 0
        for _ in range(8):
            process = start(text, store, "--on", "processes", "--workers", "2", cwd=work)
            driver = driver_of(process)
            for _ in range(3):
                time.sleep(numbers.uniform(0.1, max(0.2, length / 4)))
                if driver is None or process.poll() is not None:
                    break
                workers = children(driver)
                if what == "child" and workers:
                    kill(numbers.choice(workers))
                    kills += 1
                elif what == "driver" and kills < 3:
                    kill(driver)
                    kills += 1
                    check("workers end with the driver", all(is_gone(worker) for worker in workers), workers)
                    driver = driver_of(process)
                elif what == "search" and kills < 3:
                    kill(process.pid)
                    process.communicate()
                    kills += 1
                    check("the driver ends with the search, and workers with the driver", all(is_gone(pid) for pid in [driver, *workers]), (driver, workers))
                    break
            if process.poll() == -signal.SIGKILL:
                continue
            found, errors = process.communicate(timeout=300)
            break
        check(f"killed {what}: the same output", process.returncode == 0 and found == output, errors[-500:])
        check(f"killed {what}: the same table", table(store) == expected)
        check(f"killed {what}: there were kills", kills > 0)
        who = {row[0] for row in asked(store, "SELECT DISTINCT worker FROM trials WHERE worker IS NOT NULL")}
        told = {int(row[0].split()[1]) for row in asked(store, "SELECT text FROM events WHERE kind = 'worker'")}
        check(f"killed {what}: workers are told", who <= told, (who, told))
        kinds = {row[0] for row in asked(store, "SELECT kind FROM events")}
        check(f"killed {what}: it is told", what == "search" or {"child": "lost", "driver": "driver"}[what] in kinds, kinds)


def faults(work):
    with open(os.path.join(work, "fault"), "w") as file:
        file.write("#!/bin/sh\nkill -$1 $PPID\nsleep 1\n")
    os.chmod(os.path.join(work, "fault"), 0o755)
    found = {}
    for name, options in [("isolated", []), ("driver", ["--on", "processes"])]:
        code, found[name], errors = run(FAULTS, f"{name}.sqlite", "--allow-run", "--workers", "2", *options, cwd=work)
        check(f"faults, {name}", code == 0, errors[-500:])
    check("the same statuses and reasons", found["isolated"] == found["driver"], found["isolated"] + found["driver"])
    check("statuses", all(word in found["driver"] for word in ["crashed", "timed out", "diverged", "failed", " ok "]), found["driver"])
    crashed = asked(os.path.join(work, "driver.sqlite"), "SELECT text FROM events WHERE kind = 'crashed'")
    check("crashes are told", any("SIGSEGV on worker" in row[0] for row in crashed), crashed)


def interrupted(work):
    """Ctrl-C in the first round keeps what was done of it."""
    store = os.path.join(work, "interrupted.sqlite")
    # Trials of half a second: only those of a tenth and more are kept before their round ends.
    text = script("random(batch: 200)", trials=200, work=600000).replace("size(f) == 5", "size(f) == 500")
    process = start(text, store, "--on", "processes", "--workers", "2", cwd=work)
    driver = driver_of(process)
    for _ in range(200):
        if asked(store, "SELECT count(*) FROM early")[:1] > [(3,)]:
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    check("Ctrl-C ends it", process.returncode == 1 and 'resume("r")' in errors, errors[-400:])
    check("Ctrl-C ends the driver", driver and is_gone(driver), driver)
    kept = {row[0] for row in asked(store, "SELECT program FROM early")}
    check("Ctrl-C keeps what was done", len(kept) > 3, kept)
    code, output, errors = run('let r = resume("r");\nprint(len(r.trials))', store, "--on", "processes", "--workers", "2", cwd=work)
    check("it goes on", code == 0 and output == "200\n", errors)
    begun = asked(store, "SELECT min(time) FROM events WHERE kind = 'resumed'")
    check("nothing is done again", len(asked(store, "SELECT program FROM trials WHERE from_memory = 0")) >= len(kept) and begun, begun)


def refused(work):
    code, _, errors = run("print(1)", "x.sqlite", "--on", "sun", cwd=work)
    check("an unknown cluster", code == 2 and "--on" in errors, errors)
    code, _, errors = run(script(), "x.sqlite", "--on", "ray", cwd=work, env=dict(os.environ, PATH="/usr/bin:/bin"))
    check("no driver", code == 1 and "the cluster cannot be used: `nasl-ray` cannot be started" in errors and "scaling.md" in errors, errors)
    check("no run is left of it", not asked(os.path.join(work, "x.sqlite"), "SELECT name FROM runs"))
    code, output, errors = run("print(6 * 7)", "x.sqlite", "--on", "ray", cwd=work, env=dict(os.environ, PATH="/usr/bin:/bin"))
    check("what needs no cluster", code == 0 and output == "42\n", errors)


def requests(work):
    """The driver answers what it cannot do, and ends with its input."""
    body = "grammar K { N = 1 | 2 }\ntask t(k: K) { reward k }\n"
    lines = [
        "nonsense", "[1]", '{"v":2,"type":"eval","id":"a"}', '{"v":1,"type":"eval","id":"b","task":"none"}', '{"v":1,"type":"eval"}',
        json.dumps({"v": 1, "type": "task", "hash": "h", "name": "t", "body": body}),
        '{"v":1,"type":"eval","id":"c","candidate":[1],"task":"h","seed":0,"heartbeat_s":2}',
        '{"v":1,"type":"eval","id":"d","candidate":[7],"task":"h","seed":0,"heartbeat_s":2}',
    ]
    process = subprocess.Popen(["nasl-ray", "--on", "processes", "--workers", "2", "--", NASL, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=work)
    process.stdin.write("\n".join(lines) + "\n")
    process.stdin.flush()
    answers = []
    while sum(a["type"] in ("error", "result") for a in answers) < 7:
        answers.append(json.loads(process.stdout.readline()))
    process.stdin.close()
    check("the driver ends with its input", process.wait(timeout=10) == 0)
    process.stdout.close()
    check("hello", answers[0]["type"] == "hello" and answers[0]["slots"] == 2, answers[0])
    kinds = sorted((str(a.get("id")), a["kind"]) for a in answers if a["type"] == "error")
    check("what it cannot do", kinds == sorted([("None", "bad_request")] * 4 + [("b", "unknown_task"), ("d", "bad_request")]), kinds)
    check("what it can", [(a["id"], a["reward"]) for a in answers if a["type"] == "result"] == [("c", 2.0)], answers)


@contextlib.contextmanager
def driver_in_path(python):
    """A working folder, with `nasl-ray` as a command that this Python runs from the sources."""
    work = tempfile.mkdtemp()
    tools = os.path.join(work, "bin")
    os.makedirs(tools)
    with open(os.path.join(tools, "nasl-ray"), "w") as file:
        file.write(f'#!/bin/sh\nPYTHONPATH="{ROOT}/integrations/ray" exec "{python}" -m nasl_ray.main "$@"\n')
    os.chmod(os.path.join(tools, "nasl-ray"), 0o755)
    os.environ["PATH"] = f"{tools}:{os.environ['PATH']}"
    try:
        yield work
    finally:
        shutil.rmtree(work)


def run_tests(tests, python):
    with driver_in_path(python) as work:
        for test in tests:
            folder = os.path.join(work, test.__name__)
            os.makedirs(folder)
            test(folder)
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    run_tests([requests, refused, same_table, killed, faults, interrupted], sys.executable)
