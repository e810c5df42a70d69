#!/usr/bin/env nasl
# Searching for activation functions (Ramachandran, Zoph & Le 2017) on a character-level language model of Persuasion.
#     nasl run examples/activation.nasl

grammar Activation(x: Tensor) -> Tensor {
    E = x @4 | -E | abs(E) | square(E) | sin(E) | exp(E) | tanh(E) | sigmoid(E) | relu(E)
      | E + E | E * E | max(E, E) | min(E, E)
    limit depth <= 3
}

task reads_austen(f: Activation) {
    let net = char_mlp(austen, context: 6, hidden: [64], activation: f)
    let fit = train(net, austen, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 64, steps: 1500)
    reward -fit.validation.loss
}

let swish = x -> x * sigmoid(x)
let run = search(reads_austen, with: reinforce(), trials: 400, seed: 1)

print("The best of the search, each trained once:")
print(run.top(5))

print("")
print("The best three beside the known ones, on 10 fresh seeds that are the same for all:")
compare(reads_austen, [relu, tanh, swish, run.top(3)], repeats: 10)
