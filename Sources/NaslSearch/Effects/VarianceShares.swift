/// The functional analysis of variance of a model's predictions over reference rows (Hooker, "Generalized functional ANOVA diagnostics",
/// JCGS 16, 2007; Hutter, Hoos & Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML 2014).
///
/// A factor's effect is how the expectation changes with its level among the rows in which it is present, so that it is not charged for
/// being there at all, which its parent decides. The effect of a pair is what an additive fit of the two leaves of the expectation by both
/// levels, among the rows in which both are present.
struct VarianceShares {
    /// By factor and level, the effect; 0 where the level does not occur.
    private(set) var effects: [[Double]] = []
    /// Variances of the effects over all rows.
    private(set) var mains: [Double] = []
    private(set) var pairs: [Double] = []
    /// Of the predictions.
    private(set) var variance = 0.0

    init(_ table: FactorTable, pairs chosen: [(Int, Int)], rows: [Int32], predictions: [Double]) {
        let count = Double(max(1, rows.count))
        let mean = predictions.reduce(0, +) / count
        let centered = predictions.map { $0 - mean }
        variance = centered.reduce(0) { $0 + $1 * $1 } / count
        for factor in table.factors.indices {
            let cells = Cells(rows, centered, count: table.factors[factor].levels.count) { Int(table.columns[factor][Int($0)]) }
            let levels = cells.means.map { $0.map { $0 - cells.mean } ?? 0 }
            effects.append(levels)
            let squares = zip(levels, cells.counts).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
            mains.append(max(0, squares - (cells.occupied - 1) * cells.within) / count)
        }
        for (first, second) in chosen {
            let width = table.factors[second].levels.count
            let cells = Cells(rows, centered, count: table.factors[first].levels.count * width) { row in
                let (a, b) = (table.columns[first][Int(row)], table.columns[second][Int(row)])
                return a < 0 || b < 0 ? -1 : Int(a) * width + Int(b)
            }
            pairs.append(cells.interaction(width: width) / count)
        }
    }

    /// Values by cell.
    private struct Cells {
        var counts: [Double]
        /// nil where nothing fell.
        var means: [Double?]
        var mean = 0.0
        /// The variance of one value inside its cell.
        var within = 0.0
        var occupied = 0.0

        init(_ rows: [Int32], _ values: [Double], count: Int, _ cell: (Int32) -> Int) {
            counts = [Double](repeating: 0, count: count)
            var sums = [Double](repeating: 0, count: count)
            var (total, squares) = (0.0, 0.0)
            for (slot, row) in rows.enumerated() {
                let cell = cell(row)
                if cell < 0 { continue }
                counts[cell] += 1
                sums[cell] += values[slot]
                total += values[slot]
                squares += values[slot] * values[slot]
            }
            means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
            let all = counts.reduce(0, +)
            mean = all > 0 ? total / all : 0
            occupied = Double(counts.count { $0 > 0 })
            let between = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 }
            within = all > occupied ? max(0, squares - between) / (all - occupied) : 0
        }

        /// The sum of squares that the cell means have beyond those of their rows and columns.
        func interaction(width: Int) -> Double {
            let height = counts.count / max(1, width)
            var (a, b) = ([Double](repeating: 0, count: height), [Double](repeating: 0, count: width))
            var (aCount, bCount) = (a, b)
            for cell in counts.indices {
                aCount[cell / width] += counts[cell]
                bCount[cell % width] += counts[cell]
            }
            for _ in 0..<20 {
                var sums = [Double](repeating: 0, count: height)
                for (cell, mean) in means.enumerated() { if let mean { sums[cell / width] += counts[cell] * (mean - b[cell % width]) } }
                for row in 0..<height where aCount[row] > 0 { a[row] = sums[row] / aCount[row] }
                sums = [Double](repeating: 0, count: width)
                for (cell, mean) in means.enumerated() { if let mean { sums[cell % width] += counts[cell] * (mean - a[cell / width]) } }
                for column in 0..<width where bCount[column] > 0 { b[column] = sums[column] / bCount[column] }
            }
            var squares = 0.0
            for (cell, mean) in means.enumerated() {
                guard let mean else { continue }
                let rest = mean - a[cell / width] - b[cell % width]
                squares += counts[cell] * rest * rest
            }
            let freedom = occupied - Double(aCount.count { $0 > 0 }) - Double(bCount.count { $0 > 0 }) + 1
            return max(0, squares - max(0, freedom) * within)
        }
    }
}
