import NaslExpr
import NaslLanguage
import NaslSearch

/// What `study` gives: `.runs .found .best .rows .checks .methods .verdict`; shown, its tables.
final class StudyValue: LanguageObject {
    let taskName: String
    /// The searches of each method, in the order of the seeds.
    let runs: [(method: String, runs: [RunValue])]
    private let contestants: [Study.Contestant]
    private let tables: [StudyTable]
    private let methods: StudyMethods
    private let repeats: Int
    private let trials: Int
    private let verdict: String

    init(_ request: Study.Request, _ runs: [(method: String, runs: [RunValue])], _ contestants: [Study.Contestant], _ tables: [StudyTable], _ range: SourceRange) throws {
        taskName = request.task.name
        self.runs = runs
        self.contestants = contestants
        self.tables = tables
        methods = try StudyMethods(runs)
        (repeats, trials) = (request.repeats, request.trials)
        verdict = StudyVerdict(contestants: contestants, tables: tables).text
    }

    let kind = "a study"

    var shown: String {
        let reference = contestants.first?.name ?? ""
        var parts = ["study of \(taskName): searches of \(grouped(trials)) trials; human designs with something open were tuned with as many"]
        parts.append("the best reward of a search; difference from \(methods.names.first ?? "")\n" + methods.shown)
        for (place, table) in tables.enumerated() {
            parts.append("\(place == 0 ? "" : "check: ")\(table.task) on \(repeats) fresh seeds, the same for all; difference from \(reference)\n\(table.shown(inFull: place == 0))")
        }
        parts.append(verdict)
        return parts.joined(separator: "\n\n")
    }

    let fieldNames = ["runs", "found", "best", "rows", "checks", "methods", "verdict"]

    func field(_ name: String) -> Value? {
        switch name {
        case "runs": .list(runs.flatMap(\.runs).map { .object($0) })
        case "found":
            .list(contestants.filter(\.isFound).map { .record(Record([("method", .text($0.name)), ("candidate", $0.candidate)])) })
        case "best": contestants.first(where: \.isFound)?.candidate ?? Value.none
        case "rows": tables.first.map { rows($0.comparison) } ?? .list([])
        case "checks": .list(tables.dropFirst().map { .record(Record([("task", .text($0.task)), ("rows", rows($0.comparison))])) })
        case "methods": rows(methods.comparison)
        case "verdict": .text(verdict)
        default: nil
        }
    }

    private func rows(_ comparison: Comparison) -> Value {
        func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .none }
        return .list(comparison.rows.map { row in
            .record(Record([
                ("name", .text(row.name)), ("mean", number(row.mean)), ("margin", number(row.margin)), ("difference", number(row.difference)),
                ("difference_margin", number(row.differenceMargin)), ("p", number(row.corrected)), ("rewards", .list(row.rewards.map(number))),
            ]))
        })
    }
}
