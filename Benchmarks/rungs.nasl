# `hyperband(X)` beside X at equal cost on two tasks, 8 seeds of each search; what it has found is trained again on 5 fresh seeds. Tables in Markdown.
#     nasl run --workers 1 Benchmarks/rungs.nasl

import "nasl/core_unit.nasl"

# Activation functions for the character model of the study: no two of them are alike in how fast they learn.
task reads_austen(f: CoreUnits, steps: 900) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: f)
    reward -train(net, austen, optimizer: adam(lr: 4e-3), batch: 64, steps: steps).validation.loss
}

# Settings of a training, most of them hopeless; losses over powers of ten.
grammar Recipe {
    R         = (optimizer: Optimizer, lr: log_real(1e-6..10), batch: Batch, width: Width)
    Optimizer = sgd | momentum | rmsprop | adam | lion
    Batch     = 8 | 16 | 32 | 64 | 128
    Width     = 8 | 16 | 32 | 64
}
task reads_digits(r: Recipe, steps: 900) {
    let net = mlp([r.width, r.width, 10])
    reward -log(train(net, digits, optimizer: r.optimizer(lr: r.lr), batch: r.batch, steps: steps).validation.loss)
}

let full = 900
let seeds = 1..8

fn share(trial) = if trial.budget == none then 1 else trial.budget / full

## The best trial of the full budget before the trials have cost more than so many full ones.
fn found(run, cost) {
    fn after(state, trial) {
        let spent = state.spent + share(trial)
        let counts = spent <= cost and share(trial) == 1 and trial.reward != none
        let reward = if counts then trial.reward else -inf
        (spent: spent, reward: max(state.reward, reward), best: if reward > state.reward then [trial] else state.best)
    }
    let end = fold(run.trials, (spent: 0, reward: -inf, best: []), after)
    end.best[0]
}

## A training that fails earns `nothing`: what knowing nothing does.
fn earned(on, trial, seed, nothing) {
    let reward = on(trial, seed: seed).reward
    if reward == none then nothing else reward
}
fn fresh(on, run, cost, nothing) {
    let trial = found(run, cost)
    mean(map(1..5, n -> earned(on, trial, 1000000 + n, nothing)))
}

## The half width of Student's 95 % interval of the mean over 8 seeds.
fn interval(values) = 2.365 * sqrt(sum(map(values, v -> (v - mean(values))^2)) / (len(values) - 1) / len(values))
fn rounded_to(places, value) = round(10^places * value) / 10^places
fn mean_of(values) = rounded_to(4, mean(values))
fn reach_of(values) = rounded_to(4, interval(values))

## A row for each method: alone for `cost` trials, and with rungs from 33 (the default) and from 100 steps on.
fn compared(on, cost, nothing) {
    for method in [random(), evolution(), adaptive()] {
        fn finds(with, trials) = map(seeds,
            s -> fresh(on, search(on, with: with, trials: trials, seed: s), cost, nothing))
        let alone = finds(method, cost)
        let all = finds(hyperband(method), round(cost * 14 / 3))
        let fewer = finds(hyperband(method, from: 100), round(cost * 5 / 2))
        let gain = map(0..len(alone) - 1, n -> all[n] - alone[n])
        let gain_fewer = map(0..len(alone) - 1, n -> fewer[n] - alone[n])
        print("|", method, "|", mean_of(alone), "±", reach_of(alone), "|", mean_of(all), "±", reach_of(all), "|",
            mean_of(gain), "±",
            reach_of(gain), "|",
            mean_of(fewer), "±", reach_of(fewer), "|", mean_of(gain_fewer), "±", reach_of(gain_fewer), "|")
    }
}

fn head(name) = print("|", name, "|", "alone", "|", "`hyperband`", "|", "more by", "|", "`from: 100`", "|", "more by",
    "|\n|---|---|---|---|---|---|")
head("activation functions, 120 trainings")
compared(reads_austen, 120, -log(64))
print("")
head("recipes, 40 trainings")
compared(reads_digits, 40, -log(log(10)))
