#!/bin/bash
# studies.sh NASL: each script of examples/studies with fewer and shorter trials: it ends in its tables and a verdict, and twice in the same
# ones, with one worker and with two. Prints what failed and exits 1, or a closing line.
set -u
nasl=$(realpath "${1:-.build/release/nasl}")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# check NAME CONDITION...
check() {
    local name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "FAILED $name"
        tail -5 "$work/errors"
    fi
}

for script in examples/studies/*.nasl; do
    name=$(basename "$script" .nasl)
    # Found programs differ from those of the whole study; what is held here is that everything fits together.
    sed -E 's/trials: [0-9]+/trials: 6/; s/repeats: 20/repeats: 2/; s/steps: [0-9]+/steps: 12/g; s/examples: [0-9]+/examples: 1024/g; s/, (30|60|120|150|250|300|400|600|12000|40000)\)/, 20)/g' \
        "$script" >"$work/$name.nasl"
    "$nasl" run --workers 1 "$work/$name.nasl" >"$work/one" 2>"$work/errors"
    check "$name runs" [ $? = 0 ]
    check "$name, three tables or more" [ "$(grep -c 'difference from' "$work/one")" -ge 3 ]
    check "$name, a verdict" grep -qE 'found by .* (beats|is worse than|is not told apart from|fails on)' "$work/one"
    check "$name, a plot" grep -q 'best reward so far' "$work/one"
    "$nasl" run --workers 2 "$work/$name.nasl" >"$work/two" 2>"$work/errors"
    check "$name, two workers" cmp -s "$work/one" "$work/two"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
