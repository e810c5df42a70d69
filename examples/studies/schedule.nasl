#!/usr/bin/env nasl
# Learning-rate schedules: expressions of progress, on a character model of Persuasion.
#     nasl run examples/studies/schedule.nasl

import "nasl/schedule.nasl"

grammar Rate { R = 3e-3 | 1e-2 | 3e-2 }

# A step: the place and the drop are tuned.
grammar Step(t: Scalar) -> Scalar {
    F    = 1 - Drop * greater(t, At)
    Drop = 0.5 | 0.8 | 0.9 | 0.95
    At   = 0.5 | 0.6 | 0.7 | 0.8 | 0.9
}
let constant = t -> 1
let linear = t -> 1 - t
let cosine = t -> 0.5 * (1 + cos(pi * t))
# Bello et al. 2017, without its noise and with it, whose variance is (1 + step)^-0.55; 600 steps.
let linear_cosine = t -> (1 - t) * 0.5 * (1 + cos(pi * t)) + 0.001
let noisy_linear_cosine = t -> (1 - t + noise(1) / (1 + 600 * t)^0.275) * 0.5 * (1 + cos(pi * t)) + 0.001

task reads_austen(schedule: Schedule, lr: Rate) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: relu)
    reward -train(net, austen, optimizer: adam(lr: lr), batch: 64, steps: 600, schedule: schedule).validation.loss
}

task test_part(schedule: Schedule, lr: Rate) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: relu)
    reward -train(net, austen, optimizer: adam(lr: lr), batch: 64, steps: 600, schedule: schedule).test.loss
}

task fashion_convnet(schedule: Schedule, lr: Rate) {
    let net = conv(6, stride: 2) >> relu >> conv(12, stride: 2) >> relu >> flatten >> dense(10)
    reward -train(net, fashion, optimizer: adam(lr: lr), batch: 50, steps: 300, schedule: schedule).validation.loss
}

let result = study(reads_austen, trials: 1000, seeds: 1,
    baselines: [constant, linear, Step, cosine, linear_cosine, noisy_linear_cosine],
    check: [test_part, fashion_convnet], repeats: 20)
print(result)
plot(result)
