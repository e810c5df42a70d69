#!/usr/bin/env bash
# recovery.sh NASL [METHOD TRIALS SEEDS]: how often a method finds the equations of the Nguyen benchmarks, as a table. A find counts where the best
# program is the equation by exact arithmetic (`recovered`), not where its error is small. One thread; seconds of the clock.
set -euo pipefail
nasl=$(realpath "${1:-.build/release/nasl}")
method=${2:-"neural_guided(batch: 500, generations: 20, guests: 50)"}
trials=${3:-200000}
seeds=${4:-5}
echo "\`$method\`, at most $trials evaluations, $seeds seeds, functions + - * / sin cos exp log, no constants:"
echo
echo "| equation | found | evaluations (median) | seconds (mean) |"
echo "|---|---|---|---|"
for number in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
    grammar=Koza
    [ "$number" -ge 9 ] && grammar=Koza2
    "$nasl" run --workers 1 - 2>/dev/null <<SCRIPT
import "nasl/equations.nasl"
let p = nguyen($number)
task find(f: $grammar) { reward score(f, p) }
let runs = map(1..$seeds, s -> search(find, with: $method, trials: $trials, goal: 0.999999999, seed: s))
let found = sum(map(runs, run -> if recovered(run.best.program, p) == true then 1 else 0))
let evaluations = sort(map(runs, run -> run.evaluations))
print("|", p.name, "|", found, "of $seeds |", evaluations[floor(len(evaluations) / 2)], "|", round(10 * mean(map(runs, run -> run.seconds))) / 10, "|")
SCRIPT
done
