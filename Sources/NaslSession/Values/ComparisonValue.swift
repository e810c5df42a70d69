import NaslExpr
import NaslLanguage
import NaslSearch

/// What `compare` gives: a row for each candidate, paired with the first on common seeds.
final class ComparisonValue: LanguageObject {
    let comparison: Comparison
    private let values: [Value]
    /// Mean and deviation of what the children reported, by candidate and in their order.
    private let metrics: [[(name: String, mean: Double?, deviation: Double?)]]
    private let repeats: Int

    init(_ candidates: [(name: String, value: Value)], _ evaluations: [Evaluation?], repeats: Int) {
        let groups = candidates.indices.map { Array(evaluations[$0 * repeats..<($0 + 1) * repeats]) }
        comparison = Comparison(zip(candidates, groups).map { ($0.name, $1.map { $0?.reward }) })
        values = candidates.map(\.value)
        self.repeats = repeats
        let names = evaluations.lazy.compactMap { $0?.metrics.map(\.name) }.first { !$0.isEmpty }?.filter { $0 != stepRate } ?? []
        metrics = groups.map { group in
            names.map { name in
                let found = group.compactMap { $0?.metrics.first { $0.name == name }?.value }.filter(\.isFinite)
                return (name, Statistics.mean(found), Statistics.deviation(found))
            }
        }
    }

    let kind = "a comparison"

    /// One row a candidate: what its children reported, its reward, and how it differs from the first.
    var shown: String {
        let first = comparison.rows.first?.name ?? ""
        var header = metrics.first?.map(\.name) ?? []
        header += ["reward", "deviation", "difference", "p", "p (Holm)", "seeds", "candidate"]
        let rows = zip(comparison.rows, metrics).map { row, metrics -> [String] in
            var cells = metrics.map { text($0.mean) }
            cells += [text(row.mean), text(row.deviation), row.difference.map { ($0 > 0 ? "+" : "") + rounded($0) } ?? "", probability(row.p), probability(row.corrected)]
            cells.append(row.failures > 0 ? "\(row.count - row.failures) of \(row.count)" : "\(row.count)")
            return cells + [row.name]
        }
        return tableText(header, rows) + "\n  difference and paired t-test against \(first), on the same \(repeats) seeds"
    }

    private func text(_ number: Double?) -> String { number.map(rounded) ?? "-" }

    private func probability(_ p: Double?) -> String {
        guard let p else { return "" }
        return p < 0.0001 ? "<0.0001" : fixed(p, 4)
    }

    let fieldNames = ["rows"]

    func field(_ name: String) -> Value? {
        guard name == "rows" else { return nil }
        return .list(comparison.rows.enumerated().map { slot, row in
            func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .none }
            return .record(Record([
                ("name", .text(row.name)), ("candidate", values[slot]), ("mean", number(row.mean)), ("deviation", number(row.deviation)),
                ("difference", number(row.difference)), ("p", number(row.p)), ("rewards", .list(row.rewards.map(number))),
            ] + metrics[slot].map { ($0.name.replacing(" ", with: "_"), number($0.mean)) }))
        })
    }
}
