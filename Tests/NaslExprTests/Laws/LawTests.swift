import NaslExpr
import Testing

@Suite struct LawTests {
    typealias P = ExprPrintingTests
    static let a = Expr.hole("?a"), b = Expr.hole("?b"), c = Expr.hole("?c"), m = Expr.hole("?m"), n = Expr.hole("?n"), anything = Expr.hole("_")

    private static func mistake(_ left: Expr, _ right: Expr, where conditions: [Law.Condition] = []) -> LawMistake? {
        do {
            _ = try Law(left, right, where: conditions)
            return nil
        } catch { return error }
    }

    @Test func swapsAndShrinking() {
        let (a, b, c) = (Self.a, Self.b, Self.c)
        #expect(Self.mistake(P.add(a, b), P.add(b, a)) == nil)
        #expect(Self.mistake(P.add(a, P.add(b, c)), P.add(P.add(a, b), c)) == nil)
        #expect(Self.mistake(.apply(.sin, .apply(.neg, a)), .apply(.neg, .apply(.sin, a))) == nil)
        #expect(Self.mistake(P.add(a, a), P.mul(2, a)) == nil, "never larger, and smaller where `?a` is more than a name")
        #expect(Self.mistake(.apply(.left, a, Self.anything), a) == nil)
    }

    @Test func noLaw() {
        let (a, b) = (Self.a, Self.b)
        #expect(Self.mistake(a, P.add(a, 0)) == .nothingToFind)
        #expect(Self.mistake(.apply(.exp, .apply(.neg, a)), P.div(1, .apply(.exp, a))) == .grows)
        #expect(Self.mistake(.apply(.square, P.add(a, 1)), P.add(P.mul(a, a), 1)) == .grows, "it uses `?a` twice")
        #expect(Self.mistake(.apply(.greater, a, b), .apply(.less, b, a)) == .neither)
        #expect(Self.mistake(P.mul(a, 0), P.mul(0, b)) == .unknownPlaceholder("?b"))
        #expect(Self.mistake(P.mul(a, 0), 0, where: [.number("?n")]) == .unknownPlaceholder("?n"))
        #expect(Self.mistake(.apply(.left, a, Self.anything), Self.anything) == .unknownPlaceholder("_"))
        #expect(Self.mistake(.apply(.noise, a), a) == .notElementwise("noise(?a)"))
        #expect(Self.mistake(.apply(.log, .apply(.neg, .apply(.exp, a))), 1) == .neverDefined)
    }

    @Test func falseLawsShowAPoint() throws {
        guard case .isFalse(let point, let left, let right) = Self.mistake(.apply(.relu, Self.a), Self.a) else {
            Issue.record("relu(?a) == ?a is not true")
            return
        }
        #expect(point.count == 1 && point[0].name == "?a" && point[0].value < 0 && left == 0 && right == point[0].value)
        let nonnegative = Law.Condition.comparison(.apply(.greaterOrEqual, Self.a, 0))
        #expect(Self.mistake(.apply(.relu, Self.a), Self.a, where: [nonnegative]) == nil)
    }

    /// Where the right side is defined less often, values would be lost.
    @Test func theDomainMayNotShrink() {
        guard case .isFalse(_, let left, let right) = Self.mistake(.apply(.tanh, .apply(.abs, Self.a)), .apply(.log, Self.a)) else {
            Issue.record("no law")
            return
        }
        #expect(left.isFinite && (right.isNaN || right != left))
        guard case .isFalse = Self.mistake(P.sub(.apply(.square, .apply(.square, Self.a)), .apply(.square, .apply(.square, Self.a))), P.sub(.apply(.log, Self.a), .apply(.log, Self.a))) else {
            Issue.record("0 is defined everywhere, log(?a) - log(?a) is not")
            return
        }
    }

    /// `exp(log(?a))` is only defined where the law holds; `abs(?a)` everywhere.
    @Test func domainsAreProvenWhereTheyMatter() throws {
        let x = P.x
        let positive = Law.Condition.comparison(.apply(.greater, Self.a, 0))
        let table = LawTable([try Law(.apply(.exp, .apply(.log, Self.a)), Self.a, where: [positive]), try Law(.apply(.abs, Self.a), Self.a, where: [positive])])
        #expect(table.canonical(.apply(.exp, .apply(.log, x))).text == "x")
        #expect(table.canonical(.apply(.abs, x)).text == "abs(x)")
        #expect(table.canonical(.apply(.abs, .apply(.sigmoid, x))).text == "sigmoid(x)")
        #expect(table.canonical(.apply(.abs, P.add(.apply(.square, x), 1))).text == "square(x) + 1")
        #expect(table.canonical(.apply(.abs, .apply(.square, x))).text == "abs(square(x))", "it may be 0")
    }

    /// What is computed from literal numbers has to be exact.
    @Test func literalNumbers() throws {
        let table = LawTable([try Law(P.mul(P.mul(Self.a, Self.m), Self.n), P.mul(Self.a, P.mul(Self.m, Self.n)), where: [.number("?m"), .number("?n")])])
        #expect(table.canonical(P.mul(P.mul(P.x, 2), 3)).text == "x * 6")
        #expect(table.canonical(P.mul(P.mul(P.x, 0.1), 3)).text == "x * 0.1 * 3", "0.1 * 3 is rounded")
        #expect(table.canonical(P.mul(P.mul(P.x, P.y), 3)).text == "x * y * 3")
        #expect(table.canonical(P.mul(P.add(1, 2), .apply(.sin, 1))).text == numberText(3 * FunctionTerm(parameters: [], body: .apply(.sin, 1)).valueOrNaN))
        #expect(table.canonical(P.div(1, 0)).text == "1 / 0", "not finite")
    }
}

extension FunctionTerm {
    fileprivate var valueOrNaN: Double { (try? value(at: [])) ?? .nan }
}
