#!/usr/bin/env nasl
# Several [*] at once: activation, optimizer, schedule, learning rate and batch, beside each of them alone.
#     nasl run examples/studies/recipe.nasl

grammar Recipes {
    R          = (activation: Activation, optimizer: Optimizer, schedule: Schedule, lr: Rate, batch: Batch)
    Activation = relu | tanh | sin | gelu | x -> x * sigmoid(x) | x -> max(x, sin(x))
    Optimizer  = momentum | rmsprop | adam | lion
    Schedule   = t -> 1 | t -> 1 - t | t -> 0.5 * (1 + cos(pi * t)) | t -> exp(-3 * t)
    Rate       = log_real(3e-4..3e-2)
    Batch      = 16 | 32 | 64 | 128
}

# Each alone: all else as one would begin, and the same number of trials for what is left open.
grammar ActivationAlone {
    R = (activation: A, optimizer: adam, schedule: t -> 1, lr: 0.003, batch: 64)
    A = relu | tanh | sin | gelu | x -> x * sigmoid(x) | x -> max(x, sin(x))
}
grammar OptimizerAlone {
    R = (activation: relu, optimizer: O, schedule: t -> 1, lr: log_real(3e-4..3e-2), batch: 64)
    O = momentum | rmsprop | adam | lion
}
grammar ScheduleAlone {
    R = (activation: relu, optimizer: adam, schedule: S, lr: log_real(3e-4..3e-2), batch: 64)
    S = t -> 1 | t -> 1 - t | t -> 0.5 * (1 + cos(pi * t)) | t -> exp(-3 * t)
}
grammar BatchAlone {
    R = (activation: relu, optimizer: adam, schedule: t -> 1, lr: log_real(3e-4..3e-2), batch: B)
    B = 16 | 32 | 64 | 128
}

fn fit(net, data, r, examples) = train(net, data, optimizer: r.optimizer(lr: r.lr), schedule: r.schedule,
    batch: r.batch, examples: examples)

task reads_austen(recipe: Recipes) {
    reward -fit(char_mlp(austen, context: 6, hidden: [48], activation: recipe.activation), austen, recipe,
        40000).validation.loss
}

task test_part(recipe: Recipes) {
    reward -fit(char_mlp(austen, context: 6, hidden: [48], activation: recipe.activation), austen, recipe,
        40000).test.loss
}

task fashion_convnet(recipe: Recipes) {
    let f = recipe.activation
    let net = conv(6, stride: 2) >> f >> conv(12, stride: 2) >> f >> flatten >> dense(10)
    reward -fit(net, fashion, recipe, 12000).validation.loss
}

let result = study(reads_austen, trials: 300, seeds: 1,
    baselines: [ActivationAlone, OptimizerAlone, ScheduleAlone, BatchAlone],
    check: [test_part, fashion_convnet], repeats: 20)
print(result)
plot(result)
