#!/bin/bash
# run.sh NASL: the program from outside, as a user starts it. Prints what failed and exits 1, or a closing line.
set -u
nasl=$(realpath "${1:-.build/release/nasl}")
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# expect NAME STATUS OUTPUT COMMAND...: the command's exit status and the first line of what it writes (both streams).
expect() {
    local name=$1 status=$2 output=$3 found code
    shift 3
    found=$("$@" 2>&1)
    code=$?
    found=${found%%$'\n'*}
    if [ "$code" = "$status" ] && [ "$found" = "$output" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $name: exit $code, expected $status"
        echo "  found    $found"
        echo "  expected $output"
    fi
}

# same NAME FILE FILE
same() {
    if cmp -s "$2" "$3"; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "FAILED $1"
        diff "$2" "$3" | head -20
    fi
}

cat >"$work/good.nasl" <<'SCRIPT'
#!/usr/bin/env nasl
import "lib.nasl"
print(double(21))
SCRIPT
echo 'fn double(x) = 2 * x' >"$work/lib.nasl"
echo 'print(doubel(21))' >"$work/bad.nasl"
chmod +x "$work/good.nasl"

expect "run FILE" 0 42 "$nasl" run "$work/good.nasl"
expect "FILE" 0 42 "$nasl" "$work/good.nasl"
expect "-e" 0 3 "$nasl" -e '1 + 2'
expect "stdin" 0 9 sh -c "echo '3^2' | '$nasl'"
expect "run -" 0 9 sh -c "echo '3^2' | '$nasl' run -"
mkdir "$work/bin" && ln -s "$nasl" "$work/bin/nasl"
expect "shebang" 0 42 env PATH="$work/bin:$PATH" "$work/good.nasl"
expect "a mistake in a script" 1 'error[N0301]: there is nothing called `doubel`' "$nasl" run "$work/bad.nasl"
expect "a missing script" 1 'error[N0314]: there is no file `'"$work"'/none.nasl`' "$nasl" "$work/none.nasl"
expect "a folder" 1 'error[N0314]: `'"$work"'` is a folder, not a script' "$nasl" "$work"
expect "an unknown option" 2 "Error: Unknown option '--sead'. Did you mean '--seed'?" "$nasl" --sead
expect "two sources" 2 "Error: Give a file or -e TEXT, not both." "$nasl" -e 1 "$work/good.nasl"
expect "random bytes" 1 "$(head -c 300 /dev/zero | tr '\0' '\377' | "$nasl" 2>&1 | head -1)" sh -c "head -c 300 /dev/zero | tr '\0' '\377' | '$nasl'"
expect "deep brackets" 1 "$(python3 -c "print('('*20000)" | "$nasl" 2>&1 | head -1)" sh -c "python3 -c \"print('('*20000)\" | '$nasl'"
expect "deep recursion" 1 'error[N0310]: calls are nested more than 10000 deep' "$nasl" -e 'fn f(n) = f(n + 1)
f(0)'

expect "check, a mistake" 1 'error[N0301]: there is nothing called `doubel`' "$nasl" check "$work/bad.nasl"
expect "check, none" 0 '2 scripts, no mistakes' "$nasl" check "$work/good.nasl" examples/activation.nasl
expect "check, no file" 1 'error[N0314]: there is no file `nowhere.nasl`' "$nasl" check nowhere.nasl
expect "explain" 0 'N0107: draws that may never end' "$nasl" explain N0107
expect "explain, unknown" 1 'there is no message `N9999`; `nasl explain` lists them' "$nasl" explain N9999
expect "tables, a row for each program" 0 '3750 3750 4096 4096' "$nasl" -e 'import "Benchmarks/tables/spaces.nasl"; import "Benchmarks/tables/activation.nasl"; import "Benchmarks/tables/loss.nasl"
print(count(Unit), len(activation_rewards), count(Penalties), len(loss_rewards))'
expect "tables, rows again" 0 'true true' "$nasl" -e 'import "Benchmarks/tables/spaces.nasl"; import "Benchmarks/tables/activation.nasl"; import "Benchmarks/tables/loss.nasl"
print(abs(reads(Unit[2000], seed: 3).reward - activation_rewards[2000][2]) < 0.02, abs(teaches(Penalties[24], seed: 2).reward - loss_rewards[24][1]) < 0.05)'
printf 'let x=1+2 # three' >"$work/odd.nasl"
chmod 744 "$work/odd.nasl"
expect "fmt, stdin" 0 'let x = 1 + 2  # three' sh -c "'$nasl' fmt - <'$work/odd.nasl'"
expect "fmt --check" 1 "$work/odd.nasl is not in the common form" "$nasl" fmt --check "$work/odd.nasl"
expect "fmt" 0 "$work/odd.nasl was changed" "$nasl" fmt "$work/odd.nasl"
expect "fmt, permissions" 0 744 stat -c %a "$work/odd.nasl"
expect "fmt, again" 0 '' "$nasl" fmt "$work/odd.nasl"
expect "fmt, a mistake" 1 'error[N0202]: this `(` is not closed' sh -c "echo '(1' | '$nasl' fmt -"
expect "fmt, no file" 1 'there is no file `nowhere.nasl`' "$nasl" fmt nowhere.nasl

# The same seed gives the same output but for times, with one worker and with two.
small='s/trials: 400/trials: 60/; s/steps: 1500/steps: 100/; s/repeats: 10/repeats: 2/'
sed "$small" examples/activation.nasl >"$work/activation.nasl"
clean() { sed -E 's/[0-9.,]+ (trials|steps)\/s//; s/eta .*//; s/[0-9.]+ s(, |$)/\1/'; }
"$nasl" run --workers 1 "$work/activation.nasl" 2>&1 | clean >"$work/one"
"$nasl" run --workers 2 "$work/activation.nasl" 2>&1 | clean >"$work/two"
"$nasl" run --workers 2 "$work/activation.nasl" 2>&1 | clean >"$work/again"
same "one worker and two" "$work/one" "$work/two"
same "twice" "$work/two" "$work/again"
if grep -q "swish = x -> x \* sigmoid(x)" "$work/one" && grep -q "validation loss" "$work/one"; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "FAILED the example prints no table"
    cat "$work/one"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
