import NaslExpr
import NaslLanguage
import NaslSearch

/// What `simplify(f, on: task)` gives; it stands for its program where one is wanted.
final class TaskSimplificationValue: LanguageObject, ProgramObject {
    private let result: TaskSimplification
    let program: Value

    init(_ result: TaskSimplification) {
        self.result = result
        program = result.program.candidate
    }

    let kind = "a simplification"

    var shown: String {
        let head = "\(result.program)     \(result.program.body.size) nodes of \(result.given.body.size)"
        guard !result.removals.isEmpty else { return head + "\n  nothing could be removed without losing more than \(rounded(result.tolerance)) on \(result.repeats) seeds" }
        let rows = result.removals.map { removal in
            [removal.before.text, removal.after.text, rounded(removal.difference.mean), removal.difference.intervalText, "\(removal.difference.pairs)", removal.program.text]
        }
        var lines = [head, tableText(["removed", "becomes", "difference", "95% interval", "seeds", "program"], rows)]
        lines.append("  differences from \(result.given) on the same seeds; up to \(rounded(result.tolerance)) may be lost")
        if let all = result.confirmed { lines.append("  all together on \(all.pairs) fresh seeds: \(rounded(all.mean)), \(all.intervalText)") }
        return lines.joined(separator: "\n")
    }

    let fieldNames = ["program", "removed", "tolerance", "difference", "low", "high"]

    func field(_ name: String) -> Value? {
        switch name {
        case "program": program
        case "removed": .list(result.removals.map { removal in
            .record(Record([("before", .text(removal.before.text)), ("after", .text(removal.after.text))] + removal.difference.fields + [("program", removal.program.candidate)]))
        })
        case "tolerance": .number(result.tolerance)
        case "difference": .number(result.confirmed?.mean ?? 0)
        case "low": .number(result.confirmed?.low ?? 0)
        case "high": .number(result.confirmed?.high ?? 0)
        default: nil
        }
    }
}

extension PairedDifference {
    /// `-0.0123..0.0045`.
    var intervalText: String { "\(rounded(low))..\(rounded(high))" + (failures > 0 ? ", \(failures) failed" : "") }

    var fields: [(name: String, value: Value)] {
        [("difference", .number(mean)), ("low", .number(low)), ("high", .number(high)), ("seeds", .number(Double(pairs))), ("failures", .number(Double(failures)))]
    }
}
