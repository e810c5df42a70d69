import NaslExpr
import Testing

@Suite struct ExprSubstitutionTests {
    typealias P = ExprPrintingTests
    let a: Expr = .variable("a"), f: Expr = .variable("f")

    @Test func replacesFreeNamesOnly() {
        let term = P.add(P.x, .binding("x", P.x, in: P.mul(P.x, P.y)))
        #expect(term.substituting(["x": 2]).text == "2 + (let x = 2 in x * y)")
        let lambda = Expr.call(.lambda(["x"], P.add(P.x, P.y)), [P.x])
        #expect(lambda.substituting(["x": 3, "y": 4]).text == "(x -> x + 4)(3)")
        #expect(term.substituting([:]) == term)
    }

    /// A bound name that would capture one of the replacement's is renamed.
    @Test func capturesNothing() {
        let term = Expr.binding("a", 1, in: P.add(a, P.x))
        #expect(term.substituting(["x": a]).text == "let a2 = 1 in a2 + a")
        let lambda = Expr.lambda(["a"], P.add(a, P.x))
        #expect(lambda.substituting(["x": P.mul(a, 2)]).text == "a2 -> a2 + a * 2")
    }

    @Test func countsFreeOccurrences() {
        let term = P.add(P.x, P.add(.binding("x", P.x, in: P.mul(P.x, P.x)), .lambda(["x"], P.x)))
        #expect(term.occurrences(of: "x") == 2)
        #expect(term.occurrences(of: "z") == 0)
        #expect(term.mentions("x") && !term.mentions("z"))
    }

    @Test func argumentsThatAreUsedTwiceAreShared() {
        let square = FunctionTerm(parameters: ["u"], body: P.mul(.variable("u"), .variable("u")))
        #expect(square.applied(to: [P.x]).text == "x * x")
        #expect(square.applied(to: [.apply(.sin, P.x)]).text == "let u = sin(x) in u * u")
        #expect(square.applied(to: [.apply(.sin, .variable("u"))]).text == "let u2 = sin(u) in u2 * u2")
        let once = FunctionTerm(parameters: ["u"], body: .apply(.exp, .variable("u")))
        #expect(once.applied(to: [.apply(.sin, P.x)]).text == "exp(sin(x))")
    }
}
