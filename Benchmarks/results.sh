#!/bin/bash
# results.sh NASL [ROW...]: what searches find, written to docs/results.md. A row is a script of examples/studies, `ranks` (every activation
# function of one core unit), `methods` (all search methods on a table), `recovery`, `recovery_risk` and `recovery_const` (equations: by genetic
# steps, by the policy alone, with constants) or `page` (nothing but the page anew); without names all of them. Each row keeps its searches in .build/results,
# goes on there after a break, and leaves its text; the page is made of all texts that there are. SEEDS (10): searches by each method;
# WORKERS: trials at once, as many as there are cores unless it is set.
set -eu
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/.."
shift || true
seeds=${SEEDS:-10}
workers="${WORKERS:-$(nproc)} worker"
[ "${WORKERS:-$(nproc)}" = 1 ] || workers+=s
cores="$(nproc) core"
[ "$(nproc)" = 1 ] || cores+=s
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
        echo "\`nasl run $script\` with \`seeds: $seeds\`; $(date -u +%F), $(((spent + 59) / 60)) minutes, $workers, $cores, shared with other work."
        echo
        echo '```'
        cat "$kept/$1.new"
        echo '```'
    } >"$kept/$1.md"
    rm "$kept/$1.new"
}

# section NAME TITLE COMMAND...: what the command prints, kept only if it ends well.
section() {
    local name=$1 title=$2
    shift 2
    {
        echo "## $title"
        echo
        echo "$(date -u +%F), one thread, $cores, shared with other work."
        echo
        "$@"
    } >"$kept/$name.new" && mv "$kept/$name.new" "$kept/$name.md"
}

# equations METHOD TRIALS SEEDS [FIRST]: the Nguyen equations by a method; the setting of recovery.sh where it has no name.
equations() { PROBLEMS="$nguyen" Benchmarks/recovery.sh "$nasl" "$1" "$2" "$3" nguyen "${4:-1}"; }

# By the setting that was chosen on other seeds of Nguyen-4, 5, 7 and 10; and what `random` finds.
found_and_random() { equations "" 2000000 20 101 && echo && equations "random()" 100000 5; }

recovery() { section recovery "Equations of the Nguyen benchmarks" found_and_random; }

recovery_risk() {
    section recovery_risk "Equations of the Nguyen benchmarks by the policy alone" equations \
        "risk_seeking(quantile: 0.05, batch: 1000, lr: 5e-4, entropy: 0.03, steps: 1, exploration: 0, imitation: 0, standardized: false)" 1000000 20 101
}

# By the setting that was chosen on seeds 1 to 13 of Nguyen-10c, Jin-1 and Jin-3.
recovery_const() {
    section recovery_const "Equations with constants" Benchmarks/recovery.sh "$nasl" \
        "neural_guided(batch: 250, generations: 30, guests: 50, elite: 5, patience: 4, crossover: 0.7, parsimony: 0.5, lr: 2.5e-3, entropy: 0.03)" 2000000 20 const 101
}

# Every program of one core unit, once.
ranks() {
    {
        echo "## All activation functions of one core unit"
        echo
        echo "\`nasl run Benchmarks/activation_ranks.nasl\`; $(date -u +%F), $workers, $cores, shared with other work."
        echo
        echo '```'
        "$nasl" run ${WORKERS:+--workers "$WORKERS"} --store "$kept/ranks.sqlite" Benchmarks/activation_ranks.nasl || return 1
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
        "$nasl" run Benchmarks/methods.nasl || return 1
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
