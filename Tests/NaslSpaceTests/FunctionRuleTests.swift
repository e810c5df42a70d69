import NaslExpr
import NaslSpace
import Testing

private let v = Expr.variable("v")

/// The programs of a grammar, in the order of choices.
private func texts(_ rules: [(String, [Expr])], _ constraints: [Constraint.Kind] = [], parameters: [String] = ["x"]) throws -> [String] {
    try #require(walk(Space(grammar(rules, constraints, parameters: parameters)), most: 1_000)).map(\.program.text)
}

@Test func drawnFunctionsPrintAsTheirBodies() throws {
    let unary: [Expr] = [.variable("id"), .variable("neg"), .lambda(["v"], one(.pow, v, 3)), .variable("f"), .hole("More")]
    let rules: [(String, [Expr])] = [("E", [.hole("Unary", [.hole("Leaf")])]), ("Unary", unary), ("Leaf", [x, 2]), ("More", [.variable("tanh")])]
    #expect(try texts(rules) == ["id(x)", "id(2)", "-x", "-(2)", "x^3", "2^3", "f(x)", "f(2)", "tanh(x)", "tanh(2)"])
    let binary: [Expr] = [.variable("add"), .variable("left"), .lambda(["a", "b"], one(.div, .variable("b"), .variable("a")))]
    #expect(try texts([("E", [.hole("B", [x, .hole("L")])]), ("B", binary), ("L", [1, 2])])
        == ["x + 1", "x + 2", "left(x, 1)", "left(x, 2)", "1 / x", "2 / x"])
}

@Test func argumentsUsedTwiceAreShared() throws {
    let rules: [(String, [Expr])] = [
        ("E", [.hole("F", [.hole("L")])]), ("F", [.lambda(["v"], one(.mul, v, v))]), ("L", [x, 2, .fitted, one(.sin, x), .hole("M")]), ("M", [x, one(.exp, x)]),
    ]
    #expect(try texts(rules) == ["x * x", "2 * 2", "let v = const in v * v", "let v = sin(x) in v * v", "x * x", "let v = exp(x) in v * v"])
    // Constraints read what is printed: `x` twice in one, once in the other.
    #expect(try texts(rules, [.size(3...3)]) == ["x * x", "2 * 2", "x * x"])
    #expect(try texts(rules, [.count(.name("x"), 2...2)]) == ["x * x", "x * x"])
    #expect(try texts(rules, [.forbidWithin(inner: .name("x"), outer: .primitive(.mul))])
        == ["2 * 2", "let v = const in v * v", "let v = sin(x) in v * v", "let v = exp(x) in v * v"])
}

@Test func functionsAreDrawnBeforeTheirArguments() throws {
    let space = try Space(grammar([
        ("E", [.hole("F", [.hole("A")])]), ("F", [.lambda(["v"], one(.add, v, .hole("B")))]), ("A", [1, 2]), ("B", [3, 4]),
    ]))
    #expect(try space.replay([0, 0, 1, 0]).program.text == "1 + 4")
    let swapped = try Space(grammar([
        ("E", [.hole("F", [.hole("A"), .hole("B")])]), ("F", [.lambda(["a", "b"], one(.div, .variable("b"), .variable("a")))]), ("A", [1, 2]), ("B", [3, 4]),
    ]))
    #expect(try swapped.replay([0, 0, 0, 1]).program.text == "4 / 1")
}

@Test func boundNamesDoNotCatchDrawnOnes() throws {
    // The grammar's parameter is called `v`, too.
    let rules: [(String, [Expr])] = [("E", [.hole("F", [.hole("L")])]), ("F", [.lambda(["v"], one(.mul, one(.mul, v, v), .hole("L")))]), ("L", [v, one(.sin, v)])]
    #expect(try texts(rules, parameters: ["v"]) == [
        "v * v * v", "let v2 = sin(v) in v2 * v2 * v", "v * v * sin(v)", "let v2 = sin(v) in v2 * v2 * sin(v)",
    ])
    let shared: [(String, [Expr])] = [("E", [.binding("x", .hole("L"), in: one(.add, x, .hole("L")))]), ("L", [x, 1])]
    #expect(try texts(shared) == ["let x2 = x in x2 + x", "let x2 = x in x2 + 1", "let x2 = 1 in x2 + x", "let x2 = 1 in x2 + 1"])
}

@Test func nestedFunctionsKeepToTheirArguments() throws {
    let u = Expr.variable("u")
    let rules: [(String, [Expr])] = [
        ("E", [.hole("F", [.hole("G", [.hole("L")])])]), ("F", [.lambda(["v"], one(.mul, v, v)), .variable("neg")]),
        ("G", [.lambda(["u"], one(.add, u, one(.sin, u))), .lambda(["u"], u)]), ("L", [x, one(.exp, x)]),
    ]
    #expect(try texts(rules) == [
        "let v = x + sin(x) in v * v", "let v = let u = exp(x) in u + sin(u) in v * v".replacing("let u = exp(x) in u + sin(u)", with: "(let u = exp(x) in u + sin(u))"),
        "x * x", "let v = exp(x) in v * v", "-(x + sin(x))", "-(let u = exp(x) in u + sin(u))", "-x", "-exp(x)",
    ])
    let space = try Space(grammar(rules))
    for found in try #require(walk(space)) { #expect(space.derive(found.program) == found.choices) }
}

@Test func rulesWithParameters() throws {
    let p = Expr.variable("p"), q = Expr.variable("q")
    let node = Rule(name: "Node", parameters: ["p", "q"], alternatives: [Alternative(.hole("Act", [.hole("Combine", [p, q])])), Alternative(one(.sub, q, p))])
    let grammar = Grammar(
        name: "Cell", parameters: [("x", "Tensor")], resultType: "Tensor",
        rules: [
            Rule(name: "Start", alternatives: [Alternative(.hole("Node", [x, .hole("Node", [x, 1])]))]), node,
            Rule(name: "Combine", alternatives: [Alternative(.variable("add"))]), Rule(name: "Act", alternatives: [Alternative(.variable("tanh"))]),
        ])
    let texts = try #require(walk(Space(grammar))).map(\.program.text)
    #expect(texts == ["tanh(x + tanh(x + 1))", "tanh(x + (1 - x))", "tanh(x + 1) - x", "1 - x - x"])
}

@Test func functionsWrittenInPlaceAreApplied() throws {
    let rules: [(String, [Expr])] = [
        ("E", [one(.add, .hole("L"), .call(.lambda(["v"], one(.mul, v, one(.exp, v))), [.hole("L")]))]), ("L", [x, one(.sin, x)]),
    ]
    #expect(try texts(rules) == [
        "x + x * exp(x)", "x + (let v = sin(x) in v * exp(v))", "sin(x) + x * exp(x)", "sin(x) + (let v = sin(x) in v * exp(v))",
    ])
}

@Test func layersAreCalls() throws {
    let rules: [(String, [Expr])] = [("E", [.call(.call(.variable("conv"), [.hole("N"), .labelled("stride", .hole("S"))]), [x])]), ("N", [24, 36]), ("S", [1])]
    #expect(try texts(rules) == ["conv(24, stride: 1)(x)", "conv(36, stride: 1)(x)"])
    #expect(try texts([("R", [.record([.labelled("batch", .hole("B")), .labelled("layers", .list([.hole("B"), .hole("B")]))])]), ("B", [8, 16])], parameters: []).count == 8)
}
