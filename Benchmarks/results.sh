#!/bin/bash
# results.sh NASL [ROW...]: what searches find, written to docs/results.md. A row is a script of examples/studies, `ranks` (every activation
# function of one core unit), `methods` (all search methods on a table), `recovery`, `recovery_risk`, `recovery_const` (the Nguyen equations, by genetic steps, by the policy alone, with constants) or `page` (nothing but the page anew); without names all of them. Each row keeps its searches in .build/results,
# goes on there after a break, and leaves its text; the page is made of all texts that there are. SEEDS (10): searches by each method;
# WORKERS: trials at once, as many as there are cores unless it is set.
set -eu
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/.."
shift || true
seeds=${SEEDS:-10}
guided="neural_guided(batch: 250, generations: 12, guests: 50, elite: 5, patience: 25, crossover: 0.7, lr: 2.5e-3, entropy: 0.03)"
# The paper's twelve, with 12* in the place of 12.
nguyen="nguyen:1 nguyen:2 nguyen:3 nguyen:4 nguyen:5 nguyen:6 nguyen:7 nguyen:8 nguyen:9 nguyen:10 nguyen:11 nguyen:13"
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

# tables NAME TITLE: a section of what is read.
tables() {
    local name=$1 title=$2 sitting
    sitting=$(cat)
    {
        echo "## $title"
        echo
        echo "$(date -u +%F), one thread, $(nproc) cores, shared with other work."
        echo
        echo "$sitting"
    } >"$kept/$name.md"
}

# Of the Nguyen equations, by the setting that was chosen on other seeds of Nguyen-4, 5, 7 and 10; and what `random` finds.
recovery() {
    {
        PROBLEMS="$nguyen" Benchmarks/recovery.sh "$nasl" "$guided" 2000000 20 nguyen 101
        echo
        PROBLEMS="$nguyen" Benchmarks/recovery.sh "$nasl" "random()" 100000 5
    } | tables recovery "Equations of the Nguyen benchmarks"
}

recovery_risk() {
    PROBLEMS="$nguyen" Benchmarks/recovery.sh "$nasl" "risk_seeking(quantile: 0.05, batch: 1000, lr: 5e-4, entropy: 0.03, steps: 1, exploration: 0, imitation: 0)" 2000000 20 nguyen 101 |
        tables recovery_risk "Equations of the Nguyen benchmarks by the policy alone"
}

recovery_const() { Benchmarks/recovery.sh "$nasl" "$guided" 200000 20 const 101 | tables recovery_const "Equations with constants"; }

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
[ $# -gt 0 ] || set -- "${rows[@]}" ranks methods recovery recovery_risk recovery_const
for name in "$@"; do
    case $name in
    ranks | methods | recovery | recovery_risk | recovery_const) "$name" || status=1 ;;
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
    echo
    echo "The best reward of a search, by how much it is more than that of \`random()\` with the same seed and as many trials, mean and 95 % interval:"
    echo
    echo "| study | trials | searches | \`adaptive()\` | \`evolution()\` |"
    echo "|---|---|---|---|---|"
    for name in "${rows[@]}"; do
        [ -e "$kept/$name.md" ] && awk -v name="$name" '
            /^the best reward of a search/ { here = 1 }
            here && NF == 0 { print "| " name " | " trials " | " searches " | " found["adaptive()"] " | " found["evolution()"] " |"; exit }
            here && NF == 8 && $8 ~ /\(\)$/ { found[$8] = $3 " " $4 ", p " ($5 ~ /^</ ? "< " substr($5, 2) : "= " $5); trials = $6; searches = $7 }
        ' "$kept/$name.md"
    done
    for name in "${rows[@]}" ranks methods recovery recovery_risk recovery_const; do
        [ -e "$kept/$name.md" ] && { echo; cat "$kept/$name.md"; }
    done
} >docs/results.md
exit $status
