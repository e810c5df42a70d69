import NaslExpr
import Testing

@Test func drawsPrintAsTheyAreWritten() {
    #expect(Expr.hole("int", [1, 9]).text == "int(1..9)")
    #expect(Expr.hole("log_real", [1e-5, 0.1]).text == "log_real(1e-5..0.1)")
    #expect(Expr.hole("{}", [.hole("Layer"), 3, 6]).text == "Layer{3..6}")
    #expect(Expr.hole("{}", [.hole("Leaf"), 4, 4]).text == "Leaf{4}")
}

@Suite struct ExprPrintingTests {
    static let x: Expr = .variable("x"), y: Expr = .variable("y")
    static func add(_ a: Expr, _ b: Expr) -> Expr { .apply(.add, a, b) }
    static func sub(_ a: Expr, _ b: Expr) -> Expr { .apply(.sub, a, b) }
    static func mul(_ a: Expr, _ b: Expr) -> Expr { .apply(.mul, a, b) }
    static func div(_ a: Expr, _ b: Expr) -> Expr { .apply(.div, a, b) }
    static func pow(_ a: Expr, _ b: Expr) -> Expr { .apply(.pow, a, b) }
    static func neg(_ a: Expr) -> Expr { .apply(.neg, a) }

    /// Each term beside the one text that reads back to it.
    static let cases: [(Expr, String)] = [
        (.apply(.max, x, .apply(.tanh, x)), "max(x, tanh(x))"),
        (add(x, mul(x, y)), "x + x * y"),
        (mul(add(x, y), x), "(x + y) * x"),
        (sub(x, sub(y, x)), "x - (y - x)"),
        (sub(sub(x, y), x), "x - y - x"),
        (add(x, add(y, x)), "x + (y + x)"),
        (div(x, mul(y, x)), "x / (y * x)"),
        (.apply(.mod, x, 2), "x % 2"),
        (pow(x, 2), "x^2"),
        (pow(pow(x, 2), 3), "(x^2)^3"),
        (pow(x, pow(y, 2)), "x^y^2"),
        (pow(x, -2), "x^-2"),
        (pow(-2, x), "(-2)^x"),
        (pow(add(x, 1), 2), "(x + 1)^2"),
        (pow(.apply(.sin, x), 2), "sin(x)^2"),
        (neg(x), "-x"),
        (neg(neg(x)), "--x"),
        (neg(1), "-(1)"),
        (-1, "-1"),
        (neg(add(x, y)), "-(x + y)"),
        (neg(pow(x, 2)), "-x^2"),
        (pow(neg(x), 2), "(-x)^2"),
        (mul(neg(x), y), "-x * y"),
        (mul(x, neg(y)), "x * -y"),
        (sub(x, -1), "x - -1"),
        (.apply(.less, add(x, 1), y), "x + 1 < y"),
        (mul(.apply(.less, x, y), x), "(x < y) * x"),
        (.apply(.less, .apply(.less, x, y), x), "(x < y) < x"),
        (.apply(.equal, x, y), "x == y"),
        (.apply(.select, x, y, 0), "select(x, y, 0)"),
        (.fitted, "const"),
        (mul(.parameter(1), x), "param(1) * x"),
        (.binding("a", .apply(.sin, x), in: add(.variable("a"), .variable("a"))), "let a = sin(x) in a + a"),
        (mul(.binding("a", x, in: .variable("a")), 2), "(let a = x in a) * 2"),
        (.binding("a", .binding("b", x, in: .variable("b")), in: .variable("a")), "let a = (let b = x in b) in a"),
        (.lambda(["x"], mul(x, x)), "x -> x * x"),
        (.lambda(["x", "y"], add(x, y)), "(x, y) -> x + y"),
        (.lambda([], 1), "() -> 1"),
        (.call(.variable("f"), [x, .labelled("lr", 0.1)]), "f(x, lr: 0.1)"),
        (.call(.lambda(["x"], x), [1]), "(x -> x)(1)"),
        (.call(.call(.variable("dense"), [64]), [x]), "dense(64)(x)"),
        (.list([x, 1, .list([])]), "[x, 1, []]"),
        (.record([.labelled("lr", 0.1), .labelled("beta", 0.9)]), "(lr: 0.1, beta: 0.9)"),
        (.field(.variable("r"), "lr"), "r.lr"),
        (.index(.variable("l"), add(x, 1)), "l[x + 1]"),
        (pow(.index(.variable("l"), 0), 2), "l[0]^2"),
        (.compose(.compose(.variable("f"), .variable("g")), .variable("h")), "f >> g >> h"),
        (.compose(.variable("f"), .compose(.variable("g"), .variable("h"))), "f >> (g >> h)"),
        (.text("a \"b\"\\\n\t"), #""a \"b\"\\\n\t""#),
        (add(.hole("E"), .hole("Act", [x])), "E + Act(x)"),
    ]

    @Test(arguments: cases.indices)
    func printsAs(_ number: Int) {
        let (term, text) = Self.cases[number]
        #expect(term.text == text)
        #expect("\(term)" == text)
    }

    /// Terms of equal text are equal terms, and the other way round.
    @Test func textsTellTermsApart() {
        #expect(Set(Self.cases.map(\.1)).count == Self.cases.count)
        #expect(Set(Self.cases.map(\.0)).count == Self.cases.count)
    }

    @Test func childrenStandInOrder() {
        let term = Expr.apply(.select, Self.x, Self.add(Self.y, 1), 2)
        #expect(term.arguments.map(\.text) == ["x", "y + 1", "2"])
        #expect(term.subterm(at: term.children(of: term.root)[1]).text == "y + 1")
    }
}
