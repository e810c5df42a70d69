#!/usr/bin/env nasl
# Update rules in the space of Neural Optimizer Search (Bello et al. 2017): each rule gets a sweep over learning rates, and only one that
# has learnt something there is trained in full.
#     nasl run examples/studies/optimizer.nasl

import "nasl/update_rule.nasl"

fn child() = conv(4, stride: 2) >> relu >> conv(8, stride: 2) >> relu >> flatten >> dense(10)
fn fit(net, data, rule, lr, steps) = train(net, data, optimizer: optimizer(rule, lr), batch: 50, steps: steps)

## The rate of the lowest validation loss after 30 steps, and that loss; one that is no number is worst.
fn swept(net, data, rule) {
    let rates = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]
    let losses = map(rates, lr -> fit(net, data, rule, lr, 30).validation.loss)
    let best = argmin(0..len(rates) - 1, i -> losses[i])
    (lr: rates[best], loss: losses[best])
}

## Guessing has a loss of log(10) = 2.303: a rule that is no better at any rate is stopped after the sweep.
fn validation_loss(net, data, rule, guessing) {
    let sweep = swept(net, data, rule)
    if sweep.loss < guessing - 0.01 then fit(net, data, rule, sweep.lr, 250).validation.loss else min(sweep.loss, 5)
}

task small_convnet(rule: NeuralOptimizer) { reward -validation_loss(child(), fashion, rule, log(10)) }

task test_part(rule: NeuralOptimizer) {
    reward -fit(child(), fashion, rule, swept(child(), fashion, rule).lr, 250).test.loss
}

# Of 75 characters.
task character_model(rule: NeuralOptimizer) {
    let net = char_mlp(austen, context: 6, hidden: [48])
    reward -validation_loss(net, austen, rule, log(75))
}

# As terms of the weight w, its gradient g, the averages m of g, v of g^2 and q of g^3, and progress t; decayed forms after Bello et al.
# Lion with the one average of g that rules have.
let sgd_rule = (w, g, m, v, q, t) -> g
let momentum_rule = (w, g, m, v, q, t) -> m
let rmsprop_rule = (w, g, m, v, q, t) -> g / (sqrt(v) + 1e-8)
let adam_rule = (w, g, m, v, q, t) -> m / (sqrt(v) + 1e-8)
let adamw_rule = (w, g, m, v, q, t) -> m / (sqrt(v) + 1e-8) + 0.01 * w
let lion_rule = (w, g, m, v, q, t) -> sign(m + 0.1 * g)
let powersign_rule = (w, g, m, v, q, t) -> exp(sign(g) * sign(m)) * g
let powersign_ld = (w, g, m, v, q, t) -> exp((1 - t) * sign(g) * sign(m)) * g
let addsign_rule = (w, g, m, v, q, t) -> (1 + sign(g) * sign(m)) * g
let addsign_ld = (w, g, m, v, q, t) -> (1 + (1 - t) * sign(g) * sign(m)) * g

let result = study(small_convnet, trials: 300, seeds: 1, baselines: [sgd_rule, momentum_rule, rmsprop_rule, adam_rule,
    adamw_rule, lion_rule, powersign_rule, powersign_ld, addsign_rule, addsign_ld],
    check: [test_part, character_model], repeats: 20)
print(result)
plot(result)
