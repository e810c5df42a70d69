import Foundation
import NaslControl
import NaslRandom
import NaslSpace
import Testing

@Suite struct PPOGradientTests {
    private let surrogate = ClippedSurrogate(epsilon: 0.2)

    /// A small policy in double precision with large weights.
    private func policy(_ space: Space, batch: Int) -> LSTMPolicy {
        var settings = LSTMPolicy.Settings()
        settings.width = 5
        settings.embedding = 3
        settings.initialRange = 0.8
        settings.precision = .double
        return LSTMPolicy(space: space, batch: batch, seed: 7, settings: settings)
    }

    private func drawn(_ policy: LSTMPolicy, _ count: Int) -> [LSTMPolicy.Drawn] {
        (0..<count).flatMap { policy.draw([RandomStream(seed: 3, "policy", 0, .number($0))]) }
    }

    /// Moves every weight a little, so that no ratio is 1.
    private func move(_ policy: LSTMPolicy) {
        var stream = RandomStream(seed: 11)
        policy.set(weights: policy.weights.map { $0 + 0.5 * (2 * stream.uniform() - 1) })
    }

    @Test func choicesMultiplyToTheProgram() throws {
        let policy = policy(try trees(depth: 4), batch: 4)
        let drawn = drawn(policy, 7)
        let logs = policy.choiceLogProbabilities(drawn.map(\.episode))
        #expect(logs.map(\.count) == drawn.map(\.sample.choices.count))
        for (own, drawn) in zip(logs, drawn) { #expect(abs(own.reduce(0, +) - policy.logProbability(of: drawn.sample.choices)) < 1e-12) }
    }

    /// Central differences of the surrogate, written out here, with choices of every kind: both signs, inside and outside the clip.
    @Test func gradientAgreesWithCentralDifferences() throws {
        let policy = policy(try trees(depth: 4), batch: 4)
        let episodes = drawn(policy, 20).map(\.episode)
        let advantages = (0..<20).map { [1.5, -0.7, 0.2, -2, 0.9, 0, -1.3][$0 % 7] }
        let before = policy.choiceLogProbabilities(episodes)
        move(policy)
        var kinds: Set<String> = []
        func loss() -> Double {
            var sum = 0.0
            for ((now, before), advantage) in zip(zip(policy.choiceLogProbabilities(episodes), before), advantages) {
                for (now, before) in zip(now, before) {
                    let ratio = exp(now - before)
                    sum += min(ratio * advantage, min(max(ratio, 0.8), 1.2) * advantage)
                    if advantage != 0 { kinds.insert("\(advantage.sign) \(ratio > 1.2 ? "above" : ratio < 0.8 ? "below" : "inside")") }
                }
            }
            return -sum / 20
        }
        let result = policy.gradient(episodes, advantages: advantages, before: before, surrogate: surrogate, entropyWeight: 0)
        #expect(abs(result.loss - loss()) < 1e-12)
        #expect(kinds.count == 6)
        // With the bonus for entropy the loss and the gradient belong together, too.
        let both = policy.gradient(episodes, advantages: advantages, before: before, surrogate: surrogate, entropyWeight: 0.3)
        func wholeLoss() -> Double {
            policy.gradient(episodes, advantages: advantages, before: before, surrogate: surrogate, entropyWeight: 0.3).loss
        }
        let start = policy.weights
        func difference(_ slot: Int, _ loss: () -> Double) -> Double {
            var weights = start
            weights[slot] = start[slot] + 1e-5
            policy.set(weights: weights)
            let above = loss()
            weights[slot] = start[slot] - 1e-5
            policy.set(weights: weights)
            return (above - loss()) / 2e-5
        }
        for slot in stride(from: 0, to: start.count, by: 3) {
            #expect(abs(difference(slot, loss) - result.gradient[slot]) < 1e-8, "weight \(slot)")
            #expect(abs(difference(slot, wholeLoss) - both.gradient[slot]) < 1e-8, "weight \(slot)")
        }
        #expect(result.gradient.count { $0 != 0 } > 150)
    }

    /// Before the first step all ratios are 1, and nothing is clipped.
    @Test func firstStepIsThatOfReinforce() throws {
        let policy = policy(try trees(depth: 4), batch: 4)
        let episodes = drawn(policy, 6).map(\.episode)
        let advantages = [1.5, -0.7, 0.2, -2, 0.9, 1.1]
        let before = policy.choiceLogProbabilities(episodes)
        let clipped = policy.gradient(episodes, advantages: advantages, before: before, surrogate: surrogate, entropyWeight: 0.1)
        let plain = policy.gradient(episodes, advantages: advantages, entropyWeight: 0.1)
        #expect(zip(clipped.gradient, plain.gradient).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    /// Two arms of p = 1/2 when they were drawn; now a bias of log(7/3) makes p_0 = 0.7, the ratios 1.4 and 0.6. Surrogates by hand:
    ///
    ///     arm 0, A = 2:   1.2 * 2 = 2.4, flat        arm 1, A = 1:    0.6, slope 0.6
    ///     arm 0, A = -1:  -1.4, slope -1.4           arm 1, A = -1:   -0.8, flat
    ///
    /// The loss is -(2.4 - 1.4 + 0.6 - 0.8) / 4 = -0.2, d/db_0 = (1.4 (1 - 0.7) - 0.6 (0 - 0.7)) / 4 = 0.21.
    @Test func updateByHand() throws {
        let policy = policy(try bandit(2), batch: 4)
        var weights = [Double](repeating: 0, count: policy.weights.count)
        policy.set(weights: weights)
        var arms: [Int: Episode] = [:]
        for drawn in drawn(policy, 40) { arms[drawn.sample.choices[0]] = drawn.episode }
        let (first, second) = (try #require(arms[0]), try #require(arms[1]))
        let episodes = [first, first, second, second]
        let before = policy.choiceLogProbabilities(episodes)
        #expect(before.allSatisfy { $0.count == 1 && abs($0[0] - log(0.5)) < 1e-12 })
        weights[weights.count - 2] = log(7.0 / 3)
        policy.set(weights: weights)
        func result() -> (loss: Double, gradient: [Double]) {
            policy.gradient(episodes, advantages: [2, -1, 1, -1], before: before, surrogate: surrogate, entropyWeight: 0)
        }
        let (loss, gradient) = result()
        #expect(abs(loss + 0.2) < 1e-12)
        #expect(abs(gradient[gradient.count - 2] - 0.21) < 1e-12)
        #expect(abs(gradient[gradient.count - 1] + 0.21) < 1e-12)
        #expect(gradient.dropLast(2).allSatisfy { $0 == 0 })
        // Adam's first step is the rate against the sign, so the bias falls and the other rises by 0.05.
        policy.learn(
            episodes, advantages: [2, -1, 1, -1], before: before, surrogate: surrogate, entropyWeight: 0, learningRate: 0.05, clip: 10)
        #expect(abs(policy.logProbability(of: [0]) + log(1 + exp(0.1) * 3 / 7)) < 1e-7)
    }

    /// A long program's choices each have a ratio of their own: one that has moved far is held, the others go on.
    @Test func choicesAreClippedOneByOne() throws {
        let policy = policy(try trees(depth: 4), batch: 4)
        let episodes = drawn(policy, 9).map(\.episode)
        let before = policy.choiceLogProbabilities(episodes)
        move(policy)
        let now = policy.choiceLogProbabilities(episodes)
        let mixed = try #require(episodes.indices.first { index in
            let ratios = zip(now[index], before[index]).map { exp($0 - $1) }
            return ratios.contains { $0 > 1.2 } && ratios.contains { $0 < 1.2 } && ratios.reduce(1, *) > 1.2
        })
        func gradient(_ before: [Double]) -> [Double] {
            policy.gradient([episodes[mixed]], advantages: [1], before: [before], surrogate: surrogate, entropyWeight: 0).gradient
        }
        let whole = gradient(before[mixed])
        #expect(whole.contains { $0 != 0 })
        // The clipped choices may have moved further still: they have no part in it.
        let further = zip(now[mixed], before[mixed]).map { now, before in now - before > log(1.2) ? before - 1 : before }
        #expect(gradient(further) == whole)
    }
}
