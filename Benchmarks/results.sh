#!/bin/bash
# results.sh NASL [ROW...]: what searches find, written to docs/results.md. A row is a script of examples/studies, `ranks` (every activation
# function of one core unit), `methods` (all search methods on a table), `recovery` (the Nguyen equations) or `page` (nothing but the page anew); without names all of them. Each row keeps its searches in .build/results,
# goes on there after a break, and leaves its text; the page is made of all texts that there are. SEEDS (5): searches by each method;
# WORKERS: trials at once, as many as there are cores unless it is set.
set -eu
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/.."
shift || true
seeds=${SEEDS:-5}
rows=(activation optimizer conv_net cell loss batch_size schedule recipe equation contrast)
kept=.build/results
mkdir -p "$kept"

# row NAME: runs it, and writes its section.
row() {
    local script=examples/studies/$1.nasl started spent=0 status=0
    started=$(date +%s)
    sed -E "s/seeds: 1\b/seeds: $seeds/" "$script" |
        timeout 7200 "$nasl" run ${WORKERS:+--workers "$WORKERS"} --store "$kept/$1.sqlite" - >"$kept/$1.new" || status=1
    # Over all sittings.
    [ -e "$kept/$1.seconds" ] && spent=$(cat "$kept/$1.seconds")
    spent=$((spent + $(date +%s) - started))
    echo "$spent" >"$kept/$1.seconds"
    if [ "$status" != 0 ]; then
        echo "$1 is not done; the same command goes on" >&2
        return 1
    fi
    {
        # The comment on top, as far as the command.
        echo "## $(sed -n '2,/^#  /{/^#  /!s/^# //p}' "$script" | tr '\n' ' ' | sed 's/\.* *$//')"
        echo
        echo "\`nasl run $script\` with \`seeds: $seeds\`; $(date -u +%F), $(((spent + 59) / 60)) minutes, $(nproc) cores, shared with other work."
        echo
        echo '```'
        cat "$kept/$1.new"
        echo '```'
    } >"$kept/$1.md"
    rm "$kept/$1.new"
}

recovery() {
    {
        echo "## The Nguyen equations"
        echo
        for method in "neural_guided(batch: 500, generations: 20, guests: 50)" "random()"; do
            Benchmarks/recovery.sh "$nasl" "$method" 100000 5
            echo
        done
    } >"$kept/recovery.md"
}

# Every program of one core unit, once.
ranks() {
    {
        echo "## All activation functions of one core unit"
        echo
        echo "\`nasl run Benchmarks/activation_ranks.nasl\`; $(date -u +%F), $(nproc) cores, shared with other work."
        echo
        echo '```'
        "$nasl" run ${WORKERS:+--workers "$WORKERS"} --store "$kept/ranks.sqlite" Benchmarks/activation_ranks.nasl
        echo '```'
    } >"$kept/ranks.new"
    mv "$kept/ranks.new" "$kept/ranks.md"
}

# Every method on a space of which all programs are trained.
methods() {
    {
        echo "## All search methods on one table"
        echo
        echo "\`nasl run Benchmarks/methods.nasl\`: 300 trials and 100 seeds each, settings as they are without arguments, means with 95 % intervals; $(date -u +%F)."
        echo "The table has every program of an activation space, 3,750, trained on three seeds: [algorithms.md](algorithms.md#two-tables-to-compare-methods-with)."
        echo
        "$nasl" run Benchmarks/methods.nasl
    } >"$kept/methods.new"
    mv "$kept/methods.new" "$kept/methods.md"
}

status=0
[ $# -gt 0 ] || set -- "${rows[@]}" ranks methods recovery
for name in "$@"; do
    case $name in
    ranks | methods | recovery) "$name" || status=1 ;;
    page) ;;
    *) row "$name" || status=1 ;;
    esac
done
{
    cat Benchmarks/results-head.md
    echo
    echo "| study | verdict |"
    echo "|---|---|"
    for name in "${rows[@]}"; do
        # A bar within a program would end the cell.
        [ -e "$kept/$name.md" ] && echo "| $name | $(grep -m1 -E 'found by .* (beats|is worse than|is not told apart from|fails on)' "$kept/$name.md" | sed 's/|/\\|/g') |"
    done
    for name in "${rows[@]}" ranks methods recovery; do
        [ -e "$kept/$name.md" ] && { echo; cat "$kept/$name.md"; }
    done
} >docs/results.md
exit $status
