"""kill.py NASL [COUNT]: a search that is killed again and again ends as the unbroken one.

A script searches with a learning controller. Once it runs through; then it is killed (SIGKILL) at COUNT random moments, each time
started again, until it is through. With isolated trials workers are
killed, too, several before each kill of the search, which replaces them. The tables of trials, written by `nasl trials --csv`, must be the same byte for byte but for times and workers.
Prints what failed and exits 1, or a closing line.
"""

import contextlib
import csv
import glob
import io
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

SCRIPT = """
grammar G(x: Tensor) -> Tensor {
    E = x @3 | tanh(E) | sin(E) | -E | E + E | E * E | max(E, E)
    limit depth <= 4
}
let target = tanh
fn error(f, at) {
    let points = [-2, -1, 0.5, at, 3]
    rmse(f(points), points * target(points))
}
let far = 2.5
# Failing trials are kept like others.
task near(f: G, work: WORK) {
    let pause = sum(map(1..work, n -> sin(n)))
    reward if size(f) == 5 then log(-1) else -error(f, far) + 0 * pause - 1 / work
}
let run = search(near, with: METHOD, trials: TRIALS, seed: 7, save: "r", isolate: ISOLATED)
print(run.top(3))
"""
TIMES = ["seconds", "recorded", "worker"]


def table(nasl, store):
    text = subprocess.run([nasl, "trials", "r", "--store", store], capture_output=True, text=True, check=True).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        for name in TIMES:
            del row[name]
    return [tuple(row.items()) for row in rows]


def stored(store):
    """Trials in the store, read as anybody may; 0 where there is none yet."""
    try:
        connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT count(*) FROM trials").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.Error:
        return 0


def workers_of(process):
    """The processes that evaluate its trials; each thread lists those that it has started."""
    found = []
    for path in glob.glob(f"/proc/{process.pid}/task/*/children"):
        with contextlib.suppress(OSError), open(path) as file:
            found += [int(word) for word in file.read().split()]
    return found


def main():
    nasl = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    work = tempfile.mkdtemp()
    numbers = random.Random(time.time_ns() if len(sys.argv) <= 3 else int(sys.argv[3]))
    passed, failures = 0, []

    def check(name, good, found=""):
        nonlocal passed
        if good:
            passed += 1
        else:
            failures.append(f"FAILED {name}: {found}")

    try:
        trials = 400 if kills <= 10 else 3000
        plain = {}
        for method, isolated in [("ppo()", False), ("random()", False), ("ppo()", True), ("random()", True), ("hyperband(ppo(), from: 100)", True)]:
            if isolated and kills > 10:
                trials = 20000
            script = os.path.join(work, "script.nasl")
            with open(script, "w") as file:
                file.write(SCRIPT.replace("METHOD", method).replace("TRIALS", str(trials)).replace("WORK", "2000").replace("ISOLATED", "true" if isolated else "false"))

            def start(store, workers):
                return subprocess.Popen([nasl, script, "--store", store, "--workers", str(workers)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

            name = f"{method} isolated" if isolated else method
            whole = os.path.join(work, f"whole-{name}.sqlite")
            begun = time.time()
            process = start(whole, 2)
            output, errors = process.communicate()
            length = time.time() - begun
            check(f"{name} unbroken", process.returncode == 0, errors)
            expected = table(nasl, whole)
            evaluated = sum(dict(row)["from_memory"] == "0" for row in expected)
            # A policy may have nothing new to propose before that.
            check(f"{name} all trials", evaluated == trials or "ppo" in name and trials / 20 < evaluated < trials, evaluated)
            alone = os.path.join(work, f"alone-{name}.sqlite")
            process = start(alone, 1)
            check(f"{name} the same output by one worker", process.communicate()[0] == output)
            check(f"{name} the same table by one worker", table(nasl, alone) == expected)
            known = plain.setdefault(method, expected)
            check(f"{name} the table of threads", expected[:len(known)] == known, "isolated trials give others")

            broken = os.path.join(work, f"broken-{name}.sqlite")
            killed, lost, before = 0, 0, 0
            while True:
                process = start(broken, numbers.choice([1, 2, 3]))
                # At first any moment, the making of the file among them; later so that all kills find their place.
                wait = numbers.uniform(0, 0.3) if killed % 5 == 0 else numbers.uniform(0, 1.5 * length / max(1, kills) + 0.15)
                try:
                    if killed < kills:
                        process.wait(timeout=wait)
                except subprocess.TimeoutExpired:
                    # The search replaces the workers and goes on, for a while; a trial that has lost five is given up.
                    for _ in range(numbers.randint(1, 4) if isolated else 0):
                        for worker in workers_of(process)[-1:]:
                            with contextlib.suppress(ProcessLookupError):
                                os.kill(worker, signal.SIGKILL)
                                lost += 1
                        time.sleep(numbers.uniform(0, 0.15))
                    process.send_signal(signal.SIGKILL)
                    process.communicate()
                    killed += 1
                    now = stored(broken)
                    check(f"{name} kill {killed} keeps what was written", now >= before, f"{before} trials before, {now} after")
                    before = now
                    continue
                text, errors = process.communicate()
                break
            if kills > 10:
                check(f"{name} enough kills", killed >= kills // 2 and (lost >= kills // 3 or not isolated), f"{killed} and {lost}")
            check(f"{name} resumed", process.returncode == 0, errors)
            check(f"{name} the same output", text == output, text)
            if process.returncode:
                # Without a run there is no table to compare.
                continue
            found = table(nasl, broken)
            check(f"{name} the same table after {killed} kills", found == expected,
                  next((f"{a} is {b}" for a, b in zip(expected, found) if a != b), f"{len(found)} trials"))
            integrity = sqlite3.connect(broken).execute("PRAGMA integrity_check").fetchone()[0]
            check(f"{name} a sound file", integrity == "ok", integrity)
            print(f"{name}: killed {killed} times{f', its workers {lost} times' if isolated else ''}, {len(found)} trials")
    finally:
        shutil.rmtree(work)
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
