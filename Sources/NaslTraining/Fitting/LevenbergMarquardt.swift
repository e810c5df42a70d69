/// Where a least-squares problem stands: the sum of the squared residuals, and with their matrix of derivatives J the products J'r and J'J.
package struct LeastSquaresPoint {
    package var sum = 0.0
    package var gradient: [Double]
    package var normal: [Double]

    init(width: Int) {
        gradient = [Double](repeating: 0, count: width)
        normal = [Double](repeating: 0, count: width * width)
    }

    var isFinite: Bool { sum.isFinite && gradient.allSatisfy(\.isFinite) && normal.allSatisfy(\.isFinite) }
}

/// Least squares by Levenberg's and Marquardt's method (Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", 1963), the
/// damping changed as in Madsen, Nielsen & Tingleff, "Methods for non-linear least squares problems", 2004, algorithm 3.16.
struct LevenbergMarquardt {
    /// Evaluations at most.
    var most = 60
    /// It ends where two steps in a row take away less than this share of the sum: where a formula can fit, steps take nearly all of it.
    var tolerance = 1e-3

    /// From `start` downhill; nil where the residuals are not finite there.
    func minimum(from start: [Double], _ evaluate: ([Double]) -> LeastSquaresPoint) -> (point: [Double], sum: Double, evaluations: Int)? {
        var x = start
        var here = evaluate(x)
        var evaluations = 1
        guard here.isFinite else { return nil }
        let width = x.count
        var (damping, growth) = (1e-3, 2.0)
        var wasSlow = false
        while evaluations < most, here.sum > 0 {
            var system = here.normal
            let largest = (0..<width).map { here.normal[$0 * width + $0] }.max() ?? 0
            for row in 0..<width { system[row * width + row] += damping * max(here.normal[row * width + row], 1e-12 * largest) + .leastNormalMagnitude }
            guard let step = solvePositiveDefinite(system, here.gradient.map(-)) else {
                damping *= growth
                growth *= 2
                if damping > 1e12 { break }
                continue
            }
            let next = zip(x, step).map(+)
            // Below this, a step changes nothing but rounding.
            if zip(step, x).allSatisfy({ abs($0) <= 1e-15 * (abs($1) + 1e-15) }) { break }
            let there = evaluate(next)
            evaluations += 1
            if there.isFinite, there.sum < here.sum {
                let expected = zip(step, here.gradient).reduce(0) { $0 - $1.0 * $1.1 }
                let ratio = expected > 0 ? (here.sum - there.sum) / expected : 1
                let gained = (here.sum - there.sum) / here.sum
                (x, here) = (next, there)
                damping *= max(1.0 / 3, 1 - (2 * ratio - 1) * (2 * ratio - 1) * (2 * ratio - 1))
                growth = 2
                if gained < tolerance, wasSlow { break }
                wasSlow = gained < tolerance
            } else {
                damping *= growth
                growth *= 2
                if damping > 1e12 { break }
            }
        }
        return (x, here.sum, evaluations)
    }
}
