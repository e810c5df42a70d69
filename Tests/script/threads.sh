#!/bin/bash
# threads.sh: builds nasl with the thread sanitizer (in .build-thread) and searches, compares and stops with four workers. Exits 1 where
# it reports a race. The program itself is run, because the test runner does not start under this sanitizer (Swift 6.3).
set -eu
cd "$(dirname "$0")/../.."
"${SWIFT:-swift}" build -c release --sanitize thread --scratch-path .build-thread --product nasl
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
TSAN_OPTIONS="suppressions=Tests/script/threads.supp exitcode=66" .build-thread/release/nasl run --workers 4 - >"$log" 2>&1 <<'SCRIPT' || status=$?
grammar A(x: Tensor) -> Tensor { E = relu(x) | tanh(x) | x * sigmoid(x) | sin(E) | E + E @0.3 ; limit depth <= 4 }
task t(f: A) { reward train(mlp([16, 10], activation: f), digits, batch: 32, steps: 30).validation.accuracy }
let run = search(t, trials: 200, seed: 1)
print(run.best.reward > 0, len(run.trials) > 30)
print(len(search(t, with: random, trials: 100, seed: 2).trials))
task cheap(f: A) { reward -abs(f(0.3) - 1) }
print(len(search(cheap, trials: 2000, seed: 1).trials))
print(len(compare(t, [relu, tanh, run.best], repeats: 6).rows))
SCRIPT
if [ "$status" = 0 ] && grep -q "^true true$" "$log"; then
    echo "1 passed, 0 failed"
else
    cat "$log"
    echo "0 passed, 1 failed"
    exit 1
fi
