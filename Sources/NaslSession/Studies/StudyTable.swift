import NaslExpr
import NaslLanguage
import NaslSearch

/// What the contestants of a study earned in one task, each held against the first on the same seeds.
struct StudyTable {
    let task: String
    let comparison: Comparison
    private let contestants: [Study.Contestant]

    init(_ task: String, _ contestants: [Study.Contestant], _ rewards: [[Double?]]) {
        self.task = task
        self.contestants = contestants
        comparison = Comparison(zip(contestants, rewards).map { ($0.label, $1) })
    }

    /// The candidates' texts stand in the first table of a study; the others only name them.
    func shown(inFull: Bool) -> String {
        let rows = zip(comparison.rows, contestants).enumerated().map { place, row -> [String] in
            let (row, contestant) = row
            let seeds = row.failures > 0 ? "\(row.count - row.failures) of \(row.count)" : "\(row.count)"
            return [
                StudyTable.number(row.mean), StudyTable.margin(row.margin), place == 0 ? "" : StudyTable.signed(row.difference), StudyTable.margin(row.differenceMargin),
                StudyTable.probability(row.corrected), seeds,
            ] + (inFull ? [contestant.isFound ? contestant.name : "by hand", row.name] : [contestant.name])
        }
        return tableText(["reward", "95 %", "difference", "95 %", "p (Holm)", "seeds"] + (inFull ? ["by"] : []) + ["candidate"], rows)
    }

    static func number(_ number: Double?) -> String { number.map(rounded) ?? "-" }
    static func signed(_ number: Double?) -> String { number.map { ($0 > 0 ? "+" : "") + rounded($0) } ?? "-" }
    static func margin(_ number: Double?) -> String { number.map { "±\(significant($0, 2))" } ?? "" }

    static func probability(_ p: Double?) -> String {
        guard let p else { return "" }
        return p < 0.0001 ? "<0.0001" : fixed(p, 4)
    }
}
