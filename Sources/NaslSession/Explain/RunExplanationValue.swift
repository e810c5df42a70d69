import NaslExpr
import NaslLanguage
import NaslSearch

/// What `explain(run)` gives: shown, it is a text; its fields are the parts to go on with.
final class RunExplanationValue: LanguageObject {
    let explanation: RunExplanation
    let shown: String
    private let program: @Sendable (Trial) throws -> Value

    /// - Parameter program: the grammar's program of a trial.
    init(_ explanation: RunExplanation, _ style: OutputStyle, program: @escaping @Sendable (Trial) throws -> Value) {
        self.explanation = explanation
        self.program = program
        shown = TextWriter(style).text(Document(title: explanation.title, sections: explanation.sections))
    }

    let kind = "an explanation"

    let fieldNames = ["effects", "fidelity", "proposals", "rungs", "shares", "depths", "restarts", "best_so_far", "families", "front", "failures", "rejections", "repeats", "time", "workers", "events"]

    func field(_ name: String) throws -> Value? {
        let explanation = explanation
        switch name {
        case "effects": return rows(explanation.effects?.effects ?? []) { [("draw", .text($0.name)), ("share", .number($0.share)), ("error", .number($0.error)), ("levels", self.levels($0))] }
        case "fidelity": return explanation.effects.map { .number($0.fidelity) } ?? Value.none
        case "proposals":
            return rows(explanation.shifts.shifts) {
                [("rule", .text($0.rule)), ("expected", .number($0.expected)), ("taken", .number($0.taken)), ("trial", count($0.trial)), ("alternative", .text($0.alternative))]
            }
        case "rungs":
            return rows(explanation.rungs) { rung in
                [("budget", .number(rung.budget)), ("trials", count(rung.trials)), ("failures", count(rung.failures)), ("promoted", count(rung.promoted)),
                 ("best", rung.best.map { .number($0) } ?? Value.none), ("correlation", rung.correlation.map { .number($0) } ?? Value.none), ("programs", count(rung.pairs))]
            }
        case "shares":
            guard let sharing = explanation.sharing else { return Value.none }
            return rows(sharing.allocations) { allocation in [("trial", count(allocation.trial))] + zip(sharing.names, allocation.shares).map { ($0, .number($1)) } }
        case "depths": return rows(explanation.stages) { [("proposals", count($0.proposals)), ("depth", $0.depth.map(count) ?? Value.none)] }
        case "restarts": return rows(explanation.restarts) { [("proposals", count($0))] }
        case "best_so_far":
            return rows(explanation.bestSoFar) { row in
                [("trials", count(row.trials)), ("reward", row.reward.map { .number($0) } ?? Value.none), ("random", row.random.map { .number($0.median) } ?? Value.none),
                 ("low", row.random?.range.map { .number($0.lowerBound) } ?? Value.none), ("high", row.random?.range.map { .number($0.upperBound) } ?? Value.none)]
            }
        case "families":
            return try .list(explanation.families.map { family in
                .object(RowValue([("reward", .number(family.best.reward ?? .nan)), ("trials", count(family.trials)), ("programs", .list(family.programs.map { .text($0) })),
                                  ("form", .text(family.canonical)), ("program", try program(family.best))]))
            })
        case "front":
            return try .list(explanation.front.map { .object(RowValue([("size", count($0.size)), ("reward", .number($0.trial.reward ?? .nan)), ("program", try program($0.trial))])) })
        case "failures":
            return try .list(explanation.failures.map { .object(RowValue([("trials", count($0.count)), ("status", .text($0.status.rawValue)), ("reason", .text($0.reason)), ("program", try program($0.trial))])) })
        case "rejections":
            return try .list(explanation.run.rejections.map { .object(RowValue([("programs", count($0.count)), ("reason", .text($0.reason)), ("program", try program($0.trial))])) })
        case "repeats":
            let repeats = explanation.run.repeats
            return .record(Record([("answered", count(explanation.run.proposals.count { $0.fromMemory })), ("programs", count(repeats.programs)), ("derivations", count(repeats.derivations)), ("forms", repeats.forms.map(count) ?? Value.none)]))
        case "time": return rows(explanation.run.time) { [("status", .text($0.status.rawValue)), ("evaluations", count($0.evaluations)), ("seconds", .number($0.seconds)), ("longest", .number($0.longest))] }
        case "workers":
            return rows(explanation.run.workers) { [("worker", count($0.worker)), ("evaluations", count($0.evaluations)), ("failures", count($0.failures)), ("seconds", .number($0.seconds))] }
        case "events": return rows(explanation.facts.events) { [("date", .text(RunFacts.date($0.time))), ("kind", .text($0.kind)), ("text", .text($0.text))] }
        default: return nil
        }
    }

    private func levels(_ effect: Effects.Effect) -> Value {
        rows(effect.levels) { [("effect", .number($0.effect)), ("error", .number($0.error)), ("programs", count($0.programs)), ("level", .text($0.name))] }
    }

    private func rows<Element>(_ elements: [Element], _ fields: (Element) -> [(name: String, value: Value)]) -> Value {
        .list(elements.map { .object(RowValue(fields($0))) })
    }

    private func count(_ number: Int) -> Value { .number(Double(number)) }
}

/// A record that is shown as a row where several stand in a list.
final class RowValue: LanguageObject, RowObject {
    private let fields: [(name: String, value: Value)]

    init(_ fields: [(name: String, value: Value)]) { self.fields = fields }

    let kind = "a row"
    var shown: String { Value.record(Record(fields)).source }
    var fieldNames: [String] { fields.map(\.name) }
    func field(_ name: String) -> Value? { fields.first { $0.name == name }?.value }

    private var plain: [(name: String, value: Value)] { fields.filter { if case .list = $0.value { false } else { true } } }
    var columns: [String] { plain.map(\.name) }
    var cells: [String] {
        plain.map { field in
            switch field.value {
            case .number(let number): Int(exactly: number).map(grouped) ?? rounded(number)
            case .text(let text): text
            default: field.value.source
            }
        }
    }
}
