import Foundation
import NaslControl
import NaslExpr
import NaslRandom
import NaslSearch
import NaslSpace
import Testing

/// Known answers: the shares of made-up rewards, against those that follow from their definition.
@Suite struct EffectsTests {
    static let seeds = ProcessInfo.processInfo.environment["NASL_LONG_TESTS"] == nil ? 1...4 : 1...20

    /// A list of one draw of each of four rules with five alternatives; the weights of `A` are not equal.
    private static func table() throws -> Space {
        let names: [Symbol] = ["A", "B", "C", "D"]
        let start = Rule(name: "S", alternatives: [Alternative(.list(names.map { Expr.hole($0) }))])
        let rules = names.map { name in
            Rule(name: name, alternatives: (0..<5).map { Alternative(.number(Double($0)), weight: name == "A" ? Double(1 + $0) : 1) })
        }
        return try Space(Grammar(name: "Table", rules: [start] + rules))
    }

    private static func run(_ space: Space, trials: Int, seed: Int, noise: Double = 0, _ reward: @escaping @Sendable ([Int]) -> Double?) -> Run {
        Search(space: space, controller: RandomController(space: space, seed: seed), settings: .init(trials: trials, seed: seed)) { candidate in
            var stream = RandomStream(seed: seed, "noise", .number(candidate.trial))
            guard let reward = reward(candidate.sample.choices) else { return .failure(.failed, "none") }
            return Evaluation(reward: reward + noise * stream.normal())
        }.run()
    }

    private func expect(_ effects: Effects, _ name: String, _ share: Double, _ seed: Int) {
        guard let effect = effects.effects.first(where: { $0.name == name }) else {
            if share > 0 { Issue.record("no effect \(name), seed \(seed)") }
            return
        }
        #expect(abs(effect.share - share) <= effect.error, "\(name): \(effect.share) +- \(effect.error), truly \(share), seed \(seed)")
    }

    @Test(arguments: EffectsTests.seeds) func oneRuleDecides(seed: Int) throws {
        let space = try EffectsTests.table()
        let scores = [0.0, 3, -1, 1, 2]
        let weights = (1...5).map { Double($0) / 15 }
        let mean = zip(scores, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let variance = zip(scores, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
        for noise in [0, 0.5] {
            let run = EffectsTests.run(space, trials: 300, seed: seed, noise: noise) { scores[$0[1]] }
            let effects = try #require(Effects(run.trials, in: space))
            #expect(effects.effects[0].name == "A")
            expect(effects, "A", variance / (variance + noise * noise), seed)
            for name in ["B", "C", "D", "A x B", "B x C"] { expect(effects, name, 0, seed) }
            #expect(effects.fidelity > (noise == 0 ? 0.99 : 0.6))
            let levels = effects.effects[0].levels
            for (level, score) in scores.enumerated() { #expect(abs(levels[level].effect - (score - mean)) <= max(1e-6, levels[level].error)) }
        }
    }

    @Test(arguments: EffectsTests.seeds) func twoRulesInteract(seed: Int) throws {
        let space = try EffectsTests.table()
        // B and C together, and a little of D alone.
        @Sendable func reward(_ choices: [Int]) -> Double { ((choices[2] < 2) == (choices[3] < 2) ? 1 : 0) + 0.1 * Double(choices[4]) }
        // Share of B < 2 is 0.4: equal with probability 0.52.
        let low = 0.4 * 1.0 + 0.6 * 0, high = 0.4 * 0 + 0.6 * 1.0, mean = 0.52
        let single = 0.4 * (low - mean) * (low - mean) + 0.6 * (high - mean) * (high - mean)
        let both = 0.52 * 0.48 - 2 * single, last = 0.01 * 2
        let all = 0.52 * 0.48 + last
        for trials in [200, 1000] {
            let run = EffectsTests.run(space, trials: trials, seed: seed) { reward($0) }
            let effects = try #require(Effects(run.trials, in: space))
            #expect(effects.effects[0].name == "B x C")
            expect(effects, "B x C", both / all, seed)
            expect(effects, "B", single / all, seed)
            expect(effects, "C", single / all, seed)
            expect(effects, "D", last / all, seed)
            expect(effects, "A", 0, seed)
        }
    }

    /// `E = x | sin(E) | tanh(E) | E + E`: the second argument of a sum does not matter, nor does anything below it.
    @Test(arguments: EffectsTests.seeds) func aSubtreeIsInert(seed: Int) throws {
        let space = try trees(depth: 4, leafWeight: 1)
        let scores = [0.0, 1, 3, 2]
        @Sendable func reward(_ choices: [Int]) -> Double { scores[choices[0]] + (choices.count > 1 ? 0.5 * scores[choices[1]] : 0) }
        let run = EffectsTests.run(space, trials: 400, seed: seed) { reward($0) }
        let effects = try #require(Effects(run.trials, in: space))
        #expect(effects.effects[0].name == "E" && effects.effects[1].name == "E 1")
        // By many draws of the grammar.
        var stream = RandomStream(seed: 99)
        let draws = (0..<200_000).map { _ in space.sample(&stream).choices }
        let rewards = draws.map(reward)
        let mean = rewards.reduce(0, +) / Double(rewards.count)
        let variance = rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rewards.count)
        func between(_ level: ([Int]) -> Int?) -> Double {
            var groups: [Int: [Double]] = [:]
            for (choices, reward) in zip(draws, rewards) { if let level = level(choices) { groups[level, default: []].append(reward) } }
            let all = groups.values.joined()
            let center = all.reduce(0, +) / Double(all.count)
            return groups.values.reduce(0) { sum, group in
                let own = group.reduce(0, +) / Double(group.count)
                return sum + Double(group.count) * (own - center) * (own - center)
            } / Double(rewards.count)
        }
        expect(effects, "E", between { $0[0] } / variance, seed)
        expect(effects, "E 1", between { $0.count > 1 ? $0[1] : nil } / variance, seed)
        for effect in effects.effects where effect.name.hasPrefix("E 2") && effect.factors.count == 1 { #expect(effect.share <= effect.error) }
        for effect in effects.effects where effect.name.hasPrefix("E 1.") && effect.factors.count == 1 { #expect(effect.share <= effect.error) }
    }

    @Test func numbersOnAScaleAndManyWholeNumbers() throws {
        let space = try Space(Grammar(name: "G", rules: [
            Rule(name: "S", alternatives: [Alternative(.list([.hole("R"), .hole("I"), .hole("N")]))]),
            Rule(name: "R", alternatives: [Alternative(.draw(.logReal, [.number(1e-5), .number(0.1)]))]),
            Rule(name: "I", alternatives: [Alternative(.draw(.int, [.number(1), .number(100)]))]),
            Rule(name: "N", alternatives: [Alternative(.draw(.real, [.number(0), .number(1)]))]),
        ]))
        let run = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 2000, seed: 1)) { candidate in
            let numbers = candidate.sample.program.arguments.map { $0.nodes[$0.root].value }
            return Evaluation(reward: log10(numbers[0]) + 0.02 * numbers[1])
        }.run()
        let effects = try #require(Effects(run.trials, in: space))
        #expect(effects.effects[0].name == "R" && effects.effects[0].factors[0].levels.count == 10 && effects.effects[0].share > 0.6)
        #expect(effects.effects[1].factors[0].levels.first == "1..10" && effects.effects[1].factors[0].levels.count == 10)
        #expect(effects.fidelity > 0.95)
    }

    @Test func tooLittleSaysNothing() throws {
        let space = try EffectsTests.table()
        #expect(Effects([], in: space) == nil)
        #expect(Effects(EffectsTests.run(space, trials: 10, seed: 1) { Double($0[1]) }.trials, in: space) == nil)
        #expect(Effects(EffectsTests.run(space, trials: 200, seed: 1) { _ in 1 }.trials, in: space) == nil)
        #expect(Effects(EffectsTests.run(space, trials: 200, seed: 1) { _ in nil }.trials, in: space) == nil)
    }

    @Test func hugeAndFarOffRewards() throws {
        let space = try EffectsTests.table()
        let run = EffectsTests.run(space, trials: 300, seed: 1) { $0[1] == 4 ? 1e308 : -1e308 + Double($0[2]) }
        let effects = try #require(Effects(run.trials, in: space))
        #expect(effects.effects[0].name == "A" && effects.effects.allSatisfy { $0.share.isFinite && $0.error.isFinite })
        let cut = EffectsTests.run(space, trials: 300, seed: 1) { $0[4] == 3 && $0[1] == 2 && $0[2] < 2 ? -1e9 : Double($0[2]) }
        let floored = try #require(Effects(cut.trials, in: space))
        #expect(floored.effects[0].name == "B" && (floored.floor?.programs ?? 0) > 0)
    }
}
