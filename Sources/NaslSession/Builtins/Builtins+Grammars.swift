import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSpace

extension Builtins {
    /// Exploring a grammar.
    static let grammars: [Builtin] = [
        Builtin("sample", "grammar, count?, seed?, uniform?", "Draws a program by the grammar's weights, or with `uniform: true` every derivation with equal probability; with a count, a list of them.",
                example: "sample(Activation, 5, seed: 1)") { arguments, interpreter in
            let grammar = try grammar(arguments)
            var stream = interpreter.nextStream()
            if arguments.given("seed") {
                stream = RandomStream(seed: try arguments.count("seed", in: -1_000_000_000_000...1_000_000_000_000), "sample")
            }
            let draw = try sampler(of: grammar, isUniform: arguments.bool("uniform", default: false), at: arguments.range)
            guard arguments.given("count") else { return try draw(&stream) }
            let count = try arguments.count("count", in: 0...10_000_000)
            try interpreter.spend(count)
            return .list(try (0..<count).map { position in
                if position % 1024 == 0 { try interpreter.checkInterrupt() }
                return try draw(&stream)
            })
        },
    ]

    /// Draws by the weights, or every derivation with equal probability.
    private static func sampler(of grammar: GrammarValue, isUniform: Bool, at range: SourceRange) throws -> (inout RandomStream) throws -> Value {
        if !isUniform { return { grammar.value(of: grammar.space.sample(&$0)) } }
        switch grammar.space.count() {
        case .finite: break
        case .infinite:
            throw Fault.value("`\(grammar.name)` has infinitely many programs, of which none can be as likely as every other", at: range,
                              help: ["add a limit, such as `limit depth <= 6`, or draw by the weights"])
        case .huge: throw Fault.value("`\(grammar.name)` has too many programs to number them", at: range, help: ["add a tighter limit, or draw by the weights"])
        }
        return { stream in
            guard let choices = grammar.space.uniformChoices(&stream), let sample = try? grammar.space.replay(choices) else { throw Fault.interrupted }
            return grammar.value(of: sample)
        }
    }
}
