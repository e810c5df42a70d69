import Foundation
import NaslControl
import NaslRandom
import NaslSpace
import NaslTensor
import Testing

@Suite struct PolicyGradientTests {
    /// A small policy in double precision with large weights, so that every part of it matters.
    private func policy(_ space: Space, batch: Int, tanhConstant: Double? = nil, temperature: Double = 1) -> LSTMPolicy {
        var settings = LSTMPolicy.Settings()
        settings.width = 5
        settings.embedding = 3
        settings.initialRange = 0.8
        settings.tanhConstant = tanhConstant
        settings.temperature = temperature
        settings.precision = .double
        return LSTMPolicy(space: space, batch: batch, seed: 7, settings: settings)
    }

    private func streams(_ count: Int) -> [RandomStream] { (0..<count).map { RandomStream(seed: 3, "policy", 0, .number($0)) } }

    /// The gradient of the unrolled plan against central differences of the probabilities that the step-by-step plan gives: two
    /// separate ways through the whole policy.
    @Test(arguments: [nil, 2.5])
    func gradientAgreesWithCentralDifferences(tanhConstant: Double?) throws {
        let space = try trees(depth: 4)
        let policy = policy(space, batch: 4, tanhConstant: tanhConstant, temperature: tanhConstant == nil ? 1 : 1.7)
        // Seven sequences of different lengths in batches of four.
        let drawn = policy.draw(Array(streams(7).prefix(4))) + policy.draw(Array(streams(7).suffix(3)))
        #expect(Set(drawn.map(\.sample.choices.count)).count > 1)
        let advantages = [1.5, -0.7, 0.2, -2, 0.9, 0, 1.1]
        func loss() -> Double {
            zip(drawn, advantages).reduce(0) { $0 - $1.1 * policy.logProbability(of: $1.0.sample.choices) } / 7
        }
        let result = policy.gradient(drawn.map(\.episode), advantages: advantages, entropyWeight: 0)
        #expect(abs(result.loss - loss()) < 1e-10)
        let start = policy.weights
        var compared = 0
        for slot in stride(from: 0, to: start.count, by: 3) {
            var weights = start
            weights[slot] = start[slot] + 1e-5
            policy.set(weights: weights)
            let above = loss()
            weights[slot] = start[slot] - 1e-5
            policy.set(weights: weights)
            let below = loss()
            #expect(abs((above - below) / 2e-5 - result.gradient[slot]) < 1e-8, "weight \(slot)")
            if result.gradient[slot] != 0 { compared += 1 }
        }
        #expect(compared > 50)
    }

    @Test func entropyGradientAgreesWithCentralDifferences() throws {
        let policy = policy(try trees(depth: 3), batch: 5)
        let episodes = policy.draw(streams(5)).map(\.episode)
        let none = [0.0, 0, 0, 0, 0]
        let result = policy.gradient(episodes, advantages: none, entropyWeight: 0.3)
        let start = policy.weights
        for slot in stride(from: 0, to: start.count, by: 7) {
            var weights = start
            weights[slot] = start[slot] + 1e-5
            policy.set(weights: weights)
            let above = policy.gradient(episodes, advantages: none, entropyWeight: 0.3).loss
            weights[slot] = start[slot] - 1e-5
            policy.set(weights: weights)
            let below = policy.gradient(episodes, advantages: none, entropyWeight: 0.3).loss
            #expect(abs((above - below) / 2e-5 - result.gradient[slot]) < 1e-8, "weight \(slot)")
        }
    }

    /// With one choice the entropy can be had from the probabilities of all programs.
    @Test func entropyIsThatOfTheDistribution() throws {
        let policy = policy(try bandit(4), batch: 2)
        let logs = (0..<4).map { policy.logProbability(of: [$0]) }
        let entropy = -logs.reduce(0) { $0 + exp($1) * $1 }
        let episodes = policy.draw(streams(2)).map(\.episode)
        let loss = policy.gradient(episodes, advantages: [0, 0], entropyWeight: 0.5).loss
        #expect(abs(loss + 0.5 * entropy) < 1e-12)
        #expect(abs(logs.reduce(0) { $0 + exp($1) } - 1) < 1e-12)
    }

    /// Two arms, all weights zero: p = 1/2 each, the state of the LSTM is zero, so only the head's biases have a gradient. By hand,
    /// with advantages 2 for arm 0 and -1 for arm 1:  d/db_0 = ((-2)(1 - 1/2) + (1)(0 - 1/2)) / 2 = -3/4,  d/db_1 = 3/4.
    /// Adam's first step is the rate in the sign's direction, so p_0 becomes 1 / (1 + exp(-2 rate)).
    @Test func updateByHand() throws {
        let policy = policy(try bandit(2), batch: 2)
        policy.set(weights: [Double](repeating: 0, count: policy.weights.count))
        var episodes: [Int: Episode] = [:]
        for number in 0..<40 {
            let drawn = policy.draw([RandomStream(seed: number)])[0]
            #expect(abs(drawn.logProbability - log(0.5)) < 1e-12)
            episodes[drawn.sample.choices[0]] = drawn.episode
        }
        let (first, second) = (try #require(episodes[0]), try #require(episodes[1]))
        let gradient = policy.gradient([first, second], advantages: [2, -1], entropyWeight: 0.1).gradient
        #expect(abs(gradient[gradient.count - 2] + 0.75) < 1e-12)
        #expect(abs(gradient[gradient.count - 1] - 0.75) < 1e-12)
        #expect(gradient.dropLast(2).allSatisfy { $0 == 0 })
        policy.learn([first, second], advantages: [2, -1], entropyWeight: 0.1, learningRate: 0.05, clip: 10)
        #expect(abs(policy.logProbability(of: [0]) + log(1 + exp(-0.1))) < 1e-7)
    }

    /// Adam's first step is `rate * g / (|g| + 1e-8)`, with the gradient shortened to a length at which the epsilon shows.
    @Test func longGradientsAreShortened() throws {
        let policy = policy(try bandit(3), batch: 1)
        let episode = policy.draw(streams(1)).map(\.episode)
        let gradient = policy.gradient(episode, advantages: [4], entropyWeight: 0).gradient
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let before = policy.weights
        policy.learn(episode, advantages: [4], entropyWeight: 0, learningRate: 0.01, clip: 1e-7)
        for slot in before.indices {
            let g = gradient[slot] * 1e-7 / norm
            #expect(abs(before[slot] - policy.weights[slot] - 0.01 * g / (abs(g) + 1e-8)) < 1e-12)
        }
    }

    @Test func aGradientThatIsNoNumberChangesNothing() throws {
        let policy = policy(try bandit(3), batch: 1)
        let episode = policy.draw(streams(1)).map(\.episode)
        let before = policy.weights
        policy.learn(episode, advantages: [.nan], entropyWeight: 0, learningRate: 0.01, clip: 1)
        #expect(policy.weights == before)
    }

    /// What drawing has left has the bits that going through the sequences again gives, in whole batches and in a last one that is not full; after
    /// a step of learning it is not used any more.
    @Test(arguments: [Precision.float, .double]) func whatTheDrawHasLeftIsExact(_ precision: Precision) throws {
        var settings = LSTMPolicy.Settings()
        settings.width = 21
        settings.initialRange = 0.5
        settings.precision = precision
        let policy = LSTMPolicy(space: try trees(depth: 5), batch: 17, trainingBatch: 7, seed: 7, settings: settings)
        let advantages = randomAdvantages(17)
        for _ in 0..<2 {
            let drawn = policy.draw(streams(17))
            let left = drawn.map(\.episode), again = try drawn.map { try #require(policy.episode($0.sample.choices)) }
            let one = policy.gradient(left, advantages: advantages, entropyWeight: 0.1), two = policy.gradient(again, advantages: advantages, entropyWeight: 0.1)
            #expect(one.loss == two.loss && one.gradient == two.gradient)
            #expect(one.gradient.contains { $0 != 0 })
            #expect(policy.choiceLogProbabilities(left) == policy.choiceLogProbabilities(again))
            // Others in the way, in another order.
            let mixed = Array(left.reversed())
            let three = policy.gradient(mixed, advantages: advantages.reversed(), entropyWeight: 0.1)
            #expect(zip(one.gradient, three.gradient).allSatisfy { abs($0 - $1) < 1e-4 })
            #expect(policy.gradient(left, advantages: advantages, entropyWeight: 0.1).gradient == one.gradient)
            policy.learn(left, advantages: advantages, entropyWeight: 0.1, learningRate: 0.05, clip: 1)
            #expect(policy.gradient(left, advantages: advantages, entropyWeight: 0.1).gradient == policy.gradient(again, advantages: advantages, entropyWeight: 0.1).gradient)
            #expect(policy.gradient(left, advantages: advantages, entropyWeight: 0.1).gradient != one.gradient)
        }
    }

    private func randomAdvantages(_ count: Int) -> [Double] {
        var stream = RandomStream(seed: 5)
        return (0..<count).map { _ in 2 * stream.uniform() - 1 }
    }

    @Test func floatAgreesWithDouble() throws {
        let space = try trees(depth: 4)
        var settings = LSTMPolicy.Settings()
        settings.initialRange = 0.3
        let single = LSTMPolicy(space: space, batch: 6, seed: 7, settings: settings)
        settings.precision = .double
        let double = LSTMPolicy(space: space, batch: 6, seed: 7, settings: settings)
        let drawn = double.draw(streams(6))
        let advantages = [1.0, -1, 0.5, 2, -0.5, 0.1]
        // An episode is read by the policy that has made it.
        let read = try drawn.map { try #require(single.episode($0.sample.choices)) }
        let one = single.gradient(read, advantages: advantages, entropyWeight: 0.05)
        let two = double.gradient(drawn.map(\.episode), advantages: advantages, entropyWeight: 0.05)
        #expect(abs(one.loss - two.loss) < 1e-4)
        #expect(zip(one.gradient, two.gradient).allSatisfy { abs($0 - $1) < 1e-4 })
    }
}
