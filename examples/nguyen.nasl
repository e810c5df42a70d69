#!/usr/bin/env nasl
# Symbolic regression: the fifth of the Nguyen benchmarks (Uy et al. 2011), by the reward of Deep Symbolic Regression (Petersen et al., ICLR
# 2021), here with the size of the equation as a second aim.
#     nasl run examples/nguyen.nasl

import "nasl/equation.nasl"

task nguyen5(f: Equation) {
    let x = uniform(-1, 1, count: 20)
    minimize size(f)
    reward 1 / (1 + nrmse(f(x), sin(x^2) * cos(x) - 1))
}

let run = search(nguyen5, with: ppo(), trials: 5000, seed: 1)
print(run)

print("")
print("The best equation of each size:")
print(run.front)
