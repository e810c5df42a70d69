#!/usr/bin/env nasl
# The user's own [*]: a curve that every pixel goes through before the net sees it.
#     nasl run examples/studies/contrast.nasl

grammar Curve(x: Tensor) -> Tensor {
    E = x @3 | 1 | 0.5 | sqrt(abs(E)) | square(E) | tanh(E) | sin(E) | exp(-E) | E + E | E - E | E * E | max(E, E)
    limit depth <= 4
    require x
}
task sees(curve: Curve) { reward -train(curve >> mlp([32, 10]), fashion, batch: 50, steps: 400).validation.loss }
task test_part(curve: Curve) { reward -train(curve >> mlp([32, 10]), fashion, batch: 50, steps: 400).test.loss }
task digits_too(curve: Curve) { reward -train(curve >> mlp([32, 10]), digits, batch: 50, steps: 400).test.loss }
grammar Gamma(x: Tensor) -> Tensor { E = (abs(x) + 1e-6)^P; P = real(0.3..3) }
let result = study(sees, trials: 600, seeds: 1, baselines: [id, Gamma, x -> 2 * x - 1, sqrt],
    check: [test_part, digits_too], repeats: 20)
print(result)
plot(result)
