#!/usr/bin/env nasl
# Batch sizes that change during training: expressions of progress and of the gradient noise scale (McCandlish et al. 2018), at equal examples, and
# then at equal time.
#     nasl run examples/studies/batch_size.nasl

import "nasl/batch_size.nasl"

grammar Rate { R = 1e-3 | 3e-3 | 1e-2 | 3e-2 }

# The human designs: one size, and a size that doubles so often instead of a rate that is halved (Smith et al. 2018). Both are tuned.
grammar Fixed(t: Scalar, noise_scale: Scalar) -> Scalar { Size = 8 | 16 | 32 | 64 | 128 | 256 | 512 }
grammar Doubling(t: Scalar, noise_scale: Scalar) -> Scalar {
    Size  = Start * 2^floor(Times * t)
    Start = 8 | 16 | 32
    Times = 2 | 3 | 4 | 5
}

task reads_austen(batch: BatchSchedule, lr: Rate) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: relu)
    reward -train(net, austen, optimizer: adam(lr: lr), batch: batch, examples: 30000).validation.loss
}

task test_part(batch: BatchSchedule, lr: Rate) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: relu)
    reward -train(net, austen, optimizer: adam(lr: lr), batch: batch, examples: 30000).test.loss
}

## Examples that are passed in the time that a net with steps of 64 examples needs for so many: a step costs as much as 48 more examples
## (measured with this net; a measured time would make every run another one). How many steps they become, a first training tells.
fn in_equal_time(examples, steps, count) = round(examples * (count + 48 * count / 64) / (examples + 48 * steps))

task equal_time(batch: BatchSchedule, lr: Rate) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: relu)
    let first = train(net, austen, optimizer: adam(lr: lr), batch: batch, examples: 30000)
    let count = in_equal_time(30000, first.steps, 30000)
    reward -train(net, austen, optimizer: adam(lr: lr), batch: batch, examples: count).validation.loss
}

task fashion_net(batch: BatchSchedule, lr: Rate) {
    reward -train(mlp([32, 10]), fashion, optimizer: adam(lr: lr), batch: batch, examples: 20000).validation.loss
}

let result = study(reads_austen, trials: 200, seeds: 1, baselines: [Fixed, Doubling],
    check: [test_part, equal_time, fashion_net],
    repeats: 20)
print(result)
plot(result)
