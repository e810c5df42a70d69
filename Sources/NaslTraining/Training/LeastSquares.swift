/// Linear least squares by an orthogonal basis of the columns (modified Gram-Schmidt, twice over: Björck 1967; Giraud et al. 2005), which
/// keeps twice the digits that normal equations keep.
package enum LeastSquares {
    /// The coefficients that make `rows` times them nearest to `targets`; nil where the columns depend on one another.
    package static func solve(_ rows: [[Double]], _ targets: [Double]) -> [Double]? {
        guard let width = rows.first?.count, width > 0, rows.count >= width else { return nil }
        var basis: [[Double]] = []
        // Of each column: its parts along the basis.
        var parts: [[Double]] = []
        for column in 0..<width {
            var rest = rows.map { $0[column] }
            let whole = length(rest)
            var along = [Double](repeating: 0, count: width)
            for _ in 0..<2 {
                for (place, direction) in basis.enumerated() {
                    let share = dot(rest, direction)
                    along[place] += share
                    rest = zip(rest, direction).map { $0 - share * $1 }
                }
            }
            let left = length(rest)
            guard left > 1e-13 * whole, left.isFinite else { return nil }
            along[column] = left
            parts.append(along)
            basis.append(rest.map { $0 / left })
        }
        var coefficients = basis.map { dot($0, targets) }
        for place in (0..<width).reversed() {
            for later in place + 1..<width { coefficients[place] -= parts[later][place] * coefficients[later] }
            coefficients[place] /= parts[place][place]
        }
        return coefficients
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    private static func length(_ a: [Double]) -> Double { dot(a, a).squareRoot() }
}
