#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslControl
import NaslExpr
import NaslLanguage
import NaslSpace

extension Builtins {
    /// How a program is drawn, and how likely it is.
    static let likelihoods: [Builtin] = [
        Builtin("trace", "grammar, program", "The choices that lead to a program: at each draw what was possible, what is taken, and its probability by the grammar's weights; with a run in the place of the grammar, by its trained controller.",
                example: "trace(Activation, tanh)") { arguments, interpreter in
            let source = try source(arguments)
            let program = arguments.value("program")
            guard let choices = try source.grammar.choices(of: program) else {
                throw Fault.value("`\(program.source)` is no program of `\(source.grammar.name)`", at: arguments.range(of: "program"))
            }
            let likelihood = try source.grammar.likelihood(of: program)
            try interpreter.checkInterrupt()
            guard let trace = TraceValue(source.grammar, choices, probabilities: source.controller?.probabilities(of: choices), likelihood) else {
                throw Fault.value("`\(program.source)` has no derivation that can be followed", at: arguments.range(of: "program"))
            }
            return .object(trace)
        },
        Builtin("log_prob", "grammar, program", "The logarithm of the probability of a program, over all its derivations: by the grammar's weights, or, with a run in the place of the grammar, by its trained controller.",
                example: "log_prob(Activation, tanh)") { arguments, interpreter in
            let source = try source(arguments)
            let program = arguments.value("program")
            guard let controller = source.controller else { return .number(try source.grammar.likelihood(of: program).logProbability) }
            guard let derivations = try source.grammar.derivations(of: program, atMost: mostDerivations) else {
                let count = try source.grammar.likelihood(of: program).derivations
                throw Fault.value("this program has \(count) derivations; by a controller at most \(mostDerivations) can be summed", at: arguments.range(of: "program"),
                                  help: ["`trace(run, program).log_prob` is that of one of them"])
            }
            var total = -Double.infinity
            for choices in derivations {
                try interpreter.tick()
                total = sum(total, controller.logProbability(of: choices))
            }
            return .number(total)
        },
    ]

    /// A controller remembers what it has drawn, so each derivation is a question of its own.
    private static let mostDerivations = 1_000

    /// A grammar, or what a run searches, with its controller.
    private static func source(_ arguments: Arguments) throws -> (grammar: GrammarValue, controller: (any Controller)?) {
        switch arguments.value("grammar") {
        case .grammar(let grammar): return (grammar, nil)
        case .task(let task): return (task.grammar, nil)
        case .object(let run as RunValue): return (try run.grammar(), try run.controller())
        default: throw arguments.wrongType("grammar", expected: "a grammar or a run")
        }
    }

    /// log(exp(a) + exp(b))
    private static func sum(_ a: Double, _ b: Double) -> Double {
        let high = max(a, b)
        return high > -.infinity ? high + log1p(exp(min(a, b) - high)) : high
    }
}
