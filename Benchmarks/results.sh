#!/bin/bash
# results.sh NASL: what searches find, written to docs/results.md.
set -eu
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/.."
{
    echo "# Results"
    echo
    echo "Made by \`make results\` on $(date -u +%F)."
    echo
    echo "## Activation functions for a character model of *Persuasion*"
    echo
    echo "\`nasl run examples/activation.nasl\`: 781 programs, 400 trials, then 10 fresh paired seeds."
    echo
    echo '```'
    "$nasl" run examples/activation.nasl 2>/dev/null
    echo '```'
    echo
    echo "Learning over 5 seeds, 400 trials each (mean reward of the trials that did not fail):"
    echo
    echo '```'
    Tests/script/learning.sh "$nasl"
    echo '```'
    echo
    echo "## Equations of the Nguyen benchmarks"
    echo
    for method in "neural_guided(batch: 500, generations: 20, guests: 50)" "random()"; do
        Benchmarks/recovery.sh "$nasl" "$method" 100000 5
        echo
    done
} | tee docs/results.md
