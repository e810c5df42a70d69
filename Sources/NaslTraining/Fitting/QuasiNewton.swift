/// Minimization by the method of Broyden, Fletcher, Goldfarb and Shanno (Nocedal & Wright, "Numerical Optimization", algorithm 6.1), steps halved until
/// they go down enough (3.1).
package struct QuasiNewton {
    /// Evaluations at most.
    var most = 200
    var tolerance = 1e-12

    package init() {}

    /// From `start` downhill; nil where the function or its gradient is not finite there.
    package func minimum(from start: [Double], _ evaluate: ([Double]) -> (value: Double, gradient: [Double])) -> (point: [Double], value: Double)? {
        func isFinite(_ point: (value: Double, gradient: [Double])) -> Bool { point.value.isFinite && point.gradient.allSatisfy(\.isFinite) }
        var x = start
        var here = evaluate(x)
        guard isFinite(here) else { return nil }
        let n = x.count
        let identity = (0..<n * n).map { $0 / n == $0 % n ? 1.0 : 0 }
        var inverse = identity
        var evaluations = 1
        var isFirst = true
        while evaluations < most {
            var direction = (0..<n).map { row in (0..<n).reduce(0) { $0 - inverse[row * n + $1] * here.gradient[$1] } }
            var slope = zip(direction, here.gradient).reduce(0) { $0 + $1.0 * $1.1 }
            if slope >= 0 {
                inverse = identity
                direction = here.gradient.map(-)
                slope = -here.gradient.reduce(0) { $0 + $1 * $1 }
                isFirst = true
            }
            if slope == 0 || !slope.isFinite { break }
            var length = isFirst ? min(1, 1 / slope.magnitude.squareRoot()) : 1
            var found: (point: [Double], there: (value: Double, gradient: [Double]))?
            while evaluations < most, length > 1e-16 {
                let next = zip(x, direction).map { $0 + length * $1 }
                let there = evaluate(next)
                evaluations += 1
                if isFinite(there), there.value <= here.value + 1e-4 * length * slope {
                    found = (next, there)
                    break
                }
                length /= 2
            }
            guard let (next, there) = found else {
                // The gradient itself is worth one more try.
                if isFirst { break }
                (inverse, isFirst) = (identity, true)
                continue
            }
            let step = zip(next, x).map(-), change = zip(there.gradient, here.gradient).map(-)
            let curvature = zip(step, change).reduce(0) { $0 + $1.0 * $1.1 }
            if curvature > 1e-300 {
                if isFirst { inverse = identity.map { $0 * curvature / change.reduce(0) { $0 + $1 * $1 } } }
                update(&inverse, step, change, curvature)
                isFirst = false
            }
            let gained = here.value - there.value
            (x, here) = (next, there)
            if gained <= tolerance * max(abs(here.value), 1e-12) { break }
        }
        return (x, here.value)
    }

    /// The inverse Hessian after a step (6.17).
    private func update(_ inverse: inout [Double], _ step: [Double], _ change: [Double], _ curvature: Double) {
        let n = step.count
        let product = (0..<n).map { row in (0..<n).reduce(0) { $0 + inverse[row * n + $1] * change[$1] } }
        let scale = (1 + zip(change, product).reduce(0) { $0 + $1.0 * $1.1 } / curvature) / curvature
        for row in 0..<n {
            for column in 0..<n {
                inverse[row * n + column] += scale * step[row] * step[column] - (product[row] * step[column] + step[row] * product[column]) / curvature
            }
        }
    }
}
