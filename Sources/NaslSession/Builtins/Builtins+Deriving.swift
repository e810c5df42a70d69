import NaslExpr
import NaslLanguage
import NaslSpace

extension Builtins {
    /// Deriving programs choice by choice.
    static let deriving: [Builtin] = [
        Builtin("step", "grammar", "Derives a program by hand: shows the open program and each alternative with its probability; `.take(3)` goes on, `.back()` goes back, `.program` is the result.",
                example: "step(Activation).take(11).take(0)") { arguments, _ in
            guard case .grammar(let grammar) = arguments.value("grammar") else { throw arguments.wrongType("grammar", expected: "a grammar") }
            return .object(StepValue(grammar, grammar.space.derivation()))
        },
        Builtin("derive", "grammar, choices", "The program of these choices, one for each draw in reading order.", example: "derive(Activation, [11, 0, 6, 0])") { arguments, interpreter in
            guard case .grammar(let grammar) = arguments.value("grammar") else { throw arguments.wrongType("grammar", expected: "a grammar") }
            var derivation = grammar.space.derivation()
            for choice in try arguments.list("choices") {
                try interpreter.tick()
                try StepValue.take(choice, &derivation, at: arguments.range(of: "choices"))
            }
            let step = StepValue(grammar, derivation)
            guard let program = derivation.program else {
                let count = derivation.choices.count
                throw Fault.value("\(count == 1 ? "1 choice leaves" : "\(count) choices leave") the program unfinished: `\(step.text)`", at: arguments.range(of: "choices"),
                                  help: ["`step(\(grammar.name))` shows what can be chosen"])
            }
            return grammar.value(choices: derivation.choices, program: program, logProbability: derivation.logProbability)
        },
    ]
}
