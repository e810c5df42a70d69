import Foundation
import NaslControl
import NaslRandom
import NaslSpace
import Testing

@Suite struct PolicyDrawingTests {
    private func streams(_ count: Int) -> [RandomStream] { (0..<count).map { RandomStream(seed: 5, "policy", 1, .number($0)) } }

    @Test func anUntrainedPolicyDrawsAsTheGrammarDoes() throws {
        let space = try trees(depth: 3)
        var settings = LSTMPolicy.Settings()
        settings.initialRange = 0
        let policy = LSTMPolicy(space: space, batch: 20, seed: 1, settings: settings)
        for drawn in policy.draw(streams(20)) {
            #expect(abs(drawn.logProbability - drawn.sample.logProbability) < 1e-5)
            #expect(drawn.sample.logProbability == space.logProbability(drawn.sample.choices))
        }
    }

    @Test func probabilitiesOfAllProgramsSumToOne() throws {
        let space = try trees(depth: 2)
        var settings = LSTMPolicy.Settings()
        settings.initialRange = 1
        let policy = LSTMPolicy(space: space, batch: 3, seed: 2, settings: settings)
        // x, sin(x), tanh(x), x + x, x * x
        let all = [[0], [1, 0], [2, 0], [3, 0, 0], [4, 0, 0]]
        let total = all.reduce(0) { $0 + exp(policy.logProbability(of: $1)) }
        #expect(abs(total - 1) < 1e-5)
        for impossible in [[], [1], [0, 0], [1, 1, 0], [9], [-1]] { #expect(policy.logProbability(of: impossible) == -.infinity) }
    }

    @Test func aDrawnProbabilityIsTheOneAskedForLater() throws {
        let policy = LSTMPolicy(space: try trees(depth: 4), batch: 8, seed: 3)
        for drawn in policy.draw(streams(8)) {
            #expect(abs(drawn.logProbability - policy.logProbability(of: drawn.sample.choices)) < 1e-5)
        }
    }

    /// Further choices than 500 are the grammar's; probabilities are those of all of them.
    @Test func longProgramsAreDrawnWhole() throws {
        let rule = Rule(name: "E", alternatives: [Alternative(.variable("x"), weight: 1), Alternative(.apply(.sin, .hole("E")), weight: 1500)])
        let space = try Space(Grammar(name: "Chain", parameters: [("x", "Tensor")], resultType: "Tensor", rules: [rule]))
        let policy = LSTMPolicy(space: space, batch: 6, seed: 3)
        let drawn = policy.draw(streams(6))
        #expect(drawn.contains { $0.sample.choices.count > 1100 })
        for one in drawn { #expect(abs(one.logProbability - policy.logProbability(of: one.sample.choices)) < 1e-3) }
        let before = policy.weights
        policy.learn(drawn.map(\.episode), advantages: [1, -1, 1, -1, 1, -1], entropyWeight: 0.1, learningRate: 0.01, clip: 1)
        #expect(policy.weights != before && policy.weights.allSatisfy(\.isFinite))
        #expect(policy.draw(streams(6)).count == 6)
    }

    /// A share of the choices is the grammar's, whatever the policy has learned, and probabilities are those of the mixture.
    @Test func explorationMixesTheGrammarIn() throws {
        let space = try bandit(4)
        var settings = LSTMPolicy.Settings()
        settings.exploration = 0.4
        let policy = LSTMPolicy(space: space, batch: 2000, seed: 2, settings: settings)
        let good = try #require(policy.episode([2]))
        for _ in 0..<200 { policy.learn([good], advantages: [1], entropyWeight: 0, learningRate: 0.05, clip: 1) }
        let drawn = policy.draw((0..<2000).map { RandomStream(seed: 7, "policy", 1, .number($0)) })
        for arm in 0..<4 {
            let expected = arm == 2 ? 0.6 + 0.4 / 4 : 0.4 / 4
            #expect(abs(exp(policy.logProbability(of: [arm])) - expected) < 0.01)
            // Five standard deviations.
            #expect(abs(Double(drawn.count { $0.sample.choices == [arm] }) / 2000 - expected) < 5 * (expected * (1 - expected) / 2000).squareRoot())
            #expect(try abs(#require(policy.probabilities(of: [arm]))[0][arm] - expected) < 0.01)
        }
        for one in drawn { #expect(abs(one.logProbability - policy.logProbability(of: one.sample.choices)) < 1e-5) }
    }

    @Test func explorationObeysTheMasks() throws {
        let space = try trees(depth: 3)
        var settings = LSTMPolicy.Settings()
        (settings.exploration, settings.initialRange) = (0.5, 2)
        let policy = LSTMPolicy(space: space, batch: 200, seed: 2, settings: settings)
        for drawn in policy.draw(streams(200)) {
            #expect(try space.replay(drawn.sample.choices) == drawn.sample)
            #expect(abs(drawn.logProbability - policy.logProbability(of: drawn.sample.choices)) < 1e-4)
        }
    }

    /// A draw does not depend on what else is in its batch.
    @Test func drawsAreIndependentOfTheirNeighbours() throws {
        let space = try trees(depth: 4)
        let policy = LSTMPolicy(space: space, batch: 8, seed: 3)
        let together = policy.draw(streams(8)).map(\.sample.choices)
        #expect(streams(8).map { policy.draw([$0])[0].sample.choices } == together)
    }

    @Test(arguments: learners) func masksAreObeyedWhateverIsLearnt(_ name: String) throws {
        let space = try trees(depth: 3)
        let controller = learner(name, space, seed: 4, learningRate: 0.3)
        for round in 0..<30 {
            let proposals = controller.propose(round: round, count: 20)
            for proposal in proposals {
                #expect(proposal.sample.program.depth <= 3)
                #expect(try space.replay(proposal.sample.choices) == proposal.sample)
            }
            controller.learn(proposals.map { Outcome(proposal: $0, reward: Double($0.sample.program.size)) })
        }
    }
}
