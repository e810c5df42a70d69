"""reading.py NASL: the Python program of docs/store.md reads a store, and finds what `nasl trials --json` writes."""

import contextlib
import io
import json
import math
import os
import re
import subprocess
import sys
import tempfile

SCRIPT = """
grammar G(x: Tensor) -> Tensor { E = x @2 | tanh(E) | sin(E) | E + E ; limit depth <= 4 }
task t(f: G) { reward -abs(f(1) - 1.5) ; }
let run = search(t, with: random(), trials: 100, seed: 2, save: "night");
print(run.top(5))
"""


def main():
    nasl = os.path.abspath(sys.argv[1])
    page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/store.md")
    program = re.search(r"```python\n(.*?)```", open(page).read(), re.S).group(1)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        shown = subprocess.run([nasl, "-"], input=SCRIPT, capture_output=True, text=True, check=True).stdout
        printed = io.StringIO()
        names = {}
        with contextlib.redirect_stdout(printed):
            exec(program, names)
        names["connection"].close()
        lines = subprocess.run([nasl, "trials", "night", "--json"], capture_output=True, text=True, check=True).stdout.splitlines()
        trials = [json.loads(line) for line in lines]
        best = sorted((t for t in trials if t["reward"] is not None and not t["from_memory"]), key=lambda t: (-t["reward"], t["number"]))[:5]
        good = [
            sum(not t["from_memory"] for t in trials) == 100,
            [(t["number"], t["reward"], t["program"]) for t in best] == [row[:3] for row in names["rows"]],
            all(t["program"] in shown for t in best),
            all(math.copysign(1, a["reward"]) == math.copysign(1, b[1]) for a, b in zip(best, names["rows"])),
            len(printed.getvalue().splitlines()) == 5,
        ]
        print(f"{sum(good)} passed, {len(good) - sum(good)} failed")
        sys.exit(0 if all(good) else 1)


main()
