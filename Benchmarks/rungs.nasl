# `hyperband(X)` beside X at equal cost: activation functions for the character model of the study, as much as 120 trainings of 900 steps, 8 seeds of each
# search; what it has found is trained again on 5 fresh seeds. A table in Markdown.
#     nasl run --workers 1 Benchmarks/rungs.nasl

import "nasl/core_unit.nasl"

let full = 900
let cost = 120
let seeds = 1..8

task reads_austen(f: CoreUnits, steps: 900) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: f)
    reward -train(net, austen, optimizer: adam(lr: 4e-3), batch: 64, steps: steps).validation.loss
}

fn share(trial) = if trial.budget == none then 1 else trial.budget / full

## The best trial of the full budget before the trials have cost more than so many full ones.
fn found(run) {
    fn after(state, trial) {
        let spent = state.spent + share(trial)
        let counts = spent <= cost and share(trial) == 1 and trial.reward != none
        let reward = if counts then trial.reward else -inf
        (spent: spent, reward: max(state.reward, reward), best: if reward > state.reward then [trial] else state.best)
    }
    let end = fold(run.trials, (spent: 0, reward: -inf, best: []), after)
    end.best[0]
}

## A training that fails earns what knowing nothing of 64 characters does.
fn earned(trial, seed) {
    let reward = reads_austen(trial, seed: seed).reward
    if reward == none then -log(64) else reward
}
fn fresh(run) {
    let trial = found(run)
    mean(map(1..5, n -> earned(trial, 1000000 + n)))
}

## The half width of Student's 95 % interval of the mean over 8 seeds.
fn interval(values) = 2.365 * sqrt(sum(map(values, v -> (v - mean(values))^2)) / (len(values) - 1) / len(values))
fn rounded_to(places, value) = round(10^places * value) / 10^places
fn shown(values) = [rounded_to(4, mean(values)), rounded_to(4, interval(values))]

print("|", "method", "|", "alone", "|", "`hyperband`", "|", "more by", "|", "`from: 100`", "|", "more by", "|")
print("|---|---|---|---|---|---|")
for method in [random(), evolution(), adaptive()] {
    let alone = map(seeds, s -> fresh(search(reads_austen, with: method, trials: cost, seed: s)))
    let rungs = map(seeds, s -> fresh(search(reads_austen, with: hyperband(method), trials: 560, seed: s)))
    let fewer = map(seeds, s -> fresh(search(reads_austen, with: hyperband(method, from: 100), trials: 300, seed: s)))
    let gain = map(0..len(alone) - 1, n -> rungs[n] - alone[n])
    let gain_fewer = map(0..len(alone) - 1, n -> fewer[n] - alone[n])
    print("|", method, "|", shown(alone)[0], "±", shown(alone)[1], "|", shown(rungs)[0], "±", shown(rungs)[1], "|",
        shown(gain)[0], "±", shown(gain)[1], "|",
        shown(fewer)[0], "±", shown(fewer)[1], "|", shown(gain_fewer)[0], "±", shown(gain_fewer)[1], "|")
}
