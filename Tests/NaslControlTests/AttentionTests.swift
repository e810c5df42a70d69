import Foundation
import NaslControl
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

/// Policies that look back at the values that a `pick` or a `subset` may take.
@Suite struct AttentionTests {
    private static let x = Expr.variable("x"), earlier = Expr.variable("earlier")

    /// `chain([x], 3, earlier -> U(pick(earlier)) + pick(earlier))` with two functions for U, then `subset` of all of them.
    private func space() throws -> Space {
        let step = Expr.lambda(["earlier"], .apply(.add, .hole("U", [.draw(.pick, [AttentionTests.earlier])]), .draw(.pick, [AttentionTests.earlier])))
        let steps = Expr.draw(.chain, [.list([AttentionTests.x]), .number(3), step])
        let unary = Rule(name: "U", parameters: ["v"], alternatives: [Alternative(.apply(.sin, .variable("v"))), Alternative(.apply(.tanh, .variable("v")))])
        return try Space(Grammar(
            name: "Linked", parameters: [("x", "Tensor")], resultType: "Tensor",
            rules: [Rule(name: "E", alternatives: [Alternative(.binding("all", steps, in: .draw(.subset, [.variable("all")])))]), unary]))
    }

    private func policy(_ space: Space, tanhConstant: Double? = nil, temperature: Double = 1, layers: Int = 1, attention: Bool = true) -> LSTMPolicy {
        var settings = LSTMPolicy.Settings()
        (settings.width, settings.embedding, settings.initialRange, settings.precision) = (4, 3, 0.9, .double)
        (settings.attention, settings.tanhConstant, settings.temperature, settings.layers) = (attention, tanhConstant, temperature, layers)
        return LSTMPolicy(space: space, batch: 4, seed: 7, settings: settings)
    }

    private func streams(_ count: Int) -> [RandomStream] { (0..<count).map { RandomStream(seed: 3, "policy", 0, .number($0)) } }

    /// The choices with which the steps of the chain were complete, which are known because each takes as many.
    @Test func anchorsAreWhereValuesWereComplete() throws {
        let space = try space()
        var derivation = space.derivation(), stream = RandomStream(seed: 1), picks = 0
        var completed: [Int] = [-1], told: [(labels: [String], anchors: [Int])] = []
        while let decision = derivation.decision {
            let site = space.sites[decision.site]
            if site.kind == .pick || site.kind == .subset { told.append((decision.labels, derivation.anchors)) } else { #expect(derivation.anchors.isEmpty) }
            if site.kind == .pick { #expect(derivation.anchors == completed) }
            if site.kind == .subset { #expect(derivation.anchors == [Int](repeating: completed[told.count - 7], count: 2)) }
            let possible = decision.allowed.indices.filter { decision.allowed[$0] }
            derivation.choose(possible[stream.below(possible.count)])
            if site.kind == .pick {
                picks += 1
                // Two in each step.
                if picks % 2 == 0 { completed.append(derivation.choices.count - 1) }
            }
        }
        #expect(told.count == 10 && completed.count == 4, "\(told)")
    }

    @Test(arguments: [nil, 1.5], [1, 2]) func gradientAgreesWithCentralDifferences(_ tanhConstant: Double?, _ layers: Int) throws {
        let policy = policy(try space(), tanhConstant: tanhConstant, temperature: 1.3, layers: layers)
        let drawn = policy.draw(streams(4)), advantages = [1.5, -0.7, 0.2, -2], episodes = drawn.map(\.episode)
        func loss() -> Double { zip(drawn, advantages).reduce(0) { $0 - $1.1 * policy.logProbability(of: $1.0.sample.choices) } / 4 }
        for one in drawn { #expect(abs(one.logProbability - policy.logProbability(of: one.sample.choices)) < 1e-10) }
        let result = policy.gradient(episodes, advantages: advantages, entropyWeight: 0)
        #expect(abs(result.loss - loss()) < 1e-10)
        let entropies = policy.gradient(episodes, advantages: [0, 0, 0, 0], entropyWeight: 0.3).gradient
        let start = policy.weights
        // All weights of attention, which are the last, and some others.
        for slot in start.indices where slot >= start.count - 36 || slot % 5 == 0 {
            func at(_ change: Double) -> (loss: Double, entropies: Double) {
                var weights = start
                weights[slot] += change
                policy.set(weights: weights)
                return (loss(), policy.gradient(episodes, advantages: [0, 0, 0, 0], entropyWeight: 0.3).loss)
            }
            let (above, below) = (at(1e-5), at(-1e-5))
            #expect(abs((above.loss - below.loss) / 2e-5 - result.gradient[slot]) < 1e-8, "weight \(slot)")
            #expect(abs((above.entropies - below.entropies) / 2e-5 - entropies[slot]) < 1e-8, "weight \(slot)")
        }
        #expect(result.gradient.suffix(36).allSatisfy { $0 != 0 })
    }

    /// Probabilities of the alternatives sum to 1, and differ from those of a policy that does not look back.
    @Test func probabilitiesAreThoseOfTheScores() throws {
        let space = try space(), looking = policy(space), blind = policy(space, attention: false)
        // Without attention's own weights.
        blind.set(weights: Array(looking.weights.dropLast(36)))
        let choices = looking.draw(streams(1))[0].sample.choices
        let one = try #require(looking.probabilities(of: choices)), two = try #require(blind.probabilities(of: choices))
        var changed = 0
        for (one, two) in zip(one, two) {
            #expect(abs(one.reduce(0, +) - 1) < 1e-12)
            if one != two { changed += 1 }
        }
        // Four picks (those of the first step have one value), and the subset value by value; what is forced stays certain.
        #expect((6...8).contains(changed), "\(changed)")
    }

    /// The second step takes the first, the third the second: what is learned is resumed, transferred and drawn.
    @Test func itLearns() throws {
        let space = try space()
        var settings = PPOController.Settings()
        settings.common.attention = true
        let controller = PPOController(space: space, seed: 1, settings: settings)
        func reward(_ sample: Sample) throws -> Double {
            let derivation = try space.follow(sample.choices)
            return (derivation.program?.text.contains("tanh(step2)") ?? false ? 1 : 0) + (derivation.program?.text.contains("tanh(step1)") ?? false ? 1 : 0)
        }
        var means: [Double] = []
        for round in 0..<30 {
            let outcomes = try controller.propose(round: round, count: 20).map { Outcome(proposal: $0, reward: try reward($0.sample)) }
            means.append(outcomes.reduce(0) { $0 + ($1.reward ?? 0) } / 20)
            controller.learn(outcomes)
        }
        #expect(means.suffix(5).reduce(0, +) / 5 > 2 * means[0] + 0.3, "\(means)")
        let resumed = PPOController(space: space, seed: 1, settings: settings)
        try resumed.restore(controller.state())
        #expect(resumed.propose(round: 30, count: 20).map(\.sample) == controller.propose(round: 30, count: 20).map(\.sample))
        let begun = PPOController(space: space, seed: 5, settings: settings)
        #expect(begun.policy.adopt(PolicyKnowledge(controller.policy)))
        let choices = controller.propose(round: 31, count: 1)[0].sample.choices
        #expect(abs(begun.logProbability(of: choices) - controller.logProbability(of: choices)) < 1e-6)
    }
}
