import NaslExpr
import NaslSearch

/// What a study's tables say, in sentences: whether the found program beats the best human design, by how much, and where.
struct StudyVerdict {
    private static let level = 0.05

    let contestants: [Study.Contestant]
    let tables: [StudyTable]

    var text: String {
        guard let first = tables.first, let found = contestants.firstIndex(where: \.isFound) else { return "nothing was found that can be compared" }
        let reference = contestants[0]
        guard !reference.isFound, found > 0 else { return "`\(short(found))` was found by \(contestants[found].name); no human design stands beside it" }
        var sentences = ["`\(short(found))`, found by \(contestants[found].name), \(StudyVerdict.words(first, found)) the best human design, \(reference.name)\(StudyVerdict.figures(first, found))."]
        for table in tables.dropFirst() {
            sentences.append("In \(table.task) it \(StudyVerdict.words(table, found)) \(reference.name)\(StudyVerdict.figures(table, found)).")
        }
        if let better = better(than: found, in: first) {
            sentences.append("`\(short(better))`, found by \(contestants[better].name), earns more (\(StudyTable.number(first.comparison.rows[better].mean)) instead of \(StudyTable.number(first.comparison.rows[found].mean))).")
        }
        return sentences.joined(separator: " ")
    }

    /// A text that a sentence can hold.
    private func short(_ place: Int) -> String {
        let label = contestants[place].label
        return label.count <= 100 ? label : label.prefix(97) + "..."
    }

    /// The best of what other methods have found, where its mean is higher.
    private func better(than found: Int, in table: StudyTable) -> Int? {
        let rows = table.comparison.rows
        let best = contestants.indices.filter { contestants[$0].isFound && rows[$0].failures == 0 }.max { rows[$0].mean ?? -.infinity < rows[$1].mean ?? -.infinity }
        return best.flatMap { (rows[$0].mean ?? -.infinity) > (rows[found].mean ?? -.infinity) ? $0 : nil }
    }

    private static func words(_ table: StudyTable, _ place: Int) -> String {
        let row = table.comparison.rows[place]
        if row.failures > 0 { return "fails on \(row.failures) of \(row.count) seeds, beside" }
        guard let difference = row.difference, let p = row.corrected, p < level, difference != 0 else { return "is not told apart from" }
        return difference > 0 ? "beats" : "is worse than"
    }

    private static func figures(_ table: StudyTable, _ place: Int) -> String {
        let row = table.comparison.rows[place]
        guard let difference = row.difference, let margin = row.differenceMargin, let p = row.corrected else { return "" }
        return " (\(StudyTable.signed(difference)) \(StudyTable.margin(margin)), p \(p < 0.0001 ? "< 0.0001" : "= \(fixed(p, 4))"), \(row.pairs) paired seeds)"
    }
}
