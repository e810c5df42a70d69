import NaslControl
import NaslExpr
import NaslRandom
import NaslSpace

/// Rounds of 1,000 sequences of 30 choices among 30, drawn and learnt from as `search` does: in a space, with its masks and priors, with all
/// that a step of the policy sees.
enum Controllers {
    static var figures: [String: () throws -> NaslBenchmarks.Measurement] {
        [
            "controller_sample_32": { try sample(32) }, "controller_sample_100": { try sample(100) },
            "controller_step_32": { try step(32) }, "controller_step_100": { try step(100) },
        ]
    }

    private static let sequences = 1000

    private static func policy(_ width: Int) throws -> LSTMPolicy {
        let choices = (0..<30).map { Alternative(.number(Double($0))) }
        let grammar = Grammar(
            name: "Sequences", rules: [
                Rule(name: "S", alternatives: [Alternative(.list((0..<30).map { _ in .hole("C") }))]), Rule(name: "C", alternatives: choices),
            ])
        var settings = LSTMPolicy.Settings()
        settings.width = width
        return LSTMPolicy(space: try Space(grammar), batch: sequences, trainingBatch: 125, seed: 1, settings: settings)
    }

    private static func draw(_ policy: LSTMPolicy, round: Int) -> [LSTMPolicy.Drawn] {
        policy.draw((0..<sequences).map { RandomStream(seed: 1, "policy", .number(round), .number($0)) })
    }

    private static func sample(_ width: Int) throws -> NaslBenchmarks.Measurement {
        let policy = try policy(width)
        var round = 0
        return {
            round += 1
            return NaslBenchmarks.seconds { _ = draw(policy, round: round) }
        }
    }

    private static func step(_ width: Int) throws -> NaslBenchmarks.Measurement {
        let policy = try policy(width)
        var round = 0
        return {
            round += 1
            return NaslBenchmarks.seconds {
                let drawn = draw(policy, round: round)
                let advantages = drawn.indices.map { Double($0 % 7) - 3 }
                policy.learn(drawn.map(\.episode), advantages: advantages, entropyWeight: 0.01, learningRate: 1e-6, clip: 1)
            }
        }
    }
}
