import NaslExpr
import NaslLanguage
import NaslSearch

/// The methods of a study at equal trials: the best reward of each search, over the seeds, paired with the last method's.
struct StudyMethods {
    let names: [String]
    let comparison: Comparison
    private let trials: [[Int]]

    init(_ runs: [(method: String, runs: [RunValue])]) throws {
        let ordered = runs.suffix(1) + runs.dropLast()
        names = ordered.map(\.method)
        comparison = Comparison(try ordered.map { ($0.method, try $0.runs.map { try $0.run().best?.reward }) })
        trials = try ordered.map { try $0.runs.map { try $0.run().trials.count } }
    }

    var shown: String {
        let hasSpread = comparison.rows.contains { $0.margin != nil }
        let rows = zip(comparison.rows, trials).enumerated().map { place, row -> [String] in
            let (row, trials) = row
            let count = Statistics.mean(trials.map(Double.init)).map { grouped(Int($0.rounded())) } ?? "-"
            var cells = [StudyTable.number(row.mean)]
            if hasSpread { cells.append(StudyTable.margin(row.margin)) }
            cells.append(place == 0 ? "" : StudyTable.signed(row.difference))
            if hasSpread { cells += [StudyTable.margin(row.differenceMargin), StudyTable.probability(row.corrected)] }
            return cells + [count, "\(row.count)", row.name]
        }
        let header = hasSpread ? ["best reward", "95 %", "difference", "95 %", "p (Holm)", "trials", "searches", "method"] : ["best reward", "difference", "trials", "searches", "method"]
        return tableText(header, rows)
    }
}
