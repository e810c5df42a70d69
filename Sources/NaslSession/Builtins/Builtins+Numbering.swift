import BigInt
import NaslExpr
import NaslLanguage
import NaslSpace

extension Builtins {
    /// Counting and numbering programs.
    static let numbering: [Builtin] = [
        Builtin("count", "grammar, depth?, distinct?, upto?",
                "How many programs (derivations) a grammar has, exactly; `depth: 4` in place of its limit on the depth, `distinct: true` of printed programs, `upto: swaps` of those that differ not only by the order of arguments, `upto: laws` of canonical forms.",
                example: "count(Activation, upto: swaps)") { arguments, interpreter in
            var grammar = try grammar(arguments)
            if arguments.given("depth") { grammar = try grammar.limited(toDepth: arguments.count("depth", in: 1...100_000)) }
            let isUpToSwaps = arguments.given("upto")
            if isUpToSwaps, case .object(let object) = arguments.value("upto"), object is LawsValue { return try forms(grammar, arguments, interpreter) }
            if isUpToSwaps { _ = try arguments.object("upto", SwapsValue.self, expected: "`swaps` or `laws`") }
            if try arguments.bool("distinct", default: false) || isUpToSwaps {
                return try printed(grammar, upToSwapsOf: isUpToSwaps ? Primitive.commutative : [], arguments, interpreter)
            }
            let count = grammar.space.count()
            try interpreter.checkInterrupt()
            return value(of: count)
        },
        Builtin("index", "grammar, program", "The number of a program: `index(G, G[i])` is `i`.", example: "index(Activation, tanh)") { arguments, interpreter in
            let number = try grammar(arguments).number(of: arguments.value("program"), at: arguments.range(of: "program"))
            try interpreter.checkInterrupt()
            return number
        },
        Builtin("programs", "grammar", "All programs of a grammar, by size, then in the order of its rules; made when they are asked for: `for f in programs(G) { ... }`.",
                example: "programs(Activation)") { arguments, _ in
            .object(ProgramsValue(try grammar(arguments)))
        },
    ]

    static func grammar(_ arguments: Arguments) throws -> GrammarValue {
        if case .grammar(let grammar) = arguments.value("grammar") { return grammar }
        throw arguments.wrongType("grammar", expected: "a grammar")
    }

    private static func value(of count: Count) -> Value {
        switch count {
        case .infinite: .number(.infinity)
        case .huge: .text("more than 10^300000")
        case .finite(let count): GrammarValue.value(of: count)
        }
    }

    /// Printed programs, each once; where that cannot be computed they are gone through.
    private static func printed(_ grammar: GrammarValue, upToSwapsOf commutative: Set<Primitive>, _ arguments: Arguments, _ interpreter: Interpreter) throws -> Value {
        if let count = grammar.space.countPrinted(upToSwapsOf: commutative) { return value(of: count) }
        try interpreter.checkInterrupt()
        try checkEnumerable(grammar, arguments)
        var seen = Set<Expr>()
        for sample in grammar.space.programs {
            try interpreter.tick()
            seen.insert(commutative.isEmpty ? sample.program : sample.program.sortedBySwaps(of: commutative))
        }
        try interpreter.checkInterrupt()
        return .number(Double(seen.count))
    }

    /// Canonical forms under the laws, by going through all programs.
    private static func forms(_ grammar: GrammarValue, _ arguments: Arguments, _ interpreter: Interpreter) throws -> Value {
        try checkEnumerable(grammar, arguments)
        var seen = DistinctForms(try laws(interpreter))
        for sample in grammar.space.programs {
            try interpreter.tick()
            seen.insert(sample.program)
        }
        try interpreter.checkInterrupt()
        return .number(Double(seen.count))
    }

    private static func checkEnumerable(_ grammar: GrammarValue, _ arguments: Arguments) throws {
        guard case .finite(let total) = grammar.space.count(), total <= BigInt(mostEnumerated) else {
            throw Fault.tooLarge("the list of the programs of `\(grammar.name)`", found: "\(value(of: grammar.space.count()).shown) programs", limit: groupedText(mostEnumerated), at: arguments.range)
        }
    }

    /// More programs than this are not gone through.
    static let mostEnumerated = 10_000_000
}

/// `swaps`: the laws that only exchange the arguments of an operator.
final class SwapsValue: LanguageObject {
    let kind = "the swaps"
    var shown: String { "swaps: the arguments of \(Primitive.commutative.map(\.name).sorted().joined(separator: ", ")) in any order" }
}

/// `laws`: all laws, those of the library and those that were declared since.
final class LawsValue: LanguageObject {
    let kind = "the laws"
    var shown: String { "laws: those of the library and of this session" }
}
