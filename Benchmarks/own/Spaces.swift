import BigInt
import NaslExpr
import NaslRandom
import NaslSpace

/// Programs drawn from a space, as terms with their choices and probabilities; and a space counted.
enum Spaces {
    static var figures: [String: () throws -> NaslBenchmarks.Measurement] {
        [
            "space_core2": { try sample(core2, 20_000) },
            "space_depth6": { try sample(depth6, 2_000) },
            "count_equation_200": { count },
        ]
    }

    private static let x = Expr.variable("x")

    /// Seconds for one program.
    private static func sample(_ grammar: Grammar, _ count: Int) throws -> NaslBenchmarks.Measurement {
        let space = try Space(grammar)
        var stream = RandomStream(seed: 1, "sample")
        var nodes = 0
        return {
            NaslBenchmarks.seconds {
                for _ in 0..<count { nodes += space.sample(&stream).program.nodes.count }
            } / Double(count)
        }
    }

    /// The two core units of Ramachandran et al. 2017 ("Searching for Activation Functions", section 2): six choices, each of 20 unary or 8 binary
    /// functions.
    private static var core2: Grammar {
        let unary = (0..<20).map { Expr.lambda(["v"], .call(.variable(Symbol("unary\($0)")), [.variable("v")])) }
        let binary = (0..<8).map { Expr.lambda(["a", "b"], .call(.variable(Symbol("binary\($0)")), [.variable("a"), .variable("b")])) }
        let inner = Expr.hole("Binary", [.hole("Unary", [x]), .hole("Unary", [x])])
        return grammar([("F", [.hole("Binary", [.hole("Unary", [inner]), .hole("Unary", [x])])]), ("Unary", unary), ("Binary", binary)])
    }

    /// The same functions in any nesting to depth 6 (of DEAP's trees too, which count the edges), with three constraints.
    private static var depth6: Grammar {
        let e = Expr.hole("E")
        let unary: [Primitive] = [.neg, .abs, .square, .cube, .sqrt, .exp, .sin, .cos, .sinh, .cosh, .tanh, .atan, .sigmoid, .softplus, .relu, .erf, .sinc, .log, .gelu, .asinh]
        let binary: [Primitive] = [.add, .mul, .sub, .div, .max, .min, .pow, .mod]
        return grammar(
            [("E", [x] + unary.map { .apply($0, [e]) } + binary.map { .apply($0, [e, e]) })],
            [.depth(atMost: 7), .forbidWithin(inner: .primitive(.sin), outer: .primitive(.sin)), .count(.primitive(.exp), 0...2), .forbid(.apply(.neg, [.apply(.neg, [.hole("_")])]))])
    }

    /// Seconds for the whole: compiling and counting.
    private static func count() throws -> Double {
        try NaslBenchmarks.seconds {
            let e = Expr.hole("E")
            let binary: [Primitive] = [.add, .sub, .mul, .div], unary: [Primitive] = [.sin, .cos, .exp, .log]
            let space = try Space(grammar(
                [("E", [x] + binary.map { .apply($0, [e, e]) } + unary.map { .apply($0, [e]) })],
                [.size(4...200), .forbidWithin(inner: .primitive(.sin), outer: .primitive(.sin))]))
            guard case .finite(let count) = space.count(), count > BigInt(10).power(100) else { throw NaslBenchmarks.Unknown(name: "the count") }
        }
    }

    static func grammar(_ rules: [(String, [Expr])], _ constraints: [Constraint.Kind] = [], parameters: [Symbol] = ["x"]) -> Grammar {
        Grammar(
            name: "G", parameters: parameters.map { ($0, "Tensor") }, resultType: "Tensor",
            rules: rules.map { rule in Rule(name: Symbol(rule.0), alternatives: rule.1.map { Alternative($0) }) },
            constraints: constraints.map { Constraint($0) })
    }
}
