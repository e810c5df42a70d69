#!/usr/bin/env nasl
# Losses as terms of p and y (after Gonzalez & Miikkulainen 2020), where labels are few and a third of them is wrong.
#     nasl run examples/studies/loss.nasl

import "nasl/loss.nasl"

grammar Rate { R = 1e-3 | 3e-3 | 1e-2 }

let cross_entropy_term = (p, y) -> -y * log(p)
let squared = (p, y) -> square(p - y)
let baikal = (p, y) -> -(log(p) - y / p)
grammar Focal(p: Tensor, y: Tensor) -> Tensor {  # Lin et al. 2017
    L     = -y * log(p) * (1 - p)^Gamma
    Gamma = 0.5 | 1 | 2 | 5
}
grammar Smoothed(p: Tensor, y: Tensor) -> Tensor {  # label smoothing, Szegedy et al. 2016; ten classes
    L    = let e = Even in -(y * (1 - e) + e / 10) * log(p)
    Even = 0.05 | 0.1 | 0.2 | 0.4
}

let few = subsample(fashion, 600, wrong_labels: 0.33)
let few_digits = subsample(digits, 400, wrong_labels: 0.33)

# Three nets, each with its own seed: what one earns is mostly luck, so that a search would find the luckiest loss.
fn fits(net, data, loss, lr, seeds) = map(seeds, seed ->
    train(net, data, loss: loss, optimizer: adam(lr: lr), batch: 50, steps: 500, seed: floor(seed)))

task few_and_noisy(loss: Loss, lr: Rate) {
    let nets = fits(mlp([32, 10]), few, loss, lr, uniform(0, 1e6, count: 3))
    reward mean(map(nets, net -> net.validation.accuracy))
}

task test_part(loss: Loss, lr: Rate) {
    let nets = fits(mlp([32, 10]), few, loss, lr, uniform(0, 1e6, count: 3))
    reward mean(map(nets, net -> net.test.accuracy))
}

task noisy_digits(loss: Loss, lr: Rate) {
    let nets = fits(mlp([24, 24, 10]), few_digits, loss, lr, uniform(0, 1e6, count: 3))
    reward mean(map(nets, net -> net.test.accuracy))
}

let result = study(few_and_noisy, trials: 1000, seeds: 1,
    baselines: [cross_entropy_term, squared, baikal, Focal, Smoothed],
    check: [test_part, noisy_digits], repeats: 20)
print(result)
plot(result)

# The second stage: coefficients for what stands in the found loss, as in the paper.
let found = result.best.loss
grammar Coefficients(p: Tensor, y: Tensor) -> Tensor {
    L = found(real(0.5..1.5) * p + log_real(1e-6..0.1), real(0.5..1.5) * y)
}
task with_coefficients(loss: Coefficients, lr: Rate) {
    let nets = fits(mlp([32, 10]), few, loss, lr, uniform(0, 1e6, count: 3))
    reward mean(map(nets, net -> net.validation.accuracy))
}
let second = search(with_coefficients, trials: 150, seed: 1)
print("the best coefficients of 150 trials:", second.best.program, "earns", second.best.reward)
print("without and with the coefficients, on the test part:")
print(compare(test_part, [result.best, second.best.program], repeats: 20))
