import NaslExpr
import NaslSpace
import Testing

@Test func swishIsAnActivationWhateverItsParameterIsCalled() throws {
    let space = try Space(activation(depth: 3))
    let swish = FunctionTerm(parameters: ["z"], body: one(.mul, .variable("z"), one(.sigmoid, .variable("z"))))
    #expect(space.derive(swish) == [10, 0, 7, 0])
    #expect(space.derive(FunctionTerm(parameters: ["x"], body: one(.mul, x, one(.sigmoid, .variable("z"))))) == nil)
    #expect(space.derive(FunctionTerm(parameters: ["x", "y"], body: x)) == nil)
    #expect(space.derive(FunctionTerm(parameters: [], body: x)) == nil)
    #expect(space.derive(one(.mul, x, 2)) == nil)
    #expect(space.derive(one(.sin, one(.sin, one(.sin, x)))) == nil)  // depth 4
    #expect(space.derive(one(.cos, x)) == nil)
}

@Test func parametersArePositionsNotNames() throws {
    let space = try Space(grammar([("E", [one(.sub, .variable("a"), .variable("b"))])], parameters: ["a", "b"]))
    func body(_ first: String, _ second: String) -> Expr { one(.sub, .variable(Symbol(first)), .variable(Symbol(second))) }
    #expect(space.derive(FunctionTerm(parameters: ["b", "a"], body: body("b", "a"))) == [0])
    #expect(space.derive(FunctionTerm(parameters: ["b", "a"], body: body("a", "b"))) == nil)
}

@Test func boundNamesMeanWhatTheyAreBoundTo() throws {
    let e = Expr.variable("e")
    let space = try Space(grammar([("E", [.binding("e", .hole("L"), in: one(.add, e, one(.mul, e, .hole("L"))))]), ("L", [x, one(.sin, x)])]))
    func program(_ name: Symbol, _ last: Expr) -> Expr {
        .binding(name, one(.sin, x), in: one(.add, .variable(name), one(.mul, .variable(name), last)))
    }
    #expect(space.derive(program("e", x)) == [0, 1, 0])
    #expect(space.derive(program("other", x)) == [0, 1, 0])
    // Here the last `x` is the bound one, which the grammar cannot draw.
    #expect(space.derive(program("x", x)) == nil)
    #expect(space.derive(program("e", e)) == nil)
    #expect(space.derive(program("e", .variable("free"))) == nil)
}

@Test func constraintsDecideMembership() throws {
    let space = try Space(equation([.size(4...30), sinWithinSin]))
    let good = one(.sub, one(.mul, one(.sin, one(.mul, x, x)), one(.cos, x)), x)
    #expect(space.derive(good) != nil)
    #expect(space.derive(one(.add, x, x)) == nil)  // size 3
    #expect(space.derive(one(.sin, one(.add, x, one(.cos, one(.sin, x))))) == nil)
}

@Test func theFirstOfSeveralDerivations() throws {
    let space = try Space(grammar([("E", [one(.add, .hole("A"), .hole("B")), one(.add, .hole("B"), .hole("A"))]), ("A", [1, x]), ("B", [x, 1])]))
    #expect(space.derive(one(.add, 1, x)) == [0, 0, 0])
    #expect(space.derive(one(.add, x, 1)) == [0, 1, 1])
    #expect(space.count() == .finite(8))
}

@Test func constantsAndWeightsMatchTheirKind() throws {
    let space = try Space(grammar([("E", [one(.add, .fitted, .parameter(1)), .text("a"), .index(x, 1), .field(x, "size"), .compose(.variable("f"), .hole("E"))])]))
    var fitted = one(.add, .fitted, .parameter(1))
    fitted.nodes[0].value = 3.25  // its present value is no part of the program
    #expect(space.derive(fitted) == [0])
    #expect(space.derive(one(.add, .fitted, .parameter(2))) == nil)
    #expect(space.derive(.text("a")) == [1])
    #expect(space.derive(.text("b")) == nil)
    #expect(space.derive(.compose(.variable("f"), .index(x, 1))) == [4, 2])
    #expect(space.derive(.field(x, "count")) == nil)
}
