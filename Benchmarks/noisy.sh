#!/usr/bin/env bash
# noisy.sh NASL [SEEDS]: how often a search picks one of the best five of Benchmarks/noisy.nasl, with one evaluation of each program, three, and racing.
set -euo pipefail
nasl=$(realpath "${1:-.build/release/nasl}")
seeds=${2:-100}
{
    cat "$(dirname "$0")/noisy.nasl"
    cat <<SCRIPT
fn show(name, make) = print("|", name, "|", make(1).evaluations, "|", len(filter(map(1..$seeds, s -> make(s)), run -> run.best.program >= 495)), "of $seeds |")
show("nothing", s -> search(measured, with: random(), trials: 500, seed: s))
show("\`repeats: 3\`", s -> search(measured, with: random(), trials: 500, repeats: 3, seed: s))
show("\`racing: true\`", s -> search(measured, with: random(), trials: 500, racing: true, seed: s))
SCRIPT
} | "$nasl" run - 2>/dev/null
