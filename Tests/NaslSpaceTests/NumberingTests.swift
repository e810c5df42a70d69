import BigInt
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

@Test func programsAreNumberedBySizeThenChoices() throws {
    let space = try Space(activation(depth: 3))
    let all = Array(space.programs)
    #expect(all.count == 781)
    #expect(all.prefix(3).map(\.program.text) == ["x", "-x", "abs(x)"])
    let keys = all.map { [$0.program.size] + $0.choices }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    for (number, sample) in all.enumerated() {
        #expect(space.choices(at: BigInt(number)) == sample.choices)
        #expect(space.index(of: sample.choices) == BigInt(number))
    }
    #expect(space.choices(at: 781) == nil)
    #expect(space.choices(at: -1) == nil)
    #expect(space.index(of: [0, 0]) == nil)
}

@Test func programsAreCountedUpToSwaps() throws {
    let names = Primitive.commutative
    #expect(try Space(activation(depth: 3)).countPrinted(upToSwapsOf: names) == .finite(469))
    #expect(try Space(activation(depth: 3, [.fitted])).count() == .finite(4_898))
    #expect(try Space(activation(depth: 3, [.fitted])).countPrinted(upToSwapsOf: names) == .finite(2_102))
    #expect(try Space(activation(depth: 4, [.fitted])).count() == .finite(96_000_802))
    #expect(try Space(activation(depth: 4, [.fitted])).countPrinted(upToSwapsOf: names) == .finite(8_857_830))
    #expect(try Space(activation(depth: 4, [.fitted])).countPrinted() == .finite(96_000_802))
}

@Test func membersOfHugeSpacesAreRankedAndUnranked() throws {
    let space = try Space(equation([.size(4...40), sinWithinSin]))
    guard case .finite(let total) = space.count() else { return }
    #expect(total > BigInt(10).power(30))
    var stream = RandomStream(seed: 3, "rank")
    for _ in 0..<200 {
        let index = BigInt(stream.next()) * BigInt(stream.next()) * BigInt(stream.next()) % total
        let choices = try #require(space.choices(at: index))
        #expect(space.index(of: choices) == index)
        #expect(try space.replay(choices).program.size >= 4)
    }
}

@Test func infiniteSpacesHaveFirstPrograms() throws {
    let space = try Space(weighted([("E", [(x, 4), (one(.sin, E), 1), (one(.add, E, E), 1)])]))
    #expect(space.count() == .infinite)
    #expect(space.programs.prefix(4).map(\.program.text) == ["x", "sin(x)", "sin(sin(x))", "x + x"])
    let choices = try #require(space.choices(at: 1_000_000))
    #expect(space.index(of: choices) == 1_000_000)
    var stream = RandomStream(seed: 1)
    #expect(space.uniformChoices(&stream) == nil)
}

@Test func everyDerivationIsEquallyLikely() throws {
    let space = try Space(activation(depth: 3))
    var stream = RandomStream(seed: 1, "uniform")
    var counts = [Int](repeating: 0, count: 781)
    for _ in 0..<100_000 {
        let choices = try #require(space.uniformChoices(&stream))
        counts[Int(try #require(space.index(of: choices)))] += 1
    }
    let expected = 100_000.0 / 781
    let chiSquare = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    // 780 degrees of freedom: mean 780, deviation 39.5; the seed is fixed.
    #expect(abs(chiSquare - 780) < 4 * 39.5, "\(chiSquare)")
}
