import NaslExpr
import NaslLanguage
import NaslSpace

/// A program that is derived by hand: what has been chosen, and what can be chosen next. Taking a choice gives another one; this one
/// stays as it is.
///
///     let s = step(Activation)
///     s.take(11)          // x -> max(<E>, E)
///     s.take(11, 0).back()
final class StepValue: LanguageObject {
    let grammar: GrammarValue
    let derivation: Derivation

    init(_ grammar: GrammarValue, _ derivation: Derivation) {
        self.grammar = grammar
        self.derivation = derivation
    }

    let kind = "a program that is being derived"

    /// The open program with its hole marked, and the alternatives with their probabilities; `-` where one cannot be taken.
    var shown: String {
        let numbers = derivation.readableChoices.map(numberText).joined(separator: ", ")
        let head = "\(text)     choices [\(numbers)], log p = \(fixed(derivation.logProbability, 2))"
        guard let decision = derivation.decision else { return head + "\n  complete: `.program` is the program" }
        let site = grammar.space.sites[decision.site]
        if let numbers = decision.numbers {
            return head + "\n  <\(site.name)> is a number from \(numberText(numbers.lowest)) to \(numberText(numbers.highest))"
        }
        let rows = decision.labels.indices.map { choice in
            ["\(choice)", decision.allowed[choice] ? fixed(decision.priors[choice], 3) : "-", decision.labels[choice]]
        }
        return head + "\n" + tableText(["choice", "p", "<\(site.name)> ="], rows)
    }

    /// The program as far as it goes.
    var text: String {
        let body = derivation.program ?? derivation.open
        return grammar.grammar.parameters.isEmpty ? body.text : FunctionTerm(parameters: grammar.grammar.parameters.map(\.name), body: body).text
    }

    let fieldNames = ["take", "back", "program", "choices", "alternatives", "log_prob", "complete"]

    func field(_ name: String) throws -> Value? {
        switch name {
        case "take": Self.method("take", "choices...", "Takes these alternatives, one after the other.") { [self] in try take($0) }
        case "back": Self.method("back", "count?", "Takes back the latest choice, or so many.") { [self] in try back($0) }
        case "program": try program()
        case "choices": .list(derivation.readableChoices.map { .number($0) })
        case "alternatives": .list(alternatives)
        case "log_prob": .number(derivation.logProbability)
        case "complete": .bool(derivation.isComplete)
        default: nil
        }
    }

    private static func method(_ name: String, _ signature: String, _ summary: String, _ body: @escaping @Sendable (Arguments) throws -> StepValue) -> Value {
        .function(Function(name: name, .builtin(Builtin(name, signature, summary) { arguments, _ in .object(try body(arguments)) })))
    }

    private var alternatives: [Value] {
        guard let decision = derivation.decision else { return [] }
        return decision.labels.enumerated().map { choice, text in
            .record(Record([("choice", .number(Double(choice))), ("text", .text(text)), ("p", .number(decision.priors[choice])),
                            ("possible", .bool(decision.allowed[choice]))]))
        }
    }

    private func program() throws -> Value {
        guard let program = derivation.program else {
            throw Fault.value("the program is not complete: `\(text)` has a hole", help: ["`.take(number)` fills it"])
        }
        return grammar.value(choices: derivation.choices, program: program, logProbability: derivation.logProbability)
    }

    private func take(_ arguments: Arguments) throws -> StepValue {
        guard !arguments.rest.isEmpty else { throw Fault.value("`take` needs the number of an alternative", at: arguments.range) }
        var next = derivation
        for argument in arguments.rest { try Self.take(argument.value, &next, at: argument.range) }
        return StepValue(grammar, next)
    }

    private func back(_ arguments: Arguments) throws -> StepValue {
        let count = try arguments.count("count", in: 1...Int.max, default: 1)
        guard count <= derivation.choices.count else {
            throw Fault.value("only \(Self.counted(derivation.choices.count)) can be taken back, not \(count)", at: arguments.range)
        }
        return StepValue(grammar, try grammar.space.follow(Array(derivation.choices.dropLast(count))))
    }

    private static func counted(_ count: Int) -> String { count == 1 ? "1 choice" : "\(count) choices" }

    /// One choice more, or why it cannot be taken.
    static func take(_ value: Value, _ derivation: inout Derivation, at range: SourceRange) throws {
        guard let decision = derivation.decision else { throw Fault.value("the program is complete after \(counted(derivation.choices.count)): nothing is left to take", at: range) }
        let site = derivation.space.sites[decision.site]
        guard case .number(let number) = value else { throw Fault.type("a choice", expected: "the number of an alternative", found: value, at: range) }
        if let numbers = decision.numbers {
            if derivation.choose(RealRange.choice(number)) { return }
            let expected = "from \(numberText(numbers.lowest)) to \(numberText(numbers.highest))"
            throw Fault.number("choice \(derivation.choices.count + 1), of `\(site.name)`,", expected: expected, found: number, at: range)
        }
        guard let choice = Int(exactly: number), decision.labels.indices.contains(choice) else {
            throw Fault.number("choice \(derivation.choices.count + 1), of `\(site.name)`,", expected: "a whole number from 0 to \(decision.labels.count - 1)", found: number, at: range)
        }
        guard derivation.choose(choice) else {
            let possible = decision.allowed.indices.filter { decision.allowed[$0] }.map(String.init).joined(separator: ", ")
            throw Fault.value("`\(decision.labels[choice])`, alternative \(choice) of `\(site.name)`, is not possible as choice \(derivation.choices.count + 1)", at: range,
                              help: ["the grammar's constraints leave \(possible)"])
        }
    }
}
