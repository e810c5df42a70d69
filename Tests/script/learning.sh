#!/bin/bash
# learning.sh NASL: over 5 seeds with 400 trials the mean reward of the last fifth of trials is above that of the first fifth for
# `reinforce`, every time; `random` is printed beside it. Exits 1 where it is not so.
set -u
log=$(mktemp)
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/../.." || exit 1
{
    sed '/^let swish/,$d' examples/activation.nasl
    cat <<'SCRIPT'
fn reached(trials) = mean(map(filter(trials, t -> t.status == "ok"), t -> t.reward))
fn part(run, from, to) = reached(map(from..to - 1, i -> run.trials[i]))
fn gain(method, seed) {
    let run = search(reads_austen, with: method, trials: 400, seed: seed)
    let line = [part(run, 0, 80), part(run, 320, 400), run.best.reward]
    print(seed, line)
    line
}
print("reinforce: seed, mean reward of the first and the last fifth, best")
let learnt = map(1..5, seed -> gain(reinforce(), seed))
print("random: the same")
let drawn = map(1..5, seed -> gain(random(), seed))
print(if all(learnt, line -> line[1] > line[0]) then "5 passed, 0 failed" else "the last fifth is not always better: 0 passed, 1 failed")
SCRIPT
} | "$nasl" run - 2>/dev/null | tee "$log"
status=1
grep -q "^5 passed, 0 failed" "$log" && status=0
rm -f "$log"
exit $status
