import NaslExpr
import NaslSpace

/// `E = x @4 | sin(E) | tanh(E) | E + E | E * E`, limit depth <= `depth`.
func trees(depth: Int) throws -> Space {
    try Space(
        Grammar(
            name: "Trees", parameters: [("x", "Tensor")], resultType: "Tensor",
            rules: [
                Rule(
                    name: "E",
                    alternatives: [
                        Alternative(.variable("x"), weight: 4), Alternative(.apply(.sin, .hole("E"))), Alternative(.apply(.tanh, .hole("E"))),
                        Alternative(.apply(.add, .hole("E"), .hole("E"))), Alternative(.apply(.mul, .hole("E"), .hole("E"))),
                    ])
            ],
            constraints: [Constraint(.depth(atMost: depth))]))
}

/// One choice among the numbers 0 ..< `count`.
func bandit(_ count: Int) throws -> Space {
    try Space(Grammar(name: "Arm", rules: [Rule(name: "A", alternatives: (0..<count).map { Alternative(.number(Double($0))) })]))
}

/// A list of `length` digits, drawn by two rules in turn; digits 0 ..< 3.
func chain(_ length: Int) throws -> Space {
    let digits = (0..<3).map { Alternative(.number(Double($0))) }
    return try Space(
        Grammar(
            name: "Chain",
            rules: [
                Rule(name: "Start", alternatives: [Alternative(.list((0..<length).map { .hole($0 % 2 == 0 ? "A" : "B") }))]),
                Rule(name: "A", alternatives: digits), Rule(name: "B", alternatives: digits),
            ]))
}

/// How often a primitive occurs.
func occurrences(of primitive: Primitive, in program: Expr) -> Int {
    program.nodes.count { $0.kind == .primitive && $0.primitive == primitive }
}
