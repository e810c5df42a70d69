# Every search method with its defaults on the first table: 300 trials, 100 seeds each, as a table in Markdown.
#     nasl run Benchmarks/methods.nasl

import "tables/spaces.nasl"
import "tables/activation.nasl"

let earned = map(activation_rewards, mean)
let ranked = sort(filter(earned, r -> r > -inf))

task recorded(f: Unit) { reward earned[index(Unit, f)] }

fn above(reward) = len(filter(ranked, r -> r > reward))
## With the half width of Student's 95 % interval of the mean over 100 seeds.
fn interval(values) = 1.984 * sqrt(sum(map(values, v -> (v - mean(values))^2)) / (len(values) - 1) / len(values))
fn rounded_to(places, value) = round(10^places * value) / 10^places

let seeds = 1..100
let methods = [random(), evolution(), reinforce(), ppo(), risk_seeking(), priority_queue(), neural_guided(), adaptive()]
let found = map(methods, method -> map(seeds, s -> search(recorded, with: method, trials: 300, seed: s).best.reward))

print("|", "method", "|", "rank of the best found", "|", "regret", "|", "regret less than that of `random`", "|")
print("|---|---|---|---|")
for m in 0..len(methods) - 1 {
    let ranks = map(found[m], r -> 1 + above(r))
    let regrets = map(found[m], r -> ranked[-1] - r)
    let gains = map(0..len(seeds) - 1, s -> found[m][s] - found[0][s])
    print("|", methods[m], "|", rounded_to(1, mean(ranks)), "±", rounded_to(1, interval(ranks)), "|",
        rounded_to(4, mean(regrets)), "±",
        rounded_to(4, interval(regrets)), "|", rounded_to(4, mean(gains)), "±", rounded_to(4, interval(gains)), "|")
}
