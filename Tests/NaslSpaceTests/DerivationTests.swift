import NaslExpr
import NaslSpace
import Testing

@Test func whatAPolicySees() throws {
    let space = try Space(activation(depth: 3))
    var derivation = space.derivation()
    let start = try #require(derivation.decision)
    #expect(start.site == 0 && start.parent == nil && start.sibling == nil && start.depth == 0 && start.slot == 0)
    #expect(start.allowed == Array(repeating: true, count: 13))
    #expect(start.priors == [0.25] + Array(repeating: 0.0625, count: 12))
    let taken1 = derivation.choose(9)
    #expect(taken1)  // E + E
    let left = try #require(derivation.decision)
    #expect(left.parent == .init(site: 0, alternative: 9) && left.sibling == nil && left.slot == 0 && left.depth == 1)
    let taken2 = derivation.choose(10)
    #expect(taken2)  // E * E
    let inner = try #require(derivation.decision)
    #expect(inner.parentAlternative == 10 && inner.siblingAlternative == nil && inner.depth == 2)
    #expect(inner.forced == 0)
    #expect(inner.allowed == [true] + Array(repeating: false, count: 12))
    let taken3 = derivation.choose(1)
    #expect(!taken3)
    #expect(derivation.choices == [9, 10])
    let taken4 = derivation.choose(0)
    #expect(taken4)
    #expect(derivation.decision?.sibling == .init(site: 0, alternative: 0))
    #expect(derivation.decision?.slot == 1)
    let taken5 = derivation.choose(0)
    #expect(taken5)
    let right = try #require(derivation.decision)
    #expect(right.parentAlternative == 9 && right.siblingAlternative == 10 && right.slot == 1 && right.depth == 1)
    #expect(derivation.program == nil)
    let taken6 = derivation.choose(5)
    #expect(taken6)
    let taken7 = derivation.choose(0)
    #expect(taken7)
    #expect(derivation.isComplete && derivation.decision == nil)
    let taken8 = derivation.choose(0)
    #expect(!taken8)
    #expect(derivation.program?.text == "x * x + exp(x)")
    #expect(derivation.choices == [9, 10, 0, 0, 5, 0])
}

@Test func copiesOfADerivationGoTheirOwnWays() throws {
    let space = try Space(activation(depth: 2))
    var one = space.derivation()
    one.choose(9)
    var other = one
    one.choose(0)
    one.choose(0)
    #expect(one.program?.text == "x + x")
    #expect(other.choices == [9])
    #expect(other.decision?.sibling == nil)
    other.choose(0)
    #expect(other.decision?.sibling?.alternative == 0)
}

@Test func priorsAreRenormalised() throws {
    let space = try Space(weighted([("E", [(x, 3), (1, 1), (one(.sin, E), 4), (one(.add, E, E), 8)])], [.size(3...3), .require(.name("x"))]))
    var derivation = space.derivation()
    #expect(derivation.decision?.priors == [0, 0, 4.0 / 12, 8.0 / 12])
    derivation.choose(3)
    #expect(derivation.decision?.priors == [0.75, 0.25, 0, 0])
    derivation.choose(1)
    #expect(derivation.decision?.priors == [1, 0, 0, 0])  // only `x` can fulfil the `require` now
    derivation.choose(0)
    #expect(derivation.program?.text == "1 + x")
}

@Test func deepProgramsNeedNoDeepStack() throws {
    let space = try Space(grammar([("E", [x, one(.sin, E)])]))
    let choices = Array(repeating: 1, count: 200_000) + [0]
    let sample = try space.replay(choices)
    #expect(sample.program.nodes.count == 200_001)
    #expect(sample.program.depth == 200_001)
    #expect(space.derive(sample.program) == choices)
}

@Test func sitesAreTheRules() throws {
    let space = try Space(weighted([("E", [(x, 2), (.hole("F", [E]), 1)]), ("F", [(.variable("id"), 1), (.lambda(["v"], one(.pow, .variable("v"), 3)), 0.5)])]))
    #expect(space.sites.map(\.name.text) == ["E", "F"])
    #expect(space.sites[0].alternatives == ["x", "F(E)"])
    #expect(space.sites[1].alternatives == ["id", "v -> v^3"])
    #expect(space.sites[1].weights == [1, 0.5])
    #expect(space.sites.allSatisfy { $0.kind == .rule })
}

@Test func aLongDerivationFinishesWithFewChoices() throws {
    let space = try Space(weighted([("E", [(one(.add, E, E), 1), (1, 4), (one(.sin, .hole("X")), 1)]), ("X", [(x, 1)])], [.require(.name("x")), sinWithinSin]))
    var derivation = space.derivation()
    for _ in 0..<1_000 { derivation.choose(0) }
    #expect(derivation.decision?.allowed == [true, true, true])
    derivation.finish()
    #expect(derivation.isComplete)
    // 1,001 leaves, of which the last had to be `sin(x)`.
    #expect(derivation.choices.count == 1_000 + 1_001 + 1)
    #expect(derivation.program?.size == 1_000 + 1_001 + 1)
    var short = space.derivation()
    short.finish()
    #expect(short.program?.text == "sin(x)")
    short.finish()
    #expect(short.choices == [2, 0])
}
