import BigInt
import NaslExpr
import NaslRandom
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

    private let equalArguments = Constraint.Kind.forbid(one(.sub, .hole("?a"), .hole("?a")))

    @Test func twoEqualDrawsAreKeptApart() throws {
        let grammar = grammar([("E", [x, .variable("y"), one(.sin, E), one(.sub, E, E)])], [.size(1...6), equalArguments], parameters: ["x", "y"])
        let space = try Space(grammar)
        let brute = try #require(BruteForce(grammar, most: 50_000))
        let expected = brute.programs
        #expect(space.count() == .finite(BigInt(expected.count)))
        #expect(Set(space.programs.map(\.choices)) == Set(expected.map(\.choices)))
        #expect(space.countPrinted() == space.count())
        var stream = RandomStream(seed: 4)
        for _ in 0..<300 {
            let sample = space.sample(&stream)
            #expect(holds(equalArguments, sample.program), "\(sample.program)")
            #expect(abs(space.logProbability(sample.choices) - sample.logProbability) < 1e-12)
        }
        // `x - x` is all that could be drawn there.
        #expect(try Space(NaslSpaceTests.grammar([("E", [x, one(.sub, E, E)])], [.depth(atMost: 5), equalArguments])).count() == .finite(1))
    }

    @Test(arguments: [
        // Two derivations of one program, no limit, different rules.
        ([("E", [x, .hole("F"), one(.sub, E, E)]), ("F", [x, one(.sin, x)])], [Constraint.Kind.depth(atMost: 3)], "these two draws cannot be kept apart"),
        ([("E", [x, one(.sin, E), one(.sub, E, E)])], [], "two equal draws can be forbidden only in a space that can be numbered"),
        ([("E", [x, one(.sin, E), one(.sub, E, .hole("F"))]), ("F", [x, one(.cos, E)])], [.depth(atMost: 3)], "these two draws cannot be kept apart"),
    ] as [([(String, [Expr])], [Constraint.Kind], String)])
    func twoEqualDrawsAreRefusedNotSkipped(_ rules: [(String, [Expr])], _ limits: [Constraint.Kind], _ title: String) {
        #expect {
            _ = try Space(grammar(rules, limits + [equalArguments]))
        } throws: { ($0 as? GrammarError)?.issues.first { !$0.isWarning }?.title == title }
    }

    @Test func limitsOfAnIncludedGrammarHoldForEachOfItsPrograms() throws {
        var inner = grammar([("E", [x, one(.sin, E), one(.add, E, E)])], [.size(1...3), .require(.primitive(.sin))])
        inner.name = "A"
        let pair = Grammar.record("Pair", [("f", inner), ("g", inner)])
        // sin(x) and sin(sin(x)), twice.
        #expect(try Space(pair).count() == .finite(4))
    }
}
