import Foundation
import NaslControl
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

/// Sites where a policy draws numbers.
@Suite struct NumberHeadTests {
    private func space(_ parts: [Expr]) throws -> Space {
        try Space(Grammar(name: "Numbers", rules: [Rule(name: "N", alternatives: [Alternative(.list(parts))])]))
    }

    private static let real = Expr.draw(.real, [.number(-2), .number(3)]), logReal = Expr.draw(.logReal, [.number(1e-5), .number(0.1)])
    private static let int = Expr.draw(.int, [.number(1), .number(40)])

    private func policy(_ space: Space, batch: Int = 4, range: Double = 0.8, exploration: Double = 0, spread: Double = 0.3) -> LSTMPolicy {
        var settings = LSTMPolicy.Settings()
        (settings.width, settings.embedding, settings.initialRange, settings.precision) = (5, 3, range, .double)
        (settings.exploration, settings.spread) = (exploration, spread)
        return LSTMPolicy(space: space, batch: batch, seed: 7, settings: settings)
    }

    private func streams(_ count: Int) -> [RandomStream] { (0..<count).map { RandomStream(seed: 3, "policy", 0, .number($0)) } }

    /// The numbers in the middles of `count` equal parts of a scale.
    private func scale(_ expr: Expr, _ count: Int) -> [Double] {
        (0..<count).map { part in
            let place = (Double(part) + 0.5) / Double(count)
            return expr == NumberHeadTests.real ? -2 + 5 * place : exp(log(1e-5) + place * (log(0.1) - log(1e-5)))
        }
    }

    @Test(arguments: [0, 0.3]) func gradientAgreesWithCentralDifferences(_ spread: Double) throws {
        let policy = policy(try space([NumberHeadTests.real, NumberHeadTests.int, NumberHeadTests.logReal, NumberHeadTests.real]), spread: spread == 0 ? 2 : spread)
        let drawn = policy.draw(streams(4)), advantages = [1.5, -0.7, 0.2, -2], episodes = drawn.map(\.episode)
        func loss() -> Double { zip(drawn, advantages).reduce(0) { $0 - $1.1 * policy.logProbability(of: $1.0.sample.choices) } / 4 }
        let result = policy.gradient(episodes, advantages: advantages, entropyWeight: 0)
        #expect(abs(result.loss - loss()) < 1e-10)
        let entropies = policy.gradient(episodes, advantages: [0, 0, 0, 0], entropyWeight: 0.3).gradient
        let start = policy.weights
        for slot in start.indices {
            func at(_ change: Double) -> (loss: Double, entropies: Double) {
                var weights = start
                weights[slot] += change
                policy.set(weights: weights)
                return (loss(), policy.gradient(episodes, advantages: [0, 0, 0, 0], entropyWeight: 0.3).loss)
            }
            let (above, below) = (at(1e-5), at(-1e-5))
            #expect(abs((above.loss - below.loss) / 2e-5 - result.gradient[slot]) < 1e-7, "weight \(slot)")
            #expect(abs((above.entropies - below.entropies) / 2e-5 - entropies[slot]) < 1e-7, "weight \(slot)")
        }
        // The heads of numbers are the last: 5 weights and a bias for each of 8 outputs.
        #expect(result.gradient.suffix(48).allSatisfy { $0 != 0 })
    }

    /// The density integrates to 1 over the number's own scale, and the entropy is its integral.
    @Test(arguments: [real, logReal]) func densitiesAreNormalised(_ number: Expr) throws {
        let policy = policy(try space([number])), numbers = scale(number, 20_000)
        let densities = numbers.map { exp(policy.logProbability(of: [0, RealRange.choice($0)])) }
        let total = densities.reduce(0, +) / 20_000, entropy = densities.reduce(0) { $0 - $1 * log($1) } / 20_000
        #expect(abs(total - 1) < 1e-6, "\(total)")
        #expect((densities.max() ?? 0) > 1.3)
        let episodes = policy.draw(streams(1)).map(\.episode)
        #expect(abs(policy.gradient(episodes, advantages: [0], entropyWeight: 1).loss + entropy) < 1e-6)
    }

    /// Drawn numbers have that density, with a share of exploration, too (Kolmogorov & Smirnov; 0.5 % of the seeds would fail).
    @Test(arguments: [0, 0.4]) func numbersAreDrawnWithTheirDensity(_ exploration: Double) throws {
        let policy = policy(try space([NumberHeadTests.real]), batch: 2000, exploration: exploration), numbers = scale(NumberHeadTests.real, 5000)
        let densities = numbers.map { exp(policy.logProbability(of: [0, RealRange.choice($0)])) }
        let drawn = policy.draw(streams(2000))
        let found = drawn.map { RealRange.number($0.sample.choices[1]) }.sorted()
        var (mass, passed, worst) = (0.0, 0, 0.0)
        for (number, density) in zip(numbers, densities) {
            mass += density / 5000
            while passed < found.count, found[passed] <= number + 0.0005 { passed += 1 }
            worst = max(worst, abs(mass - Double(passed) / 2000))
        }
        #expect(worst < 1.73 / 2000.0.squareRoot(), "\(worst)")
        for one in drawn { #expect(abs(one.logProbability - policy.logProbability(of: one.sample.choices)) < 1e-10) }
    }

    @Test func wholeNumbersSumToOne() throws {
        let policy = policy(try space([NumberHeadTests.int]), range: 2)
        #expect(abs((0..<40).reduce(0) { $0 + exp(policy.logProbability(of: [0, $1])) } - 1) < 1e-10)
        #expect(policy.logProbability(of: [0, 40]) == -.infinity)
    }

    /// Before it has learned anything it draws nearly as the grammar does.
    @Test func anUntrainedPolicyIsWide() throws {
        let space = try space([NumberHeadTests.real, NumberHeadTests.logReal, NumberHeadTests.int])
        let policy = LSTMPolicy(space: space, batch: 200, seed: 1)
        for drawn in policy.draw(streams(200)) { #expect(abs(drawn.logProbability - drawn.sample.logProbability) < 0.5) }
    }

    /// What one whole number earns is believed of its neighbours.
    @Test func neighboursShare() throws {
        var settings = LSTMPolicy.Settings()
        settings.precision = .double
        let space = try space([Expr.draw(.int, [.number(1), .number(100)])])
        /// How much more likely the ten on both sides of it have become against as many that are far away.
        func gain(_ hasNumberHeads: Bool) throws -> Double {
            settings.hasNumberHeads = hasNumberHeads
            let policy = LSTMPolicy(space: space, batch: 1, seed: 1, settings: settings), good = try #require(policy.episode([0, 70]))
            func share() throws -> Double {
                let p = try #require(policy.probabilities(of: [0, 0]))[1]
                return (p[60..<80].reduce(0, +) - p[70]) / 19 / (p[10..<30].reduce(0, +) / 20)
            }
            let before = try share()
            for _ in 0..<5 { policy.learn([good], advantages: [1], entropyWeight: 0, learningRate: 0.01, clip: 1) }
            return try share() / before
        }
        let (with, without) = (try gain(true), try gain(false))
        #expect(with > 1.01 && abs(without - 1) < 0.01, "\(with) \(without)")
    }

    /// The best of 200 trials on one number and on three, mean over 20 seeds, against what is drawn uniformly on the scales.
    @Test(arguments: ["ppo", "risk_seeking", "priority_queue"], [1, 3]) func numbersAreLearned(_ method: String, _ count: Int) throws {
        let space = try space(Array([NumberHeadTests.logReal, NumberHeadTests.real, NumberHeadTests.real].prefix(count)))
        func controller(_ seed: Int, _ hasNumberHeads: Bool) -> any Controller {
            switch method {
            case "ppo":
                var settings = PPOController.Settings()
                settings.common.hasNumberHeads = hasNumberHeads
                return PPOController(space: space, seed: seed, settings: settings)
            case "risk_seeking":
                var settings = RiskSeekingController.Settings()
                settings.common.hasNumberHeads = hasNumberHeads
                return RiskSeekingController(space: space, seed: seed, settings: settings)
            default:
                var settings = PriorityQueueController.Settings()
                settings.common.hasNumberHeads = hasNumberHeads
                return PriorityQueueController(space: space, seed: seed, settings: settings)
            }
        }
        let goals = [(log(3e-4) - log(1e-5)) / (log(0.1) - log(1e-5)), 0.2, 0.75]
        func distance(_ hasNumberHeads: Bool) -> Double {
            (0..<20).reduce(0) { sum, seed in
                let controller = controller(seed, hasNumberHeads)
                var best = Double.infinity
                for round in 0..<10 {
                    controller.learn(controller.propose(round: round, count: 20).map { proposal in
                        let places = proposal.sample.choices.dropFirst().enumerated().map { slot, choice in
                            let number = RealRange.number(choice)
                            return slot == 0 ? (log(number) - log(1e-5)) / (log(0.1) - log(1e-5)) : (number + 2) / 5
                        }
                        let distance = zip(places, goals).reduce(0) { $0 + abs($1.0 - $1.1) }
                        best = min(best, distance)
                        return Outcome(proposal: proposal, reward: -distance)
                    })
                }
                return sum + best / 20
            }
        }
        let (with, without) = (distance(true), distance(false))
        #expect(with < 0.8 * without, "\(with) \(without)")
    }

    @Test func learnedNumbersAreResumedAndTransferred() throws {
        let space = try space([NumberHeadTests.real, NumberHeadTests.int]), controller = PPOController(space: space, seed: 1)
        for round in 0..<20 {
            controller.learn(controller.propose(round: round, count: 20).map { Outcome(proposal: $0, reward: -abs(RealRange.number($0.sample.choices[1]) - 1.5)) })
        }
        let resumed = PPOController(space: space, seed: 1)
        try resumed.restore(controller.state())
        #expect(resumed.propose(round: 20, count: 20).map(\.sample) == controller.propose(round: 20, count: 20).map(\.sample))
        // In a space with another number before it.
        let larger = try self.space([NumberHeadTests.logReal, NumberHeadTests.real]), begun = PPOController(space: larger, seed: 2)
        #expect(begun.policy.adopt(PolicyKnowledge(controller.policy)))
        let same = PPOController(space: space, seed: 2)
        #expect(same.policy.adopt(PolicyKnowledge(controller.policy)))
        let choices = [0, RealRange.choice(1.4), 3]
        #expect(abs(same.logProbability(of: choices) - controller.logProbability(of: choices)) < 1e-6)
    }
}
