import NaslExpr
import Testing

@Suite struct ExprMeasuresTests {
    typealias P = ExprPrintingTests

    /// Term, size, depth.
    static let cases: [(Expr, Int, Int)] = [
        (P.x, 1, 1),
        (2, 1, 1),
        (.parameter(1), 1, 1),
        (.apply(.max, P.x, .apply(.tanh, P.x)), 4, 3),
        (P.neg(P.x), 2, 2),
        (P.add(P.mul(P.x, P.x), P.y), 5, 3),
        // A let counts its two parts and is as deep as the deeper one.
        (.binding("a", .apply(.sin, .apply(.sin, P.x)), in: P.add(.variable("a"), .variable("a"))), 6, 3),
        // A call counts 1 for its name; labels are free.
        (.call(.variable("f"), [P.x, .labelled("lr", 0.1)]), 3, 2),
        (.call(.call(.variable("dense"), [64]), [P.x]), 3, 2),
        (.lambda(["x"], P.mul(P.x, P.x)), 4, 3),
        (.lambda(["x", "y"], P.mul(P.x, P.y)), 4, 3),
        (.list([P.x, 1]), 3, 2),
        (.record([.labelled("lr", 0.1), .labelled("beta", P.add(P.x, 1))]), 5, 3),
        (.index(.list([P.x]), 0), 4, 3),
        (.compose(.variable("f"), .variable("g")), 3, 2),
    ]

    @Test(arguments: cases.indices)
    func sizeAndDepth(_ number: Int) {
        let (term, size, depth) = Self.cases[number]
        #expect(term.size == size, "\(term)")
        #expect(term.depth == depth, "\(term)")
    }
}
