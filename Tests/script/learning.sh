#!/bin/bash
# learning.sh NASL: over 5 seeds with 400 trials the mean reward of the last fifth of trials is above that of the first fifth for
# `reinforce`, and above that of the last fifth of `random`, every time. Exits 1 where it is not so.
set -u
log=$(mktemp)
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/../.." || exit 1
{
    # Deeper than the example, where `random` has soon drawn all that differ.
    sed -e '/^let swish/,$d' -e 's/depth <= 3/depth <= 5/' examples/activation.nasl
    cat <<'SCRIPT'
fn reached(trials) = mean(map(filter(trials, t -> t.status == "ok"), t -> t.reward))
fn part(run, from, to) = reached(map(from..to - 1, i -> run.trials[i]))
fn gain(method, seed) {
    let run = search(reads_austen, with: method, trials: 400, seed: seed)
    let fifth = floor(len(run.trials) / 5)
    let line = [len(run.trials), part(run, 0, fifth), part(run, len(run.trials) - fifth, len(run.trials)), run.best.reward]
    print(seed, line)
    line
}
print("reinforce: seed, trials, mean reward of the first and the last fifth, best")
let learnt = map(1..5, seed -> gain(reinforce(), seed))
print("random: the same")
let drawn = map(1..5, seed -> gain(random(), seed))
print(if all(0..4, i -> learnt[i][2] > learnt[i][1] and learnt[i][2] > drawn[i][2]) then "5 passed, 0 failed" else "the last fifth is not always better: 0 passed, 1 failed")
SCRIPT
} | "$nasl" run - 2>/dev/null | tee "$log"
status=1
grep -q "^5 passed, 0 failed" "$log" && status=0
rm -f "$log"
exit $status
