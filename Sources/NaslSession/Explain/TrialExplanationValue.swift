import NaslExpr
import NaslLanguage
import NaslSearch

/// What `explain(trial)` gives: shown, it is a text; its fields are the parts to go on with.
final class TrialExplanationValue: LanguageObject, ProgramObject {
    private let explanation: TrialExplanation
    private let pictures: InputPictures?
    private let style: OutputStyle

    init(_ explanation: TrialExplanation, _ pictures: InputPictures?, _ style: OutputStyle) {
        self.explanation = explanation
        self.pictures = pictures
        self.style = style
    }

    let kind = "an explanation"
    var program: Value { explanation.program }

    private static let mostRows = 24

    var shown: String {
        var parts = [head]
        if !explanation.choices.isEmpty { parts.append(choicesText) }
        parts += ablationText.map { [$0] } ?? []
        if !explanation.constants.isEmpty { parts.append("numbers, each a tenth larger and smaller\n" + table(explanation.constants)) }
        if let shapley = explanation.shapley { parts.append(text(shapley)) }
        parts += picturesTexts
        return parts.joined(separator: "\n\n")
    }

    private var head: String {
        let seeds = explanation.rewards.count { $0 != nil }
        var lines = [explanation.program.source]
        if let simplified = explanation.simplified, let term = explanation.term, simplified.body.size < term.body.size { lines.append("the same, simplified: \(simplified)") }
        lines.append("reward of \(explanation.task.name) on \(seeds) seeds: \(rounded(explanation.mean ?? .nan)), deviation \(rounded(explanation.deviation ?? 0))")
        return lines.joined(separator: "\n")
    }

    private var choicesText: String {
        let whose = explanation.isLearned ? "the trained controller" : "the grammar's weights"
        let header = explanation.isLearned ? ["choice", "draw", "taken", "p", "prior", "bits", "program"] : ["choice", "draw", "taken", "p", "bits", "program"]
        let rows = explanation.choices.enumerated().map { number, choice in
            ["\(number)", choice.draw, choice.taken, fixed(choice.probability, 3)] + (explanation.isLearned ? [fixed(choice.prior, 3)] : [])
                + [fixed(choice.entropy, 2), choice.program]
        }
        return "how it was drawn, by \(whose) (bits: the entropy of the choice)\n" + tableText(header, rows)
    }

    private var ablationText: String? {
        let inert = explanation.inert.map { "`\($0.text)`" }
        let note = inert.isEmpty ? "no part could be a number without changing the reward by more than \(rounded(explanation.tolerance))"
            : "without effect (a number in its place changes the reward by at most \(rounded(explanation.tolerance))): " + inert.joined(separator: ", ")
        if explanation.ablation.isEmpty { return nil }
        return "what each part and choice is worth: the reward with a replacement, less the reward, on the same seeds\n" + table(explanation.ablation)
            + (explanation.term == nil ? "" : "\n  " + note)
    }

    private func table(_ ablation: [Ablation]) -> String {
        let sorted = ablation.enumerated().sorted { ($0.element.difference?.mean ?? -.infinity, $0.offset) < ($1.element.difference?.mean ?? -.infinity, $1.offset) }
        let rows = sorted.prefix(Self.mostRows).map { _, row in
            [row.difference.map { rounded($0.mean) } ?? "-", row.difference?.intervalText ?? "failed", row.difference.map { "\($0.pairs)" } ?? "0", row.what, row.becomes, row.kind.rawValue]
        }
        let rest = sorted.count - rows.count
        return tableText(["difference", "95% interval", "seeds", "replaced", "by", "kind"], Array(rows)) + (rest > 0 ? "\n  ... \(rest) more in `.ablation`" : "")
    }

    private func text(_ shapley: ShapleyValues) -> String {
        let rows = zip(explanation.choices, shapley.values).enumerated().map { number, pair in
            ["\(number)", pair.0.draw, pair.0.taken, rounded(pair.1.mean), rounded(pair.1.error)]
        }
        var text = "what each choice adds to a program drawn at random: Shapley values from \(shapley.orders) orders\n"
        text += tableText(["choice", "draw", "taken", "value", "error"], rows)
        text += "\n  random programs earn \(rounded(shapley.base)), this one \(rounded(shapley.reward)) on the same seeds"
        if shapley.failures > 0 { text += "; \(shapley.failures) trials without a reward count as the lowest one met" }
        return text
    }

    private var picturesTexts: [String] {
        guard let pictures, let term = explanation.term else { return [] }
        let inputs = explanation.inputs
        let whence = inputs.isSeen ? "over \(grouped(inputs.rows.count)) inputs that the child gave to it" : "over a range: what the child gives to it is not known"
        return pictures.pictures.enumerated().flatMap { axis, picture -> [String] in
            var curves = picture.curves
            curves.title = "\(term.text), \(whence)"
            let share = "flat (a slope below \(numberText(InputPictures.flat))) at \(fixed(100 * picture.share, 0))% of them"
            return [TerminalPlot(curves, style).text, TerminalPlot(picture.saturation, style).text + "\n  " + share]
        }
    }

    let fieldNames = ["program", "simplified", "reward", "deviation", "tolerance", "choices", "ablation", "inert", "constants", "shapley", "saturation", "inputs"]

    func field(_ name: String) -> Value? {
        switch name {
        case "program": program
        case "simplified": explanation.simplified?.candidate ?? Value.none
        case "reward": explanation.mean.map { .number($0) } ?? Value.none
        case "deviation": explanation.deviation.map { .number($0) } ?? Value.none
        case "tolerance": .number(explanation.tolerance)
        case "choices": .list(explanation.choices.map { choice in
            .record(Record([("draw", .text(choice.draw)), ("taken", .text(choice.taken)), ("p", .number(choice.probability)), ("prior", .number(choice.prior)),
                            ("entropy", .number(choice.entropy)), ("program", .text(choice.program))]))
        })
        case "ablation": .list(explanation.ablation.map(record))
        case "inert": .list(explanation.inert.map { .text($0.text) })
        case "constants": .list(explanation.constants.map(record))
        case "shapley": explanation.shapley.map { .list($0.values.map { .record(Record([("value", .number($0.mean)), ("error", .number($0.error))])) }) } ?? Value.none
        case "saturation": .list(pictures?.pictures.map { .number($0.share) } ?? [])
        case "inputs": .list(explanation.inputs.isSeen ? explanation.inputs.rows.map { row in row.count == 1 ? .number(row[0]) : .list(row.map { .number($0) }) } : [])
        default: nil
        }
    }

    private func record(_ row: Ablation) -> Value {
        let numbers = row.difference?.fields ?? ["difference", "low", "high"].map { ($0, Value.none) }
        return .record(Record([("replaced", .text(row.what)), ("by", .text(row.becomes)), ("kind", .text(row.kind.rawValue))] + numbers + [("program", row.program)]))
    }
}
