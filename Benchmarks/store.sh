#!/usr/bin/env bash
# store.sh NASL: trials per second with every trial kept, what isolation adds to a trial, and a store of a million trials.
set -euo pipefail
nasl=$(realpath "${1:-.build/release/nasl}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
grammar='grammar G(x: Tensor) -> Tensor { E = x @2 | tanh(E) | sin(E) | E + E | E * E ; limit depth <= 9 }
task t(f: G) { reward 1 }'
for round in 1 2 3; do
    for options in "" ', save: "s'$round'"' ', isolate: true'; do
        echo "$grammar
let run = search(t, with: random(), trials: 20000, seed: $round$options);
print(run.seconds)" >script.nasl
        seconds=$("$nasl" run script.nasl 2>/dev/null)
        awk -v s="$seconds" -v o="$options" 'BEGIN { printf "20000 trials%s: %.0f/s, %.3f ms each\n", o, 20000 / s, s / 20 }'
    done
done
echo "$grammar
let run = search(t, with: random(), trials: 1000000, seed: 1, save: \"million\");
print(len(run.trials))" >script.nasl
"$nasl" run script.nasl >/dev/null 2>&1
echo 'runs("million").top(10)' >script.nasl
for round in 1 2 3; do
    /usr/bin/python3 - "$nasl" <<'SCRIPT'
import resource, subprocess, sys, time
begin = time.time()
subprocess.run([sys.argv[1], "run", "script.nasl"], stdout=subprocess.DEVNULL, check=True)
print(f"1000000 stored trials, the best ten, the whole process: {1000 * (time.time() - begin):.0f} ms, {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")
SCRIPT
done
