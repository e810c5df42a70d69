#!/usr/bin/env bash
# recovery.sh NASL [METHOD TRIALS SEEDS [SET [FIRST]]]: how often a method finds the equations of the Nguyen benchmarks, as a table. A find counts
# where the best program is the equation by exact arithmetic (`recovered`), not where its error is small. One thread; seconds of the clock, of failures, too.
# SET const: the equations with constants, which are fitted; beside it how often the normalized mean squared error on 1,000 fresh points is
# below 1e-12, which is what Petersen et al. (2021) count. FIRST: the first of the seeds. PROBLEMS: some of them only, such as "nguyen:5 nguyen:7".
# A program may be perfect at the points and another one in between, or a policy may have settled and bring nothing new: then the search begins
# anew with the trials that are left, unless PROPOSALS (10,000,000) programs have been drawn. Repeats are answered from memory and are no trials; Deep
# Symbolic Optimization counts all that it draws, so a column says how many were found within 2,000,000 draws.
set -euo pipefail
nasl=$(realpath "${1:-.build/release/nasl}")
method=${2:-"neural_guided(batch: 250, generations: 12, guests: 50, elite: 5, patience: 25, crossover: 0.7, lr: 2.5e-3, entropy: 0.03)"}
trials=${3:-200000}
seeds=${4:-5}
set=${5:-nguyen}
first=${6:-1}
draws=${PROPOSALS:-10000000}
constants="no constants"; goal=0.999999999; problems="nguyen:1 nguyen:2 nguyen:3 nguyen:4 nguyen:5 nguyen:6 nguyen:7 nguyen:8 nguyen:9 nguyen:10 nguyen:11 nguyen:12 nguyen:13"
if [ "$set" = const ]; then
    constants="const (4 at most)"; goal=0.9999999999999
    problems="nguyen_const:1 nguyen_const:2 nguyen_const:3 nguyen_const:4 nguyen_const:5 jin:1 jin:2 jin:3 jin:4 jin:5 jin:6"
fi
echo "\`$method\`, at most $trials trials, none begun anew after $draws proposals, seeds $first to $((first + seeds - 1)), functions + - * / sin cos exp log, $constants:"
echo
echo "| equation | found | 95 % (Wilson) | in 2,000,000 proposals | error below 1e-12 | trials (mean) | trials (median) | proposals (mean) | seconds (mean) |"
echo "|---|---|---|---|---|---|---|---|---|"
for problem in ${PROBLEMS:-$problems}; do
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
# What a search and, after a false find, those after it have come to.
fn attempt(s, left, trials, proposals, seconds) =
    judged(search(find, with: $method, trials: left, goal: $goal, seed: s), s, left, trials, proposals, seconds)
fn judged(run, s, left, trials, proposals, seconds) = let is_found = recovered(run.best.program, p) == true in
    if is_found or left <= len(run.trials) or proposals + run.proposals >= $draws then
        (found: if is_found then 1 else 0,
         early: if is_found and proposals + run.proposals <= 2000000 then 1 else 0,
         near: if square(nrmse(values(run.best.program), values(p.target))) < 1e-12 then 1 else 0,
         trials: trials + len(run.trials), proposals: proposals + run.proposals, seconds: seconds + run.seconds) else
        attempt(s + 100000, left - len(run.trials), trials + len(run.trials), proposals + run.proposals, seconds + run.seconds)
let ends = map($first..$first + $seeds - 1, s -> attempt(s, $trials, 0, 0, 0))
let rate = mean(map(ends, e -> e.found))
let middle = (rate + 1.9208 / $seeds) / (1 + 3.8416 / $seeds)
let half = 1.96 * sqrt(rate * (1 - rate) / $seeds + 0.9604 / $seeds / $seeds) / (1 + 3.8416 / $seeds)
let trials = sort(map(ends, e -> e.trials))
print("|", p.name, "|", sum(map(ends, e -> e.found)), "of $seeds |", round(100 * max(0, middle - half)), "to", round(100 * min(1, middle + half)), "% |",
    sum(map(ends, e -> e.early)), "|", sum(map(ends, e -> e.near)), "|", round(mean(trials)), "|", trials[floor(len(trials) / 2)], "|", round(mean(map(ends, e -> e.proposals))), "|", round(10 * mean(map(ends, e -> e.seconds))) / 10, "|")
SCRIPT
done
