#!/usr/bin/env bash
# recovery.sh NASL [METHOD TRIALS SEEDS]: how often a method finds the equations of the Nguyen benchmarks, as a table. A find counts where the best
# program is the equation by exact arithmetic (`recovered`), not where its error is small. One thread; seconds of the clock.
# recovery.sh NASL METHOD TRIALS SEEDS const: the same of the equations with constants, which are fitted; beside it how often the
# normalized mean squared error on 1,000 fresh points is below 1e-12, which is what Petersen et al. (2021) count.
set -euo pipefail
nasl=$(realpath "${1:-.build/release/nasl}")
method=${2:-"neural_guided(batch: 500, generations: 20, guests: 50)"}
trials=${3:-200000}
seeds=${4:-5}
set=${5:-nguyen}
constants="no constants"; goal=0.999999999; problems="nguyen:1 nguyen:2 nguyen:3 nguyen:4 nguyen:5 nguyen:6 nguyen:7 nguyen:8 nguyen:9 nguyen:10 nguyen:11 nguyen:12 nguyen:13"
if [ "$set" = const ]; then
    constants="const (4 at most)"; goal=0.9999999999999
    problems="nguyen_const:1 nguyen_const:2 nguyen_const:3 nguyen_const:4 nguyen_const:5 jin:1 jin:2 jin:3 jin:4 jin:5 jin:6"
fi
echo "\`$method\`, at most $trials trials, $seeds seeds, functions + - * / sin cos exp log, $constants:"
echo
echo "| equation | found | error below 1e-12 | trials (median) | seconds (mean) |"
echo "|---|---|---|---|---|"
for problem in $problems; do
    list=${problem%:*}
    number=${problem#*:}
    grammar=Koza
    [ "$set" = const ] && grammar=KozaConst
    { [ "$list" = jin ] || [ "$problem" = nguyen_const:5 ] || { [ "$list" = nguyen ] && [ "$number" -ge 9 ]; }; } && grammar=${grammar}2
    "$nasl" run --workers 1 - 2>/dev/null <<SCRIPT
import "nasl/equations.nasl"
let p = $list($number)
task find(f: $grammar) { reward score(f, p) }
let points = map(1..p.variables, v -> uniform(p.lower, p.upper, count: 1000))
fn one(f) = f(points[0])
fn two(f) = f(points[0], points[1])
fn values(f) = if p.variables == 1 then one(f) else two(f)
let runs = map(1..$seeds, s -> search(find, with: $method, trials: $trials, goal: $goal, seed: s))
let found = sum(map(runs, run -> if recovered(run.best.program, p) == true then 1 else 0))
let near = sum(map(runs, run -> if square(nrmse(values(run.best.program), values(p.target))) < 1e-12 then 1 else 0))
let trials = sort(map(runs, run -> len(run.trials)))
print("|", p.name, "|", found, "of $seeds |", near, "|", trials[floor(len(trials) / 2)], "|", round(10 * mean(map(runs, run -> run.seconds))) / 10, "|")
SCRIPT
done
