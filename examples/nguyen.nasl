#!/usr/bin/env nasl
# Symbolic regression: the fifth of the Nguyen benchmarks (Uy et al. 2011), sin(x^2) * cos(x) - 1 on 20 points, without constants.
#     nasl run examples/nguyen.nasl

import "nasl/equations.nasl"

let problem5 = nguyen(5)

task nguyen5(f: Koza) {
    minimize size(f)
    reward score(f, problem5)
}

# Short cycles, a slow policy, and a new one where it has settled: docs/algorithms.md.
let method = neural_guided(batch: 250, generations: 12, guests: 50, elite: 5, patience: 25, crossover: 0.7, lr: 2.5e-3,
    entropy: 0.03)
let run = search(nguyen5, with: method, trials: 200000, goal: 0.999999999, seed: 1)
print(run)
print("The equation itself:", recovered(run.best.program, problem5))

print("")
print("The best equation of each size:")
print(run.front)
