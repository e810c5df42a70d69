#!/usr/bin/env nasl
# Convolutional nets: filter sizes and counts (a quarter of those of Zoph & Le 2017), strides and skip connections by anchor points.
#     nasl run examples/studies/conv_net.nasl

grammar SmallNet(image: Tensor) -> Tensor {
    Net            = let maps = chain([image], int(2..4), earlier -> Layer(earlier)) in classify(concat(unused(maps)))
    Layer(earlier) = conv(Filters, size: [Side, Side], stride: Stride)(concat(subset(earlier))) >> relu >> batch_norm
    Filters        = 6 | 9 | 12 | 16
    Side           = 1 | 3 | 5 | 7
    Stride         = 1 | 2
}

fn fit(net, data, steps) = train(net, data, optimizer: adam(lr: 5e-3), batch: 32, steps: steps)

task fashion_accuracy(net: SmallNet) { reward fit(net, fashion, 60).validation.accuracy }
task test_part(net: SmallNet) { reward fit(net, fashion, 60).test.accuracy }
task trained_longer(net: SmallNet) { reward fit(net, fashion, 400).test.accuracy }
task digits_too(net: SmallNet) { reward fit(net, digits, 60).test.accuracy }

# Plain and residual nets; widths and strides are tuned.
grammar Plain(image: Tensor) -> Tensor {
    Net         = classify(Layer(Layer(Layer(image))))
    Layer(maps) = conv(Filters, size: [3, 3], stride: Stride)(maps) >> relu >> batch_norm
    Filters     = 6 | 9 | 12 | 16
    Stride      = 1 | 2
}
grammar Residual(image: Tensor) -> Tensor {
    Net     = let a = conv(Filters, size: [3, 3], stride: 2)(image) >> relu >> batch_norm in
              let b = conv(12, size: [3, 3])(a) >> relu >> batch_norm in
              let c = conv(12, size: [3, 3])(concat([a, b])) >> relu >> batch_norm in classify(concat([a, b, c]))
    Filters = 6 | 9 | 12 | 16
}

let result = study(fashion_accuracy, trials: 100, seeds: 1, baselines: [Plain, Residual],
    check: [test_part, trained_longer, digits_too],
    repeats: 20)
print(result)
plot(result)
