import Foundation
import NaslControl
import NaslSpace
import Testing

@Suite struct PPOControllerTests {
    private func outcomes(_ controller: any Controller, round: Int, count: Int? = nil) -> [Outcome] {
        controller.propose(round: round, count: count ?? controller.roundSize).map {
            Outcome(proposal: $0, reward: Double(occurrences(of: .tanh, in: $0.sample.program)))
        }
    }

    /// One pass over one part is a step of REINFORCE.
    @Test func onePassOverTheWholeRoundIsReinforce() throws {
        let space = try trees(depth: 4)
        var settings = PPOController.Settings()
        (settings.epochs, settings.minibatches) = (1, 1)
        let one = PPOController(space: space, seed: 3, settings: settings)
        let other = ReinforceController(space: space, seed: 3, settings: settings.common)
        for round in 0..<3 {
            let found = outcomes(one, round: round)
            one.learn(found)
            other.learn(found)
        }
        // Rounding in single precision is all that differs, enlarged by Adam where a gradient is nearly 0.
        for choices in [[0], [1, 0], [2, 0], [3, 0, 0], [4, 2, 0, 2, 0]] {
            #expect(abs(one.logProbability(of: choices) - other.logProbability(of: choices)) < 1e-3)
        }
        #expect(one.logProbability(of: [0]) != PPOController(space: space, seed: 3, settings: settings).logProbability(of: [0]))
    }

    /// Rounds cut short, rounds longer than the settings say, more parts than trials.
    @Test(arguments: [(1, 1), (2, 3), (20, 4), (20, 7), (5, 50)]) func anyRoundCanBeDivided(size: Int, parts: Int) throws {
        let space = try trees(depth: 3)
        var settings = PPOController.Settings()
        (settings.common.roundSize, settings.minibatches, settings.common.learningRate) = (size, parts, 0.01)
        let controller = PPOController(space: space, seed: 1, settings: settings)
        #expect(controller.roundSize == size)
        for count in 1...size {
            let before = controller.state()
            controller.learn(outcomes(controller, round: count, count: count))
            #expect(controller.policy.weights.allSatisfy { $0.isFinite })
            #expect(controller.state() != before)
        }
        let long = RandomController(space: space, seed: 1, roundSize: 3 * size + 1)
        controller.learn(outcomes(long, round: 0))
        #expect(controller.policy.weights.allSatisfy { $0.isFinite })
    }

    /// However often it passes over one round, the clip holds a good choice where it is.
    @Test func manyPassesDoNotRunAway() throws {
        let space = try bandit(4)
        func probability(epochs: Int, clip: Double) throws -> Double {
            var settings = PPOController.Settings()
            (settings.epochs, settings.clip) = (epochs, clip)
            // The clip alone: nothing but this round's trials, by their distance from the baseline.
            (settings.common.entropyWeight, settings.common.exploration, settings.common.imitation) = (0, 0, 0)
            (settings.common.rankWindow, settings.common.learningRate) = (nil, 0.003)
            let controller = PPOController(space: space, seed: 1, settings: settings)
            controller.learn(try (0..<20).map { number in
                let sample = try space.replay([number % 4])
                return Outcome(proposal: Proposal(sample: sample, logProbability: sample.logProbability), reward: number % 4 == 2 ? 1 : 0)
            })
            return exp(controller.logProbability(of: [2]))
        }
        // A quarter at first. Above 0.3 there is no gradient; Adam's momentum runs out some steps later.
        let held = try probability(epochs: 50, clip: 0.2)
        #expect(held > 0.3 && held < 0.5)
        #expect(try abs(probability(epochs: 200, clip: 0.2) - held) < 0.01)
        #expect(try probability(epochs: 50, clip: 1e9) > 0.95)
    }

    @Test func withoutPassesItLearnsNothing() throws {
        var settings = PPOController.Settings()
        settings.epochs = 0
        let controller = PPOController(space: try trees(depth: 3), seed: 1, settings: settings)
        let before = controller.policy.weights
        controller.learn(outcomes(controller, round: 0))
        #expect(controller.policy.weights == before)
    }
}
