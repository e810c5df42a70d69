import Foundation
import NaslControl
import NaslRandom
import NaslSpace
import Testing

/// The network of a policy in all its forms: layers, temperature, tanh constant, prior on lengths.
@Suite struct PolicyNetworkTests {
    struct Form: Sendable, CustomStringConvertible {
        var layers = 1
        var temperature = 1.0
        var tanhConstant: Double?
        var length: LengthPrior?
        var description: String { "layers \(layers), temperature \(temperature), tanh constant \(tanhConstant ?? 0), length \(length?.mean ?? 0)" }
    }

    static let forms = [
        Form(layers: 2), Form(temperature: 1.7), Form(temperature: 1.7, tanhConstant: 2.5), Form(length: LengthPrior(mean: 5, deviation: 2)),
        Form(layers: 2, temperature: 0.6, tanhConstant: 1.2, length: LengthPrior(mean: 4.5, deviation: 1)),
    ]

    private func policy(_ space: Space, _ form: Form, batch: Int = 5) -> LSTMPolicy {
        var settings = LSTMPolicy.Settings()
        (settings.width, settings.embedding, settings.initialRange, settings.precision) = (5, 3, 0.8, .double)
        (settings.layers, settings.temperature, settings.tanhConstant, settings.length) = (form.layers, form.temperature, form.tanhConstant, form.length)
        return LSTMPolicy(space: space, batch: batch, seed: 7, settings: settings)
    }

    private func streams(_ count: Int) -> [RandomStream] { (0..<count).map { RandomStream(seed: 3, "policy", 0, .number($0)) } }

    @Test(arguments: forms) func gradientAgreesWithCentralDifferences(_ form: Form) throws {
        let policy = policy(try trees(depth: 4), form)
        let drawn = policy.draw(streams(5)), advantages = [1.5, -0.7, 0.2, -2, 0.9]
        func loss() -> Double {
            zip(drawn, advantages).reduce(0) { $0 - $1.1 * policy.logProbability(of: $1.0.sample.choices) } / 5
        }
        let episodes = drawn.map(\.episode), result = policy.gradient(episodes, advantages: advantages, entropyWeight: 0)
        #expect(abs(result.loss - loss()) < 1e-10)
        let entropies = policy.gradient(episodes, advantages: [0, 0, 0, 0, 0], entropyWeight: 0.3).gradient
        let start = policy.weights
        var compared = 0
        for slot in stride(from: 0, to: start.count, by: 5) {
            func at(_ change: Double) -> (loss: Double, entropies: Double) {
                var weights = start
                weights[slot] += change
                policy.set(weights: weights)
                return (loss(), policy.gradient(episodes, advantages: [0, 0, 0, 0, 0], entropyWeight: 0.3).loss)
            }
            let (above, below) = (at(1e-5), at(-1e-5))
            #expect(abs((above.loss - below.loss) / 2e-5 - result.gradient[slot]) < 1e-8, "weight \(slot)")
            #expect(abs((above.entropies - below.entropies) / 2e-5 - entropies[slot]) < 1e-8, "weight \(slot)")
            if result.gradient[slot] != 0 { compared += 1 }
        }
        #expect(compared > 30)
    }

    @Test(arguments: forms) func aDrawnProbabilityIsTheOneAskedForLater(_ form: Form) throws {
        let policy = policy(try trees(depth: 4), form, batch: 20)
        for drawn in policy.draw(streams(20)) {
            #expect(abs(drawn.logProbability - policy.logProbability(of: drawn.sample.choices)) < 1e-10)
        }
    }

    @Test(arguments: forms) func probabilitiesOfAllProgramsSumToOne(_ form: Form) throws {
        let policy = policy(try trees(depth: 2), form)
        let all = [[0], [1, 0], [2, 0], [3, 0, 0], [4, 0, 0]]
        #expect(abs(all.reduce(0) { $0 + exp(policy.logProbability(of: $1)) } - 1) < 1e-10)
    }

    /// What drawing has left in the frames of two layers has the bits that going through the sequences again gives.
    @Test func whatTheDrawHasLeftIsExact() throws {
        let policy = policy(try trees(depth: 5), Form(layers: 2), batch: 8)
        let drawn = policy.draw(streams(8)), advantages = (0..<8).map { Double($0) - 3 }
        let again = try drawn.map { try #require(policy.episode($0.sample.choices)) }
        let one = policy.gradient(drawn.map(\.episode), advantages: advantages, entropyWeight: 0.1)
        let two = policy.gradient(again, advantages: advantages, entropyWeight: 0.1)
        #expect(one.loss == two.loss && one.gradient == two.gradient && one.gradient.contains { $0 != 0 })
    }

    /// A list of two digits, with a plain LSTM written down once more. The words: the only alternative of the start is 0, digits of the first rule are
    /// 1 ... 3, of the second 4 ... 6; 7 is none; 8 ... 10 are the sites.
    @Test(arguments: [1, 2]) func probabilitiesAreThoseOfAPlainLSTM(_ layers: Int) throws {
        let form = Form(layers: layers, temperature: 1.7, tanhConstant: 2.5)
        let policy = policy(try chain(2), form)
        var rest = policy.weights[...]
        func take(_ rows: Int, _ columns: Int) -> [[Double]] {
            defer { rest = rest.dropFirst(rows * columns) }
            return (0..<rows).map { row in Array(rest.prefix(rows * columns).dropFirst(row * columns).prefix(columns)) }
        }
        let embedding = take(11, 3), inputs = take(12, 20), state = take(5, 20), biases = take(1, 20)[0], heads = take(5, 7), headBiases = take(1, 7)[0]
        var gates = [(inputs, state, biases)]
        if layers == 2 { gates.append((take(5, 20), take(5, 20), take(1, 20)[0])) }
        #expect(rest.isEmpty)
        func product(_ x: [Double], _ w: [[Double]]) -> [Double] { (0..<w[0].count).map { column in zip(x, w).reduce(0) { $0 + $1.0 * $1.1[column] } } }
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        var states = gates.map { _ in (h: [Double](repeating: 0, count: 5), c: [Double](repeating: 0, count: 5)) }
        func step(_ words: [Int], _ columns: Range<Int>) -> [Double] {
            var x = words.flatMap { embedding[$0] }
            for layer in gates.indices {
                let (below, own, bias) = gates[layer], sums = zip(zip(product(x, below), product(states[layer].h, own)), bias).map { $0.0 + $0.1 + $1 }
                states[layer].c = (0..<5).map { sigmoid(sums[5 + $0]) * states[layer].c[$0] + sigmoid(sums[$0]) * tanh(sums[10 + $0]) }
                states[layer].h = (0..<5).map { sigmoid(sums[15 + $0]) * tanh(states[layer].c[$0]) }
                x = states[layer].h
            }
            let logits = zip(product(x, heads), headBiases).map { 2.5 * tanh(($0 + $1) / 1.7) }[columns], total = logits.reduce(0) { $0 + exp($1) }
            return logits.map { exp($0) / total }
        }
        let expected = [step([7, 7, 7, 8], 0..<1), step([0, 0, 7, 9], 1..<4), step([3, 0, 3, 10], 4..<7)]
        let found = try #require(policy.probabilities(of: [0, 2, 1]))
        for (expected, found) in zip(expected, found) { #expect(zip(expected, found).allSatisfy { abs($0 - $1) < 1e-12 }, "\(expected) \(found)") }
    }

    /// `E = x @4 | sin(E) | tanh(E) | E + E | E * E` with a policy that knows nothing, a mean of 3 and a deviation of 1.
    @Test func lengthsByHand() throws {
        var settings = LSTMPolicy.Settings()
        (settings.initialRange, settings.precision, settings.length) = (0, .double, LengthPrior(mean: 3, deviation: 1))
        let policy = LSTMPolicy(space: try trees(depth: 9), batch: 2, seed: 1, settings: settings)
        // x + sin(sin(x)): at choice 1 two draws are open, so nothing ends there; at choice 2 only one is; at choice 4 what draws further is held back.
        let found = try #require(policy.probabilities(of: [3, 0, 1, 1, 0]))
        func p(_ x: Double, _ others: Double) -> [Double] { [x] + [others, others, others, others] }
        func normalised(_ weights: [Double]) -> [Double] { weights.map { $0 / weights.reduce(0, +) } }
        let expected = [p(4 * exp(-4.5), 1), p(4, 1), p(4 * exp(-0.5), 1), p(4, 1), p(4, exp(-0.5))].map(normalised)
        for (expected, found) in zip(expected, found) { #expect(zip(expected, found).allSatisfy { abs($0 - $1) < 1e-12 }, "\(expected) \(found)") }
    }

    @Test func programsHaveTheLengthThatIsExpected() throws {
        func lengths(_ mean: Double) throws -> Double {
            let policy = policy(try trees(depth: 9), Form(length: LengthPrior(mean: mean, deviation: 1.5)), batch: 200)
            return policy.draw(streams(200)).reduce(0) { $0 + Double($1.sample.choices.count) } / 200
        }
        let short = try lengths(4), long = try lengths(12)
        #expect((3...7).contains(short) && (9...18).contains(long), "\(short) \(long)")
    }

    @Test(arguments: learners) func aNetworkOfTwoLayersLearns(_ name: String) throws {
        let space = try trees(depth: 4)
        var settings = PolicyGradientSettings()
        (settings.layers, settings.learningRate) = (2, 0.02)
        var ppo = PPOController.Settings()
        ppo.common.layers = 2
        let controller: any Controller = name == "ppo" ? PPOController(space: space, seed: 1, settings: ppo) : ReinforceController(space: space, seed: 1, settings: settings)
        var sines: [Double] = []
        for round in 0..<60 {
            let outcomes = controller.propose(round: round, count: 20).map { proposal in
                Outcome(proposal: proposal, reward: Double(occurrences(of: .sin, in: proposal.sample.program)))
            }
            sines.append(outcomes.reduce(0) { $0 + ($1.reward ?? 0) } / 20)
            controller.learn(outcomes)
        }
        #expect(sines.suffix(10).reduce(0, +) / 10 > 2 * sines[0] + 0.5, "\(sines)")
        let resumed: any Controller = name == "ppo" ? PPOController(space: space, seed: 1, settings: ppo) : ReinforceController(space: space, seed: 1, settings: settings)
        try resumed.restore(controller.state())
        #expect(resumed.propose(round: 60, count: 20).map(\.sample) == controller.propose(round: 60, count: 20).map(\.sample))
    }
}
