/// Fits an ``EffectModel`` to rewards and takes its ``VarianceShares``, with errors: the rows are dealt into groups, and all but the choice
/// of the pairs is done again without each group in turn. What the model then says of the group left out gives the fidelity, and how the
/// shares change their errors (the delete-a-group jackknife; Kott, "The delete-a-group jackknife", J. Official Statistics 17, 2001).
struct EffectAnalysis {
    let table: FactorTable
    let pairs: [(Int, Int)]
    let shares: Estimate
    /// The same without each group.
    let without: [Estimate]
    /// Of the rewards, as predicted by models that have not seen them.
    let heldOut: [Double]

    struct Estimate {
        /// Of each factor, then of each pair, in the variance of the reward.
        let shares: [Double]
        let effects: [[Double]]
    }

    private static let mostPairs = 16

    /// - Parameter values: of the first rows of the table; the other rows are the reference.
    init(_ table: FactorTable, _ values: [Double], groups: Int) {
        let count = values.count
        let rows = (0..<Int32(count)).map { $0 }
        let single = table.factors.indices.map { EffectModel.Term(cells: table.columns[$0], count: table.factors[$0].levels.count) }
            + table.uses.map { EffectModel.Term(cells: $0, count: FactorTable.levelsOfUses) }
        let plain = EffectModel(single, rows: rows, values)
        let rest = zip(values, plain.predictions(single, rows)).map(-)
        let pairs = EffectAnalysis.pairs(table, rest)
        let terms = single + pairs.map { EffectAnalysis.term(table, $0, $1) }
        let model = EffectModel(terms, rows: rows, values)
        let reference = (Int32(count)..<Int32(table.rows)).map { $0 }
        let models = (0..<groups).map { group in
            EffectModel(terms, rows: rows.filter { Int($0) % groups != group }, values, penalties: model.penalties)
        }
        var heldOut = values
        for (group, model) in models.enumerated() {
            let own = rows.filter { Int($0) % groups == group }
            for (row, prediction) in zip(own, model.predictions(terms, own)) { heldOut[Int(row)] = prediction }
        }
        let errors = zip(values, heldOut).map { ($0 - $1) * ($0 - $1) }
        func estimate(_ model: EffectModel, without group: Int?) -> Estimate {
            let kept = group.map { group in reference.filter { Int($0) % groups != group } } ?? reference
            let found = VarianceShares(table, pairs: pairs, rows: kept, predictions: model.predictions(terms, kept))
            let own = errors.indices.filter { group == nil || $0 % groups != group }
            let total = found.variance + own.reduce(0) { $0 + errors[$1] } / Double(max(1, own.count))
            return Estimate(shares: (found.mains + found.pairs).map { total > 0 ? $0 / total : 0 }, effects: found.effects)
        }
        self.table = table
        self.pairs = pairs
        self.heldOut = heldOut
        shares = estimate(model, without: nil)
        without = models.enumerated().map { estimate($1, without: $0) }
    }

    private static func term(_ table: FactorTable, _ first: Int, _ second: Int) -> EffectModel.Term {
        let width = Int32(table.factors[second].levels.count)
        let cells = zip(table.columns[first], table.columns[second]).map { $0 < 0 || $1 < 0 ? -1 : $0 * width + $1 }
        return EffectModel.Term(cells: cells, count: table.factors[first].levels.count * Int(width))
    }

    /// The pairs whose cells explain most of what the factors alone leave, beyond what chance would (the screening of Lou, Caruana, Gehrke
    /// & Hooker, "Accurate intelligible models with pairwise interactions", KDD 2013).
    private static func pairs(_ table: FactorTable, _ rest: [Double]) -> [(Int, Int)] {
        let variance = rest.reduce(0) { $0 + $1 * $1 } / Double(max(1, rest.count))
        guard variance > 0 else { return [] }
        var scored: [(pair: (Int, Int), score: Double)] = []
        for first in table.factors.indices {
            for second in table.factors.indices where second > first {
                let term = term(table, first, second)
                var (sums, counts) = ([Double](repeating: 0, count: term.count), [Double](repeating: 0, count: term.count))
                for (row, value) in rest.enumerated() where term.cells[row] >= 0 {
                    sums[Int(term.cells[row])] += value
                    counts[Int(term.cells[row])] += 1
                }
                let occupied = Double(counts.count { $0 > 0 })
                guard occupied > 1 else { continue }
                let squares = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 }
                scored.append(((first, second), (squares / variance - occupied) / (2 * occupied).squareRoot()))
            }
        }
        return scored.filter { $0.score > 1 }.sorted { ($1.score, $0.pair.0, $0.pair.1) < ($0.score, $1.pair.0, $1.pair.1) }
            .prefix(mostPairs).map(\.pair)
    }

    /// The jackknife's standard error of a number that every estimate has.
    func standardError(_ number: (Estimate) -> Double) -> Double {
        let values = without.map(number)
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares * Double(max(0, values.count - 1)) / Double(max(1, values.count))).squareRoot()
    }
}
