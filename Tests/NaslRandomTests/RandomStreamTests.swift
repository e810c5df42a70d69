import NaslRandom
import Testing

@Suite struct RandomStreamTests {
    static func draws(_ stream: RandomStream, _ count: Int = 4) -> [UInt64] {
        var stream = stream
        return (0..<count).map { _ in stream.next() }
    }

    @Test func oneAddressOneStream() {
        #expect(Self.draws(RandomStream(seed: 1, "child", 3)) == Self.draws(RandomStream(seed: 1, "child", 3)))
    }

    /// Streams of other seeds, names, numbers, orders and lengths of address have nothing in common.
    @Test func otherAddressesOtherStreams() {
        let streams = [
            RandomStream(seed: 1), RandomStream(seed: 2), RandomStream(seed: 1, "child"), RandomStream(seed: 1, "policy"),
            RandomStream(seed: 1, "child", 0), RandomStream(seed: 1, "child", 1), RandomStream(seed: 1, 0, "child"),
            RandomStream(seed: 1, 0), RandomStream(seed: 1, 0, 0), RandomStream(seed: 1, 1, 0), RandomStream(seed: 1, 0, 1),
            RandomStream(seed: -1), RandomStream(seed: 1, ""),
        ]
        #expect(Set(streams.flatMap { Self.draws($0) }).count == 4 * streams.count)
    }

    @Test func uniformLiesInItsRange() {
        var stream = RandomStream(seed: 1)
        let draws = (0..<10_000).map { _ in stream.uniform() }
        #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
        let mean = draws.reduce(0, +) / 10_000
        #expect(abs(mean - 0.5) < 4 * (1.0 / 12 / 10_000).squareRoot())
    }

    @Test(arguments: [1, 2, 3, 10, 1000])
    func belowIsEven(_ bound: Int) {
        var stream = RandomStream(seed: 7)
        var counts = [Int](repeating: 0, count: bound)
        let draws = 20_000
        for _ in 0..<draws { counts[stream.below(bound)] += 1 }
        // Chi-square, against five deviations above its mean.
        let expected = Double(draws) / Double(bound)
        let statistic = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(statistic <= Double(bound - 1) + 5 * (2 * Double(bound)).squareRoot())
    }

    @Test func belowTakesTheLargestBound() {
        var stream = RandomStream(seed: 3)
        #expect((0..<100).allSatisfy { _ in (0..<Int.max).contains(stream.below(.max)) })
    }

    @Test func normalHasItsMoments() {
        var stream = RandomStream(seed: 5)
        let draws = (0..<20_000).map { _ in stream.normal() }
        let mean = draws.reduce(0, +) / 20_000
        let square = draws.reduce(0) { $0 + $1 * $1 } / 20_000
        let fourth = draws.reduce(0) { $0 + $1 * $1 * $1 * $1 } / 20_000
        #expect(abs(mean) < 0.03 && abs(square - 1) < 0.05 && abs(fourth - 3) < 0.35)
        #expect(draws.allSatisfy { $0.isFinite })
    }

    @Test func permutationsHoldEachIndexOnce() {
        var stream = RandomStream(seed: 9)
        var firsts: Set<Int> = []
        for _ in 0..<200 {
            let order = stream.permutation(7)
            #expect(order.sorted() == Array(0..<7))
            firsts.insert(order[0])
        }
        #expect(firsts.count == 7)
        #expect(stream.permutation(0).isEmpty)
    }
}
