"""measure.py NASL [SECONDS,... [TURNS [sleep]]]: trials a second through Ray beside processes of this machine, for trials of several lengths; needs Ray.

Each point is the rate of a search over what the store says of its time, after a first round that starts everything; both ways take
turns, and the best of the turns is kept, since other programs only slow them down. Run it in a network of its own: `scripts/alone.sh`.
"""

import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "Tests", "store"))

import cluster

SCRIPT = """
grammar G {{ K = real(0..1) }}
task t(k: G) {{
    {work}
    reward -k
}}
search(t, with: random(batch: {batch}), trials: {trials}, seed: 1, save: "r");
"""


def rate(store):
    """Trials a second between the first round's end and the last trial; rounds are folded when they are whole."""
    rows = cluster.asked(store, "SELECT round, count(*), min(recorded) FROM trials GROUP BY round ORDER BY round")
    return sum(row[1] for row in rows[1:]) / (rows[-1][2] - rows[0][2])


def main():
    seconds = [float(word) for word in sys.argv[2].split(",")] if len(sys.argv) > 2 else [0.0, 0.01, 0.05, 0.2, 1.0]
    turns = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    sleeps = sys.argv[4:5] == ["sleep"]
    with cluster.driver_in_path(sys.executable) as work:
        def run(name, text, *options):
            store = os.path.join(work, f"{name}.sqlite")
            if os.path.exists(store):
                os.unlink(store)
            code, _, errors = cluster.run(text, store, "--workers", "2", "--allow-run", *options, cwd=work)
            assert code == 0, errors
            return rate(store), cluster.table(store)

        step = 1.0
        if not sleeps:
            # What a step of the loop takes here.
            steps = 20000
            text = SCRIPT.format(work=f"let pause = sum(map(1..{steps}, n -> sin(n)))", batch=20, trials=200)
            step = 2 / max(run("calibration", text)[0] for _ in range(3)) / steps
            print(f"a step of the loop: {step * 1e6:.2f} us", flush=True)
        print("| trial | round | isolated, here | driver, here | driver, Ray | Ray of isolated |")
        print("|---|---|---|---|---|---|")
        for length in seconds:
            batch = max(20, min(2000, int(10 / max(length, 1e-3))))
            if sleeps:
                pause = f'let pause = command(["sh", "-c", "sleep {length}; echo 1"])(k)'
            else:
                pause = f"let pause = sum(map(1..{max(1, int(length / step))}, n -> sin(n)))"
            text = SCRIPT.format(work=pause, batch=batch, trials=4 * batch)
            best, tables = {}, []
            for _ in range(turns):
                for name, body, options in [("isolated", text.replace("seed: 1,", "seed: 1, isolate: true,"), []), ("processes", text, ["--on", "processes"]), ("ray", text, ["--on", "ray"])]:
                    found, table = run(name, body, *options)
                    best[name] = max(best.get(name, 0), found)
                    tables.append(table)
            assert all(table == tables[0] for table in tables), "the tables differ"
            print(f"| {length * 1000:g} ms | {batch} | {best['isolated']:.1f}/s | {best['processes']:.1f}/s | {best['ray']:.1f}/s | {best['ray'] / best['isolated']:.0%} |", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("NASL_RAY_NODE_ADDRESS", "127.0.0.1")
    main()
