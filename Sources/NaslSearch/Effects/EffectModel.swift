/// Rewards as a mean and a sum of tables, one number for each level of a factor or each pair of levels of two:
///
///     reward = mean + sum over terms of table[cell of the row] + noise
///
/// Every table has a normal prior around zero whose variance is learned from the data by maximising the evidence (MacKay, "Bayesian
/// interpolation", Neural Computation 4, 1992), so that a table that explains nothing becomes zero. The posterior mean is found by
/// going through the tables in turn (backfitting; Hastie & Tibshirani, Generalized Additive Models, 1990).
struct EffectModel {
    /// By term, the cell of each row; -1 where a factor is absent.
    struct Term {
        let cells: [Int32]
        let count: Int
    }

    private(set) var mean = 0.0
    private(set) var tables: [[Double]] = []
    /// What each table's counts are raised by: the variance of the noise over that of the table.
    private(set) var penalties: [Double]
    private(set) var noise = 0.0

    /// A table with it is as good as zero.
    private static let largestPenalty = 1e9

    /// Fits the tables and their variances.
    init(_ terms: [Term], rows: [Int32], _ values: [Double], sweeps: Int = 25) {
        let variance = EffectModel.variance(rows, values)
        noise = variance / 2
        penalties = terms.map { _ in Double(terms.count) }
        fit(terms, rows, values, sweeps: sweeps, learningPenalties: true, least: variance * 1e-10)
    }

    /// Fits the tables with penalties that are known.
    init(_ terms: [Term], rows: [Int32], _ values: [Double], penalties: [Double], sweeps: Int = 12) {
        self.penalties = penalties
        fit(terms, rows, values, sweeps: sweeps, learningPenalties: false, least: 0)
    }

    private static func variance(_ rows: [Int32], _ values: [Double]) -> Double {
        let mean = rows.reduce(0) { $0 + values[Int($1)] } / Double(max(1, rows.count))
        return rows.reduce(0) { $0 + (values[Int($1)] - mean) * (values[Int($1)] - mean) } / Double(max(1, rows.count))
    }

    private mutating func fit(_ terms: [Term], _ rows: [Int32], _ values: [Double], sweeps: Int, learningPenalties: Bool, least: Double) {
        tables = terms.map { [Double](repeating: 0, count: $0.count) }
        guard !rows.isEmpty else { return }
        let counts = terms.map { term in
            var counts = [Double](repeating: 0, count: term.count)
            for row in rows where term.cells[Int(row)] >= 0 { counts[Int(term.cells[Int(row)])] += 1 }
            return counts
        }
        // What is left to explain, by row.
        var rest = values
        for sweep in 0..<sweeps {
            let shift = rows.reduce(0) { $0 + rest[Int($1)] } / Double(rows.count)
            mean += shift
            for row in rows { rest[Int(row)] -= shift }
            for term in terms.indices {
                EffectModel.update(&tables[term], terms[term].cells, counts[term], penalties[term], rows, &rest)
            }
            if learningPenalties, sweep > 0 { learnPenalties(counts, rows, rest, least) }
        }
    }

    /// One table, the others held still.
    private static func update(_ table: inout [Double], _ cells: [Int32], _ counts: [Double], _ penalty: Double, _ rows: [Int32], _ rest: inout [Double]) {
        var sums = [Double](repeating: 0, count: table.count)
        cells.withUnsafeBufferPointer { cells in
            rest.withUnsafeMutableBufferPointer { rest in
                sums.withUnsafeMutableBufferPointer { sums in
                    for row in rows {
                        let cell = Int(cells[Int(row)])
                        if cell >= 0 { sums[cell] += rest[Int(row)] }
                    }
                    for cell in sums.indices {
                        let new = counts[cell] == 0 ? 0 : (sums[cell] + counts[cell] * table[cell]) / (counts[cell] + penalty)
                        sums[cell] = new - table[cell]
                        table[cell] = new
                    }
                    for row in rows {
                        let cell = Int(cells[Int(row)])
                        if cell >= 0 { rest[Int(row)] -= sums[cell] }
                    }
                }
            }
        }
    }

    /// MacKay's fixed point: a table's variance is its sum of squares over how many of its numbers the data determine.
    private mutating func learnPenalties(_ counts: [[Double]], _ rows: [Int32], _ rest: [Double], _ least: Double) {
        var determined = 0.0
        var variances: [Double] = []
        for term in tables.indices {
            let penalty = penalties[term]
            let own = counts[term].reduce(0) { $0 + $1 / ($1 + penalty) }
            determined += own
            variances.append(own > 1e-12 ? tables[term].reduce(0) { $0 + $1 * $1 } / own : 0)
        }
        let squares = rows.reduce(0) { $0 + rest[Int($1)] * rest[Int($1)] }
        noise = max(least, squares / max(1, Double(rows.count) - determined))
        for term in tables.indices {
            penalties[term] = min(EffectModel.largestPenalty, noise / max(variances[term], noise / EffectModel.largestPenalty))
        }
    }

    /// What it expects in these rows.
    func predictions(_ terms: [Term], _ rows: some Collection<Int32>) -> [Double] {
        var result = [Double](repeating: mean, count: rows.count)
        for (term, table) in zip(terms, tables) {
            for (slot, row) in rows.enumerated() {
                let cell = term.cells[Int(row)]
                if cell >= 0 { result[slot] += table[Int(cell)] }
            }
        }
        return result
    }
}
