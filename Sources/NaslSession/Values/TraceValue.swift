#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslExpr
import NaslLanguage
import NaslSpace

/// What `trace` gives: a derivation, choice by choice. `.steps` holds a record for each.
final class TraceValue: LanguageObject {
    private struct Step {
        /// The rule, or the draw that is none.
        let draw: String
        /// Whether a number on a continuous scale is drawn.
        let isNumber: Bool
        /// The number of the alternative, or the drawn number.
        let choice: Double
        let taken: String
        /// Of a number on a continuous scale the density on it, which is 1 where all of it is as likely.
        let probability: Double
        let alternatives: [(text: String, probability: Double, isPossible: Bool)]
        /// The program after the choice.
        let program: String
    }

    private let grammar: GrammarValue
    private let choices: [Int]
    private let likelihood: Likelihood
    private let isLearned: Bool
    private let steps: [Step]
    private let logProbability: Double

    /// - Parameter probabilities: those of a controller, by choice and alternative; the grammar's own where there are none.
    init?(_ grammar: GrammarValue, _ choices: [Int], probabilities: [[Double]]?, _ likelihood: Likelihood) {
        var derivation = grammar.space.derivation()
        var steps: [Step] = []
        var logProbability = 0.0
        for (number, choice) in choices.enumerated() {
            guard let decision = derivation.decision, let alternative = decision.alternative(of: choice), derivation.choose(choice) else { return nil }
            let all = probabilities?[number] ?? decision.priors
            let isNumber = decision.numbers != nil
            let probability = all[alternative]
            logProbability += log(probability)
            steps.append(Step(
                draw: grammar.space.sites[decision.site].name.text, isNumber: isNumber, choice: isNumber ? RealRange.number(choice) : Double(choice),
                taken: isNumber ? numberText(RealRange.number(choice)) : decision.labels[alternative], probability: probability,
                alternatives: decision.labels.indices.map { (decision.labels[$0], all[$0], decision.allowed[$0]) },
                program: StepValue(grammar, derivation).text))
        }
        guard derivation.isComplete else { return nil }
        self.grammar = grammar
        self.choices = choices
        self.likelihood = likelihood
        isLearned = probabilities != nil
        self.steps = steps
        self.logProbability = logProbability
    }

    let kind = "a trace"

    /// The program, then a row for each choice with what it makes of the program.
    var shown: String {
        var head = "\(steps.last?.program ?? "")     \(steps.count) choice\(steps.count == 1 ? "" : "s"), log p = \(fixed(logProbability, 2))"
        if isLearned { head += " by the controller" }
        if likelihood.derivations > 1 {
            head += "\n  one of \(likelihood.derivations) derivations" + (isLearned ? "" : ", which together have log p = \(fixed(likelihood.logProbability, 2))")
        }
        let rows = steps.map { step in
            let possible = step.isNumber ? "any" : "\(step.alternatives.count { $0.isPossible }) of \(step.alternatives.count)"
            return [step.draw, numberText(step.choice), step.taken, fixed(step.probability, 3), possible, step.program]
        }
        return head + "\n" + tableText(["draw", "choice", "taken", "p", "possible", "program"], rows)
    }

    let fieldNames = ["steps", "choices", "log_prob", "derivations", "program"]

    func field(_ name: String) -> Value? {
        switch name {
        case "steps": .list(steps.map(record))
        case "choices": .list(steps.map { .number($0.choice) })
        case "log_prob": .number(logProbability)
        case "derivations": likelihood.derivations.bitWidth <= 53 ? .number(Double(likelihood.derivations)) : .text(likelihood.derivations.description)
        case "program": (try? grammar.space.replay(choices)).map(grammar.value)
        default: nil
        }
    }

    private func record(_ step: Step) -> Value {
        .record(Record([
            ("draw", .text(step.draw)), ("choice", .number(step.choice)), ("taken", .text(step.taken)), ("p", .number(step.probability)),
            ("alternatives", .list(step.alternatives.enumerated().map { number, alternative in
                .record(Record([("choice", .number(Double(number))), ("text", .text(alternative.text)), ("p", .number(alternative.probability)),
                                ("possible", .bool(alternative.isPossible))]))
            })),
            ("program", .text(step.program)),
        ]))
    }
}
