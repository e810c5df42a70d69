import NaslExpr
import NaslSpace

/// `E = x @weight | sin(E) | tanh(E) | E + E`, limit depth <= `depth`; a program has one `x` at least.
func trees(depth: Int?, leafWeight: Double = 4) throws -> Space {
    try Space(
        Grammar(
            name: "Trees", parameters: [("x", "Tensor")], resultType: "Tensor",
            rules: [
                Rule(
                    name: "E",
                    alternatives: [
                        Alternative(.variable("x"), weight: leafWeight), Alternative(.apply(.sin, .hole("E"))),
                        Alternative(.apply(.tanh, .hole("E"))), Alternative(.apply(.add, .hole("E"), .hole("E"))),
                    ])
            ],
            constraints: depth.map { [Constraint(.depth(atMost: $0))] } ?? []))
}

/// One of the numbers 0 ..< `count`.
func numbers(_ count: Int) throws -> Space {
    try Space(Grammar(name: "Number", rules: [Rule(name: "N", alternatives: (0..<count).map { Alternative(.number(Double($0))) })]))
}

/// How often a primitive occurs.
