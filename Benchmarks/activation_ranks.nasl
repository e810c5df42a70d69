# All 6,250 programs of one core unit (Ramachandran, Zoph & Le 2017), each trained once on the same seed: where the papers' finds and the usual
# functions stand among them, whether the form b(x, g(x)) leads, and after how many trials each method has a program of the best 1 %. The task looks at
# the size of a program, so that programs which are the same written differently are all trained, and the table has a place for each.
#     nasl run Benchmarks/activation_ranks.nasl

import "nasl/core_unit.nasl"

task reads_austen(f: CoreUnit) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: f)
    reward -train(net, austen, optimizer: adam(lr: 4e-3), batch: 64, steps: 300).validation.loss + 0 * size(f)
}

let all_units = search(reads_austen, with: exhaustive(batch: 50), trials: 6250, seed: 1, save: "all units")
let good = filter(all_units.trials, t -> t.status == "ok")
let ranked = sort(map(good, t -> t.reward))
fn above(reward) = len(filter(ranked, r -> r > reward))

print(len(good), "of 6250 programs have a reward. The best ten:")
for t in all_units.top(10) { print(round(1e4 * t.reward) / 1e4, t.program) }

print("")
print("name, reward, how many of the programs are better:")
let known = [x -> x * sigmoid(param(1.0) * x), x -> x * sigmoid(x), relu, gelu, tanh, sin, x -> max(x, sigmoid(x)),
    x -> cos(x) - x,
    x -> min(x, sin(x)), x -> square(atan(x)) - x, x -> max(x, tanh(x)), x -> sinc(x) + x]
for f in known {
    let reward_of = reads_austen(f, seed: 1).reward
    print(f, round(1e4 * reward_of) / 1e4, above(reward_of))
}

# By its choices: an operand that is x itself is the first of the unary functions.
fn has_plain_operand(t) = t.program in Plain
grammar Plain(x: Tensor) -> Tensor {
    Unit   = Binary(id(x), Unary(x)) | Binary(Unary(x), id(x))
    Unary  = id | neg | abs | square | cube | sqrt
           | v -> param(1.0) * v | v -> v + param(0.0) | v -> log(abs(v) + 1e-7) | exp
           | sin | cos | sinh | cosh | tanh | asinh | atan | sinc
           | relu | v -> min(v, 0) | sigmoid | softplus | v -> exp(-square(v)) | erf | v -> left(param(1.0), v)
    Binary = add | mul | sub | (a, b) -> a / (b + 1e-7) | max | min | (a, b) -> sigmoid(a) * b
           | (a, b) -> exp(-param(1.0) * square(a - b)) | (a, b) -> exp(-param(1.0) * abs(a - b))
           | (a, b) -> let beta = param(0.5) in beta * a + (1 - beta) * b
}
let best_hundred = all_units.top(100)
print("")
print("of the form b(x, g(x)):", len(filter(best_hundred, has_plain_operand)),
    "of the best 100, 49 of 625 (7.8 %) of all")

# Where every reward is known, a search costs nothing: each method with 20 seeds.
let known_rewards = map(all_units.trials, t -> if t.status == "ok" then t.reward else -inf)
task looked_up(f: CoreUnit) { reward known_rewards[index(CoreUnit, f)] }

let limit_of_best = ranked[len(ranked) - 62]
fn reached(method, seed) {
    let run = search(looked_up, with: method, trials: 1000, seed: seed)
    let good = filter(0..len(run.trials) - 1,
        i -> run.trials[i].status == "ok" and run.trials[i].reward >= limit_of_best)
    if len(good) > 0 then first(good) + 1 else inf
}
print("")
print(
    "trials until the first of the best 1 % (62 programs), at most 1,000; of 20 seeds the 5th, the 10th and the 15th:")
for method in [random(), evolution(), ppo(), risk_seeking(), priority_queue(), neural_guided(), adaptive()] {
    let needed = sort(map(1..20, seed -> reached(method, seed)))
    print(method, needed[4], needed[9], needed[14])
}
