import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSpace

extension Builtins {
    /// Exploring a grammar.
    static let grammars: [Builtin] = [
        Builtin("sample", "grammar, count?, seed?", "Draws a program by the grammar's weights; with a count, a list of them.",
                example: "sample(Activation, 5, seed: 1)") { arguments, interpreter in
            let grammar = try grammar(arguments)
            var stream = interpreter.nextStream()
            if arguments.given("seed") {
                stream = RandomStream(seed: try arguments.count("seed", in: -1_000_000_000_000...1_000_000_000_000), "sample")
            }
            guard arguments.given("count") else { return grammar.value(of: grammar.space.sample(&stream)) }
            let count = try arguments.count("count", in: 0...10_000_000)
            try interpreter.spend(count)
            return .list(try (0..<count).map { position in
                if position % 1024 == 0 { try interpreter.checkInterrupt() }
                return grammar.value(of: grammar.space.sample(&stream))
            })
        },
        Builtin("count", "grammar", "How many programs (derivations) a grammar has, exactly.", example: "count(Activation)") { arguments, interpreter in
            let count = try grammar(arguments).space.count()
            try interpreter.checkInterrupt()
            switch count {
            case .infinite: return .number(.infinity)
            case .huge: return .text("more than 10^300000")
            case .finite(let count):
                // Beyond 2^53 a number could not show all digits.
                return count.bitWidth <= 53 ? .number(Double(count)) : .text(count.description)
            }
        },
    ]

    private static func grammar(_ arguments: Arguments) throws -> GrammarValue {
        if case .grammar(let grammar) = arguments.value("grammar") { return grammar }
        throw arguments.wrongType("grammar", expected: "a grammar")
    }
}
