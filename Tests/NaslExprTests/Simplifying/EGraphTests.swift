import NaslExpr
import Testing

/// Classes of equal terms, and what the laws make of them.
@Suite struct EGraphTests {
    typealias P = ExprPrintingTests
    static let a = LawTests.a, b = LawTests.b, c = LawTests.c

    @Test func equalArgumentsMakeEqualTerms() {
        var graph = EGraph()
        let x = graph.insert(P.x), y = graph.insert(P.y)
        let fx = graph.insert(.apply(.sin, .apply(.exp, P.x))), fy = graph.insert(.apply(.sin, .apply(.exp, P.y)))
        #expect(graph.find(fx) != graph.find(fy))
        graph.merge(x, y)
        graph.rebuild()
        #expect(graph.find(fx) == graph.find(fy), "congruence, through two levels")
        #expect(graph.smallest(fx)?.size == 3)
    }

    @Test func swappedArgumentsAreOneNode() {
        var graph = EGraph()
        let sum = graph.insert(P.add(P.x, P.y))
        #expect(graph.insert(P.add(P.y, P.x)) == sum)
        #expect(graph.insert(P.sub(P.x, P.y)) != graph.insert(P.sub(P.y, P.x)))
    }

    @Test func numbersFold() {
        var graph = EGraph()
        let root = graph.insert(P.add(P.mul(2, 3), .apply(.log, 1)))
        graph.rebuild()
        #expect(graph.number(root) == 6)
        #expect(graph.smallest(root)?.text == "6")
        let one = graph.insert(P.x)
        graph.merge(one, graph.insert(2))
        let square = graph.insert(.apply(.square, P.x))
        graph.rebuild()
        #expect(graph.number(square) == 4, "also where an argument has become a number")
        #expect(!graph.isContradictory)
        graph.merge(root, square)
        #expect(graph.isContradictory, "6 is not 4")
        var undefined = EGraph()
        _ = undefined.insert(P.div(P.x, P.sub(1, 1)))
        #expect(undefined.isContradictory, "x / 0 is defined nowhere")
    }

    /// A law that shrinks by a way round: no step of `a * (b + c) == a * b + a * c` is smaller, the whole is.
    @Test func goesThroughLargerTerms() throws {
        let table = LawTable([
            try Law(P.mul(Self.a, Self.b), P.mul(Self.b, Self.a)), try Law(P.add(Self.a, Self.b), P.add(Self.b, Self.a)),
            try Law(P.add(P.mul(Self.a, Self.b), P.mul(Self.a, Self.c)), P.mul(Self.a, P.add(Self.b, Self.c))),
            try Law(P.sub(P.add(Self.a, Self.b), Self.b), Self.a),
        ])
        let x = P.x, y = P.y
        let term = P.sub(P.mul(x, P.add(y, .apply(.sin, x))), P.mul(x, y))
        #expect(table.canonical(term).size == term.size)
        let simple = FunctionTerm(parameters: ["x", "y"], body: term).simplified(under: table)
        #expect(simple.body.size == 4, "\(simple)")
        #expect(FunctionTerm(parameters: ["x", "y"], body: term).equality(with: simple, under: table) == .equal)
    }

    /// What needs its domain shown is not used backwards where that would make the function be defined at fewer points.
    @Test func backwardsOnlyWhereNothingIsAsked() throws {
        func isSafe(_ left: Expr, _ right: Expr, _ conditions: [Law.Condition] = []) throws -> Bool { try Law(left, right, where: conditions).isSafeBackwards }
        let a = Self.a, b = Self.b, c = Self.c
        let positive = [a, b].map { Law.Condition.comparison(.apply(.greater, $0, 0)) }
        #expect(try isSafe(P.mul(.apply(.exp, a), .apply(.exp, b)), .apply(.exp, P.add(a, b))))
        #expect(try !isSafe(P.add(.apply(.log, a), .apply(.log, b)), .apply(.log, P.mul(a, b)), positive))
        #expect(try !isSafe(.apply(.sqrt, .apply(.square, a)), .apply(.abs, a)))
        let nonzero = [Law.Condition.comparison(.apply(.notEqual, c, 0))]
        #expect(try isSafe(P.add(.apply(.div, a, c), .apply(.div, b, c)), .apply(.div, P.add(a, b), c), nonzero))
        #expect(try !isSafe(P.mul(a, 0), 0))
    }

    /// Size first, then what it costs.
    @Test func theCheaperOfTwo() {
        var graph = EGraph()
        let power = graph.insert(.apply(.exp, P.x))
        graph.merge(power, graph.insert(.apply(.sin, P.y)))
        graph.merge(power, graph.insert(.apply(.abs, P.y)))
        graph.rebuild()
        #expect(graph.smallest(power)?.text == "abs(y)")
        graph.merge(power, graph.insert(P.x))
        graph.rebuild()
        #expect(graph.smallest(power)?.text == "x")
    }
}
