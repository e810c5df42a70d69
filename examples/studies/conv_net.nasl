#!/usr/bin/env nasl
# Convolutional nets: filter sizes and counts (a quarter of those of Zoph & Le 2017), strides and skip connections by anchor points; plain,
# residual and densely connected nets beside them may have as many weights.
#     nasl run examples/studies/conv_net.nasl

grammar SmallNet(image: Tensor) -> Tensor {
    Net            = let maps = chain([image], int(2..4), earlier -> Layer(earlier)) in classify(concat(unused(maps)))
    Layer(earlier) = conv(Filters, size: [Side, Side], stride: Stride)(concat(subset(earlier))) >> relu >> batch_norm
    Filters        = 6 | 9 | 12 | 16
    Side           = 1 | 3 | 5 | 7
    Stride         = 1 | 2
}

## A net of more than 6,000 weights is worth as much as guessing.
fn within(net, data, accuracy) = if weights(net, data) > 6000 then 0.1 else accuracy(net)
fn fit(net, data, steps) = train(net, data, optimizer: adam(lr: 5e-3), batch: 32, steps: steps)

task fashion_accuracy(net: SmallNet) { reward within(net, fashion, net -> fit(net, fashion, 120).validation.accuracy) }
task test_part(net: SmallNet) { reward within(net, fashion, net -> fit(net, fashion, 120).test.accuracy) }
task trained_longer(net: SmallNet) { reward within(net, fashion, net -> fit(net, fashion, 400).test.accuracy) }
task digits_too(net: SmallNet) { reward within(net, digits, net -> fit(net, digits, 120).test.accuracy) }

# The same without skip connections and branches: each layer over the last maps only.
grammar Straight(image: Tensor) -> Tensor {
    Net            = let maps = chain([image], int(2..4), earlier -> Layer(earlier)) in classify(concat([last(maps)]))
    Layer(earlier) = conv(Filters, size: [Side, Side], stride: Stride)(concat([last(earlier)])) >> relu >> batch_norm
    Filters        = 6 | 9 | 12 | 16
    Side           = 1 | 3 | 5 | 7
    Stride         = 1 | 2
}

# Three layers; widths, sizes and strides are tuned, up to the same number of weights.
grammar Plain(image: Tensor) -> Tensor {
    Net         = classify(Layer(Layer(Layer(image))))
    Layer(maps) = conv(Filters, size: [3, 3], stride: Stride)(maps) >> relu >> batch_norm
    Filters     = 6 | 9 | 12 | 16 | 20
    Stride      = 1 | 2
}
grammar Residual(image: Tensor) -> Tensor {
    Net     = let filters = Filters in
              let a = conv(filters, size: [3, 3], stride: Stride)(image) >> relu >> batch_norm in
              let b = a + (conv(filters, size: [3, 3])(a) >> relu >> batch_norm) in
              let c = b + (conv(filters, size: [3, 3])(b) >> relu >> batch_norm) in classify(c)
    Filters = 6 | 9 | 12 | 16
    Stride  = 1 | 2
}
grammar Dense(image: Tensor) -> Tensor {
    Net     = let filters = Filters in
              let a = conv(filters, size: [3, 3], stride: Stride)(image) >> relu >> batch_norm in
              let b = conv(filters, size: [3, 3])(a) >> relu >> batch_norm in
              let c = conv(filters, size: [3, 3])(concat([a, b])) >> relu >> batch_norm in classify(concat([a, b, c]))
    Filters = 6 | 9 | 12
    Stride  = 1 | 2
}

let result = study(fashion_accuracy, trials: 300, seeds: 1, baselines: [Plain, Residual, Dense],
    check: [test_part, trained_longer, digits_too],
    repeats: 20)
print(result)
plot(result)
print("the found net, of", weights(result.best, fashion), "weights:")
plot(result.best, width: 160)

let ends = map(result.runs, run -> run.best)
let branched = filter(ends, trial -> not (trial.program in Straight))
print(len(branched), "of", len(ends), "searches end with a net that has skip connections or branches")
let rewards = sort(map(branched, trial -> trial.reward))
for trial in filter(branched, trial -> trial.reward == rewards[-1]) {
    print("the best of them:")
    print(plot(trial.program, width: 160))
}
