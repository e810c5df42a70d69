import NaslRandom
import NaslSpace

/// What the controllers that learn by the gradient of an LSTM policy share: how they draw, how rewards become advantages, and what is
/// worth keeping between two sessions. They differ in what they do with an experience.
final class PolicyGradientCore {
    /// A derivation, and by how many deviations it was better than expected.
    struct Experience {
        let episode: Episode
        let advantage: Double
    }

    let settings: PolicyGradientSettings
    let policy: LSTMPolicy
    let seed: Int
    var scale: RewardScale
    /// What the last proposals looked like, by their choices.
    private var recent: [[Int]: Episode] = [:]

    /// - Parameter trainingBatch: sequences of one pass of learning; as many as a round has where it is not given.
    init(space: Space, seed: Int, settings: PolicyGradientSettings, trainingBatch: Int? = nil) {
        self.seed = seed
        self.settings = settings
        var form = LSTMPolicy.Settings()
        form.width = max(1, settings.width)
        form.embedding = max(1, settings.embedding)
        form.tanhConstant = settings.tanhConstant
        form.temperature = settings.temperature
        policy = LSTMPolicy(space: space, batch: settings.roundSize, trainingBatch: trainingBatch, seed: seed, settings: form)
        scale = RewardScale(decay: settings.baselineDecay, limit: settings.rewardLimit)
    }

    func propose(round: Int, count: Int) -> [Proposal] {
        let streams = (0..<min(count, policy.batch)).map { RandomStream(seed: seed, "policy", .number(round), .number($0)) }
        let drawn = policy.draw(streams)
        recent = Dictionary(drawn.map { ($0.sample.choices, $0.episode) }) { first, _ in first }
        return drawn.map { Proposal(sample: $0.sample, logProbability: $0.logProbability) }
    }

    /// The derivation as the policy has drawn it, or would have; nil where it is none.
    func episode(of choices: [Int]) -> Episode? { recent[choices] ?? policy.episode(choices) }

    /// What the outcomes of one round teach, in their order; they are taken into the baseline.
    func experience(_ outcomes: [Outcome]) -> [Experience] {
        let advantages = scale.advantages(outcomes.map(\.reward))
        return zip(outcomes, advantages).compactMap { outcome, advantage in
            let choices = outcome.proposal.sample.choices
            guard let episode = episode(of: choices) else { return nil }
            return Experience(episode: episode, advantage: advantage)
        }
    }
}
