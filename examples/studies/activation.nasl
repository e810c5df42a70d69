#!/usr/bin/env nasl
# Activation functions of one or two core units (Ramachandran, Zoph & Le 2017) for a character model of Persuasion.
#     nasl run examples/studies/activation.nasl

import "nasl/core_unit.nasl"

grammar Rate { R = 2e-3 | 4e-3 | 8e-3 }

# The human designs: each with the learning rate that suits it, two with a number of their own.
grammar Leaky(x: Tensor) -> Tensor {
    F     = max(Slope * x, x)
    Slope = real(0..0.5)
}
let learnt_swish = x -> x * sigmoid(param(1.0) * x)

task reads_austen(f: CoreUnits, lr: Rate) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: f)
    reward -train(net, austen, optimizer: adam(lr: lr), batch: 64, steps: 800).validation.loss
}

task test_part(f: CoreUnits, lr: Rate) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: f)
    reward -train(net, austen, optimizer: adam(lr: lr), batch: 64, steps: 800).test.loss
}

# Other nets on other data, with a learning rate of their own for all.
task fashion_convnet(f: CoreUnits, lr: Rate) {
    let net = conv(6, stride: 2) >> f >> conv(12, stride: 2) >> f >> flatten >> dense(10)
    reward -train(net, fashion, optimizer: adam(lr: 4e-3), batch: 50, steps: 300).validation.loss
}

task deep_and_narrow(f: CoreUnits, lr: Rate) {
    let net = mlp([16, 16, 16, 16, 16, 16, 10], activation: f)
    reward -train(net, digits, optimizer: adam(lr: 4e-3), batch: 50, steps: 400).validation.loss
}

let result = study(reads_austen, trials: 300, seeds: 1, baselines: [relu, Leaky, tanh, gelu, learnt_swish],
    check: [test_part, fashion_convnet, deep_and_narrow], repeats: 20)
print(result)
plot(result)
