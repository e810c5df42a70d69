import NaslExpr
import NaslSpace

/// Short notation for grammars in tests.
let x = Expr.variable("x")
let E = Expr.hole("E")

func one(_ primitive: Primitive, _ arguments: Expr...) -> Expr { .apply(primitive, arguments) }

/// `("E", [x, ...])`; each alternative's range is numbered by its place, so that labels can be checked.
func grammar(_ rules: [(String, [Expr])], _ constraints: [Constraint.Kind] = [], parameters: [String] = ["x"]) -> Grammar {
    weighted(rules.map { ($0.0, $0.1.map { ($0, 1) }) }, constraints, parameters: parameters)
}

func weighted(_ rules: [(String, [(Expr, Double)])], _ constraints: [Constraint.Kind] = [], parameters: [String] = ["x"]) -> Grammar {
    Grammar(
        name: "G", parameters: parameters.map { (Symbol($0), "Tensor") }, resultType: "Tensor",
        rules: rules.enumerated().map { number, rule in
            Rule(
                name: Symbol(rule.0),
                alternatives: rule.1.enumerated().map { Alternative($1.0, weight: $1.1, range: place(number * 100 + $0)) },
                range: place(number * 100 + 99))
        },
        constraints: constraints.enumerated().map { Constraint($1, range: place(10_000 + $0)) })
}

func place(_ number: Int) -> SourceRange { SourceRange(source: 0, start: number, end: number + 1) }

/// `E = x @4 | -E | abs(E) | ... | min(E, E)`, as on the language's page.
func activation(depth: Int, _ more: [Expr] = []) -> Grammar {
    let unary: [Primitive] = [.neg, .abs, .square, .sin, .exp, .tanh, .sigmoid, .relu]
    let binary: [Primitive] = [.add, .mul, .max, .min]
    let rest = unary.map { one($0, E) } + binary.map { one($0, E, E) } + more
    return weighted([("E", [(x, 4)] + rest.map { ($0, 1) })], [.depth(atMost: depth)])
}

/// `E = x | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)`.
func equation(_ constraints: [Constraint.Kind]) -> Grammar {
    let binary: [Primitive] = [.add, .sub, .mul, .div]
    let unary: [Primitive] = [.sin, .cos, .exp, .log]
    return grammar([("E", [x] + binary.map { one($0, E, E) } + unary.map { one($0, E) })], constraints)
}

let sinWithinSin = Constraint.Kind.forbidWithin(inner: .primitive(.sin), outer: .primitive(.sin))

struct Found {
    let program: Expr
    let choices: [Int]
    let logProbability: Double
}

/// Every complete derivation that the masks allow, in the order of choices.
func walk(_ space: Space, most: Int = .max) -> [Found]? {
    var found: [Found] = []
    var open = [space.derivation()]
    while let derivation = open.popLast() {
        guard let decision = derivation.decision else {
            guard let program = derivation.program else { return nil }
            found.append(Found(program: program, choices: derivation.choices, logProbability: derivation.logProbability))
            if found.count > most { return nil }
            continue
        }
        let possible = decision.allowed.indices.filter { decision.allowed[$0] }
        if possible.isEmpty { return nil }
        for alternative in possible.reversed() {
            var next = derivation
            guard next.choose(alternative) else { return nil }
            open.append(next)
        }
    }
    return found
}
