#!/bin/bash
# run.sh NASL: own speed on this machine, written to docs/benchmarks.md.
set -eu
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/.."
{
    echo "# Benchmarks"
    echo
    echo "Made by \`make bench\` on $(date -u +%F), $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1). Own figures only; no peer was run."
    echo
    echo '```'
    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE "$nasl" run --workers 1 Benchmarks/children.nasl
    echo '```'
} | tee docs/benchmarks.md
