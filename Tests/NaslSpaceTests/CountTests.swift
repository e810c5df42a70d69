import BigInt
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslExpr
import NaslSpace
import Testing

@Test func activationOfThePage() throws {
    #expect(try Space(activation(depth: 3)).count() == .finite(781))
    #expect(try Space(activation(depth: 3, [.fitted])).count() == .finite(4_898))
    #expect(try Space(activation(depth: 4, [.fitted])).count() == .finite(96_000_802))
    #expect(try Space(activation(depth: 3)).sites[0].alternatives.count == 13)
}

@Test func allActivationsOfThePageAreFoundByTheMasks() throws {
    let space = try Space(activation(depth: 3))
    let all = try #require(walk(space))
    #expect(all.count == 781)
    #expect(Set(all.map(\.program)).count == 781)
    #expect(all.allSatisfy { $0.program.depth <= 3 })
    #expect(abs(all.reduce(0) { $0 + exp($1.logProbability) } - 1) < 1e-12)
}

@Test func equationsAgreeWithTheirRecurrence() throws {
    // f[n]: programs of size n; g[n]: those without sin. f[n] = 3 f[n-1] + g[n-1] + 4 sum f[i] f[n-1-i].
    var f: [BigInt] = [0, 1], g: [BigInt] = [0, 1]
    for n in 2...200 {
        var pairs: BigInt = 0, plain: BigInt = 0
        for i in 1..<max(n - 1, 1) {
            pairs += f[i] * f[n - 1 - i]
            plain += g[i] * g[n - 1 - i]
        }
        f.append(3 * f[n - 1] + g[n - 1] + 4 * pairs)
        g.append(3 * g[n - 1] + 4 * plain)
    }
    for range in [4...30, 1...30, 7...7, 4...200] {
        let expected = range.reduce(into: BigInt(0)) { $0 += f[$1] }
        #expect(try Space(equation([.size(range), sinWithinSin])).count() == .finite(expected))
    }
}

@Test func infiniteAndFiniteWithoutDepthOrSize() throws {
    let tail: [(String, [Expr])] = [("E", [x, one(.sin, E)])]
    #expect(try Space(grammar(tail)).count() == .infinite)
    #expect(try Space(grammar(tail, [.require(.name("x"))])).count() == .infinite)
    // A limit on the only way to grow makes it finite.
    #expect(try Space(grammar(tail, [.count(.primitive(.sin), 0...4)])).count() == .finite(5))
    #expect(try Space(grammar(tail, [.count(.primitive(.sin), 3...Int.max)])).count() == .infinite)
    #expect(try Space(grammar(tail, [sinWithinSin])).count() == .finite(2))
    // A `let` adds no depth, so a limit on depth alone leaves endlessly many.
    let shared = Expr.binding("e", E, in: one(.add, .variable("e"), .variable("e")))
    #expect(try Space(weighted([("E", [(x, 2), (shared, 1)])], [.depth(atMost: 2)])).count() == .infinite)
    #expect(try Space(weighted([("E", [(x, 2), (shared, 1)])], [.depth(atMost: 2), .size(1...10)])).count() == .finite(4))
}

@Test func limitOnTheDepthOfOneRule() throws {
    let core = Expr.hole("Core")
    let rules: [(String, [Expr])] = [("E", [core, one(.exp, E)]), ("Core", [x, one(.sin, core)])]
    let space = try Space(grammar(rules, [.depth(atMost: 2, of: "Core"), .depth(atMost: 4)]))
    let texts = try #require(walk(space)).map(\.program.text)
    #expect(Set(texts) == ["x", "sin(x)", "exp(x)", "exp(sin(x))", "exp(exp(x))", "exp(exp(sin(x)))", "exp(exp(exp(x)))"])
    #expect(space.count() == .finite(7))
}

@Test func hugeCountsAreExact() throws {
    let space = try Space(activation(depth: 8))
    // a[d] = 1 + 8 a[d-1] + 4 a[d-1]^2
    var expected: BigInt = 1
    for _ in 2...8 { expected = 1 + 8 * expected + 4 * expected * expected }
    #expect(space.count() == .finite(expected))
    #expect(expected.description.count > 100)
}
