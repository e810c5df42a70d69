# What the heads of numbers are worth: the best of 300 trials with them and without, mean regret over 20 seeds.
#     nasl run Benchmarks/numbers.nasl

grammar One { N = real(0..1) }
grammar Rate { N = log_real(1e-5..1e-1) }
grammar Three { N = [real(0..1), log_real(1e-5..1e-1), real(-2..3)] }
grammar Whole { N = [int(1..100), int(1..100), int(1..100)] }

task one(n: One) { reward -abs(n - 0.7321) }
task rate(n: Rate) { reward -abs(log(n) - log(3e-4)) }
task three(n: Three) { reward -abs(n[0] - 0.7321) - abs(log(n[1]) - log(3e-4)) / log(1e4) - abs(n[2] - 0.5) / 5 }
task whole(n: Whole) { reward -abs(n[0] - 73) / 100 - abs(n[1] - 21) / 100 - abs(n[2] - 50) / 100 }

let seeds = 1..20
## With the half width of Student's 95 % interval of the mean over 20 seeds.
fn interval(values) = 2.093 * sqrt(sum(map(values, v -> (v - mean(values))^2)) / (len(values) - 1) / len(values))
fn rounded(value) = round(1e4 * value) / 1e4

let pairs = [[ppo(), ppo(number_heads: false)], [risk_seeking(), risk_seeking(number_heads: false)],
    [priority_queue(), priority_queue(number_heads: false)], [reinforce(), reinforce(number_heads: false)],
    [evolution(), random()]]

print("|", "task", "|", "first", "|", "second", "|", "regret of the first", "|", "of the second", "|", "less by", "|")
print("|---|---|---|---|---|---|")
for row in [["one", one], ["rate", rate], ["three", three], ["whole", whole]] {
    for pair in pairs {
        let found = map(pair,
            method -> map(seeds, s -> -search(row[1], with: method, trials: 300, seed: s).best.reward))
        let gains = map(0..len(seeds) - 1, s -> found[1][s] - found[0][s])
        print("|", row[0], "|", pair[0], "|", pair[1], "|", rounded(mean(found[0])), "|", rounded(mean(found[1])), "|",
            rounded(mean(gains)), "±", rounded(interval(gains)), "|")
    }
}
