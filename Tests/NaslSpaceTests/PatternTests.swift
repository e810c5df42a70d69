import BigInt
import NaslExpr
import NaslSpace
import Testing

@Suite struct PatternTests {
    private let rules: [(String, [Expr])] = [("E", [x, one(.neg, E), one(.sin, E), one(.sub, E, x)])]

    @Test func aFormIsForbiddenWhereverItStands() throws {
        let space = try Space(grammar(rules, [.depth(atMost: 3), .forbid(one(.neg, one(.neg, .hole("_"))))]))
        let texts = try #require(walk(space)).map(\.program.text)
        #expect(texts.count == 12)
        #expect(!texts.contains("--x") && texts.contains("-sin(x)"))
        #expect(space.derive(one(.neg, one(.neg, x))) == nil)
    }

    @Test func aDrawIsKeptFromTheFixedTermBesideIt() throws {
        let space = try Space(grammar(rules, [.depth(atMost: 2), .forbid(one(.sub, .hole("?a"), .hole("?a")))]))
        #expect(try #require(walk(space)).map(\.program.text) == ["x", "-x", "sin(x)"])
    }

    @Test func twoEqualDrawsAreRefusedNotSkipped() {
        #expect {
            _ = try Space(grammar([("E", [x, one(.sub, E, E)])], [.depth(atMost: 3), .forbid(one(.sub, .hole("?a"), .hole("?a")))]))
        } throws: { ($0 as? GrammarError)?.issues.map(\.title) == ["two equal draws cannot be forbidden yet"] }
    }

    @Test func limitsOfAnIncludedGrammarHoldForEachOfItsPrograms() throws {
        var inner = grammar([("E", [x, one(.sin, E), one(.add, E, E)])], [.size(1...3), .require(.primitive(.sin))])
        inner.name = "A"
        let pair = Grammar.record("Pair", [("f", inner), ("g", inner)])
        // sin(x) and sin(sin(x)), twice.
        #expect(try Space(pair).count() == .finite(4))
    }
}
