#!/usr/bin/env nasl
# Symbolic regression: the sixth of the Nguyen equations, sin(x) + sin(x + x^2), from 20 points, beside polynomials by least squares.
#     nasl run examples/studies/equation.nasl

import "nasl/equations.nasl"

let problem6 = nguyen(6)

task twenty_points(f: Koza) { reward score(f, problem6) }

# Twice as far as the points reach.
task beyond(f: Koza) {
    let x = uniform(-2, 2, count: 100)
    reward 1 / (1 + nrmse(f(x), sin(x) + sin(x + x^2)))
}

let points = -1..1 by 2 / 19
let values = map(points, problem6.target)
fn polynomial(degree) = polyfit(points, values, degree)

let result = study(twenty_points, trials: 6000, seeds: 1, baselines: (degree2: polynomial(2), degree3: polynomial(3),
    degree4: polynomial(4), degree5: polynomial(5), degree6: polynomial(6)), check: beyond, repeats: 20)
print(result)
print("The equation itself:", recovered(result.best, problem6))
plot(result)
