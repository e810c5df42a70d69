import NaslExpr
import Testing

/// The machinery of canonical forms; the library's laws are tested beside the language.
@Suite struct CanonicalFormTests {
    typealias P = ExprPrintingTests
    static let a = LawTests.a, b = LawTests.b, c = LawTests.c

    static func table() throws -> LawTable {
        LawTable([
            try Law(P.add(a, b), P.add(b, a)), try Law(P.add(a, P.add(b, c)), P.add(P.add(a, b), c)),
            try Law(P.add(P.add(a, b), c), P.add(P.add(a, c), b)), try Law(P.mul(a, b), P.mul(b, a)),
            try Law(P.sub(a, a), 0), try Law(P.add(a, 0), a), try Law(P.mul(a, 0), 0), try Law(P.mul(a, 1), a),
        ])
    }

    /// All 120 orders of five terms, in all 14 ways to set brackets, have one form.
    @Test func sumsHaveOneForm() throws {
        let table = try Self.table()
        let terms: [Expr] = [P.x, P.y, 3, .apply(.sin, P.x), P.mul(P.x, P.y)]
        var forms: Set<Expr> = []
        for order in permutations(terms) { for sum in groupings(order[...]) { forms.insert(table.canonical(sum)) } }
        #expect(forms.map(\.text) == ["x * y + sin(x) + x + y + 3"])
    }

    @Test func drawsAndWeightsAreTheirOwn() throws {
        let table = try Self.table()
        #expect(table.canonical(P.sub(P.x, P.x)).text == "0")
        for part in [Expr.apply(.noise, 1), .parameter(1), .fitted, .call(.variable("dense"), [P.x])] {
            #expect(table.canonical(P.sub(part, part)) == P.sub(part, part), "two mentions of \(part)")
            let shared = Expr.binding("n", part, in: P.sub(.variable("n"), .variable("n")))
            #expect(table.canonical(shared).text == "0" || !part.isElementwise, "one, shared")
        }
        #expect(table.canonical(.binding("n", .parameter(1), in: P.mul(.variable("n"), .variable("n")))).text == "let n = param(1) in n * n")
    }

    /// In a net a tensor that disappears would take its shape with it.
    @Test func netsKeepTheirShapes() throws {
        let table = try Self.table()
        let net = Expr.call(.variable("relu_layer"), [P.add(P.mul(P.x, 1), P.sub(P.y, P.y))])
        #expect(table.canonical(net).text == "relu_layer(y - y + x)")
    }

    @Test func letsAreWrittenOut() throws {
        let table = try Self.table()
        let shared = Expr.binding("s", .apply(.sin, P.x), in: P.add(.variable("s"), .variable("s")))
        #expect(table.canonical(shared) == table.canonical(P.add(.apply(.sin, P.x), .apply(.sin, P.x))))
        let term = FunctionTerm(parameters: ["x"], body: shared)
        #expect(term.simplified(under: table).body.size <= shared.size)
    }

    @Test func longSumsEnd() throws {
        let table = try Self.table()
        let names = (0..<200).map { Expr.variable(Symbol("v\($0)")) }
        let sum = names.dropFirst().reduce(names[0], P.add)
        let reversed = names.reversed().dropFirst().reduce(names[199], P.add)
        #expect(table.canonical(sum) == table.canonical(reversed))
        let long = (0..<2_000).reduce(P.x) { sum, _ in P.add(sum, P.x) }
        #expect(table.canonical(long) == long, "left as it is")
    }

    /// Against the smallest text among all swapped forms, for all sums, products, larger and smaller of three leaves.
    @Test func sortedBySwapsAgreesWithBruteForce() {
        var terms: [Expr] = [P.x, P.y, 2]
        for _ in 0..<2 {
            terms += terms.prefix(3).flatMap { left in terms.prefix(12).flatMap { right in [Primitive.add, .sub, .max].map { Expr.apply($0, left, right) } } }
        }
        var representative: [String: Expr] = [:]
        for term in terms {
            let sorted = term.sortedBySwaps()
            #expect(swappedForms(term).contains(sorted))
            let name = swappedForms(term).map(\.text).min() ?? ""
            #expect(representative[name] ?? sorted == sorted)
            representative[name] = sorted
        }
        #expect(Set(representative.values).count == representative.count)
        #expect(representative.count > 50)
    }

    @Test func equalityBySecondOpinion() throws {
        let table = try Self.table()
        func equality(_ a: Expr, _ b: Expr) -> FunctionTerm.Equality {
            FunctionTerm(parameters: ["x", "y"], body: a).equality(with: FunctionTerm(parameters: ["y", "x"], body: b), under: table)
        }
        #expect(equality(P.add(P.x, P.y), P.add(P.x, P.y)) == .equal, "whatever the names of the parameters")
        #expect(equality(P.sub(P.x, P.y), P.sub(P.y, P.x)) == .equal)
        guard case .different(let point, let first, let second) = equality(P.sub(P.x, P.y), P.sub(P.x, P.y)) else {
            Issue.record("x - y is not y - x")
            return
        }
        #expect(first == point[0] - point[1] && second == point[1] - point[0])
        #expect(equality(.apply(.square, P.x), P.mul(P.y, P.y)) == .equal, "multiplied out")
        let e = Expr.apply(.exp, P.mul(2, P.y))
        #expect(equality(.apply(.tanh, P.x), .apply(.div, P.sub(e, 1), P.add(e, 1))) == .unknown(agreeingAt: Fingerprint.pointCount))
        #expect(equality(.apply(.noise, 1), .apply(.noise, 1)) == .unknown(agreeingAt: nil))
        #expect(equality(.apply(.log, P.sub(-1, .apply(.square, P.x))), 1) == .unknown(agreeingAt: 0))
    }

    /// What rounding does tells nothing apart: (x + 1e20) - 1e20 is x.
    @Test func roundingIsNoDifference() throws {
        let f = try Fingerprint(of: FunctionTerm(parameters: ["x"], body: P.sub(P.add(P.x, 1e20), 1e20)))
        let g = try Fingerprint(of: FunctionTerm(parameters: ["x"], body: P.x))
        #expect(f.comparison(with: g, axes: 1) == .same(points: 0))
        let h = try Fingerprint(of: FunctionTerm(parameters: ["x"], body: P.mul(P.x, .number(1 + 1e-6))))
        #expect(h.comparison(with: g, axes: 1) != .same(points: 50), "a difference in the seventh digit is one")
    }
}

private func permutations(_ terms: [Expr]) -> [[Expr]] {
    guard let first = terms.first else { return [[]] }
    return permutations(Array(terms.dropFirst())).flatMap { rest in (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) } }
}

private func groupings(_ terms: ArraySlice<Expr>) -> [Expr] {
    if terms.count == 1 { return Array(terms) }
    return (terms.startIndex + 1..<terms.endIndex).flatMap { cut in
        groupings(terms[..<cut]).flatMap { left in groupings(terms[cut...]).map { ExprPrintingTests.add(left, $0) } }
    }
}

private func swappedForms(_ term: Expr) -> [Expr] {
    let arguments = term.arguments
    guard let primitive = arguments.isEmpty ? nil : term.nodes[term.root].primitive else { return [term] }
    var forms: [[Expr]] = [[]]
    for argument in arguments { forms = forms.flatMap { form in swappedForms(argument).map { form + [$0] } } }
    if [.add, .mul, .max, .min, .equal, .notEqual].contains(primitive) { forms += forms.map { Array($0.reversed()) } }
    return forms.map { .apply(primitive, $0) }
}
