#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

/// 40,000 draws of a space against its exact probabilities: the chi-square statistic has mean `cells - 1` and deviation
/// sqrt(2 (cells - 1)); six deviations are generous.
private func chiSquareFits(_ space: Space, seed: Int) throws -> Bool {
    let all = try #require(walk(space))
    let draws = 40_000
    var seen: [[Int]: Int] = [:]
    var stream = RandomStream(seed: seed, "chi-square")
    for _ in 0..<draws { seen[space.sample(&stream).choices, default: 0] += 1 }
    #expect(Set(seen.keys).isSubset(of: Set(all.map(\.choices))))
    var statistic = 0.0, cells = 0.0
    var rare = (expected: 0.0, seen: 0.0)
    for found in all {
        let expected = exp(found.logProbability) * Double(draws), count = Double(seen[found.choices] ?? 0)
        if expected < 5 {
            rare = (rare.expected + expected, rare.seen + count)
        } else {
            statistic += (count - expected) * (count - expected) / expected
            cells += 1
        }
    }
    if rare.expected > 5 {
        statistic += (rare.seen - rare.expected) * (rare.seen - rare.expected) / rare.expected
        cells += 1
    }
    #expect(cells > 10)
    return abs(statistic - (cells - 1)) < 6 * (2 * (cells - 1)).squareRoot()
}

@Test func samplesFollowTheWeights() throws {
    #expect(try chiSquareFits(Space(activation(depth: 3)), seed: 1))
    #expect(try chiSquareFits(Space(equation([.size(1...4), sinWithinSin, .count(.primitive(.log), 0...1)])), seed: 2))
    let v = Expr.variable("v")
    let functions = weighted([
        ("E", [(x, 2), (1, 1), (.hole("F", [E]), 3)]),
        ("F", [(.variable("neg"), 1), (.lambda(["v"], one(.mul, v, v)), 2), (.lambda(["v"], one(.add, one(.sin, v), v)), 1)]),
    ], [.size(1...12), .require(.name("x"))])
    #expect(try chiSquareFits(Space(functions), seed: 3))
}

@Test func theSameSeedGivesTheSameProgramsOnAnyThread() async throws {
    let space = try Space(equation([.size(4...30), sinWithinSin]))
    func programs() -> [Sample] {
        (0..<200).map { slot in
            var stream = RandomStream(seed: 5, "policy", .number(slot))
            return space.sample(&stream)
        }
    }
    let fresh = try Space(equation([.size(4...30), sinWithinSin]))
    let results = await withTaskGroup(of: [Sample].self) { group in
        for _ in 0..<4 { group.addTask { programs() } }
        return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 4)
    for result in results { #expect(result == results[0]) }
    for (slot, sample) in results[0].enumerated() {
        var stream = RandomStream(seed: 5, "policy", .number(slot))
        #expect(fresh.sample(&stream) == sample)
        #expect((4...30).contains(sample.program.size))
        #expect(holds(sinWithinSin, sample.program))
    }
}

@Test func everySampleIsReplayedAndDerived() throws {
    let spaces = [
        try Space(activation(depth: 6)), try Space(equation([.size(4...30), sinWithinSin])),
        try Space(equation([.size(4...60), sinWithinSin, .count(.primitive(.div), 1...3), .require(.primitive(.log))])),
    ]
    for (number, space) in spaces.enumerated() {
        var stream = RandomStream(seed: 11, "samples", .number(number))
        for _ in 0..<400 {
            let sample = space.sample(&stream)
            #expect(try space.replay(sample.choices) == sample)
            #expect(space.derive(sample.program) == sample.choices)
            #expect(space.logProbability(sample.choices) == sample.logProbability)
            #expect(space.grammar.constraints.allSatisfy { holds($0.kind, sample.program) })
        }
    }
}

@Test func choicesThatAreNoDerivation() throws {
    let space = try Space(activation(depth: 2))
    #expect(space.sites[0].alternatives[9] == "E + E")
    func message(_ choices: [Int]) -> String {
        do {
            return try space.replay(choices).program.text
        } catch { return error.description }
    }
    #expect(message([9, 0, 0]) == "x + x")
    #expect(message([9, 0]) == "2 choices leave the program unfinished")
    #expect(message([9, 0, 9]) == "choice 3 is 9, `E + E`, which is not possible there")
    #expect(message([9, 13]) == "choice 2 is 13, but `E` has 13 alternatives, numbered from 0")
    #expect(message([-1]) == "choice 1 is -1, but `E` has 13 alternatives, numbered from 0")
    #expect(message([0, 0]) == "the program is complete after 1 choice, but 2 are given")
    #expect(space.logProbability([9, 0]) == -.infinity)
    #expect(space.logProbability([9, 0, 9]) == -.infinity)
    #expect(abs(space.logProbability([9, 0, 0]) - log(1.0 / 16)) < 1e-12)
}

@Test func endlessSamplesAreFinished() throws {
    // One new draw per draw: about one program in a thousand would need more than a million choices, and the mean has no bound.
    let space = try Space(grammar([("E", [x, one(.add, E, E)])]))
    #expect(space.warnings.map(\.code) == ["N0108"])
    var stream = RandomStream(seed: 3, "endless")
    var longest = space.sample(&stream)
    for _ in 0..<20_000 where longest.choices.count <= 1_000_000 {
        let sample = space.sample(&stream)
        if sample.choices.count > longest.choices.count { longest = sample }
    }
    #expect(longest.choices.count > 1_000_000)
    #expect(longest.choices.count < 1_100_000)
    #expect(try space.replay(longest.choices) == longest)
}
