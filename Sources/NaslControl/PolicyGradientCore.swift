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
    /// nil where rewards are held against a baseline.
    var ranks: RewardRanks?
    /// The best programs so far, where they are imitated.
    var queue: PriorityQueue
    /// What the last proposals looked like, by their choices.
    private var recent: [ChoiceKey: Episode] = [:]

    /// - Parameter trainingBatch: sequences of one pass of learning; as many as a round has where it is not given.
    init(space: Space, seed: Int, settings: PolicyGradientSettings, trainingBatch: Int? = nil) {
        self.seed = seed
        self.settings = settings
        var form = LSTMPolicy.Settings()
        form.width = max(1, settings.width)
        form.layers = max(1, settings.layers)
        form.embedding = max(1, settings.embedding)
        form.tanhConstant = settings.tanhConstant
        form.exploration = settings.exploration
        form.temperature = settings.temperature
        (form.hasNumberHeads, form.spread) = (settings.hasNumberHeads, settings.spread)
        form.attention = settings.attention
        form.length = settings.length.map { LengthPrior(mean: $0, deviation: settings.lengthDeviation) }
        policy = LSTMPolicy(space: space, batch: settings.roundSize, trainingBatch: trainingBatch, seed: seed, settings: form)
        ranks = settings.rankWindow.map { RewardRanks(window: $0) }
        queue = PriorityQueue(capacity: settings.queue)
        scale = RewardScale(decay: settings.baselineDecay, limit: settings.rewardLimit)
    }

    func propose(round: Int, count: Int) -> [Proposal] {
        let streams = (0..<min(count, policy.batch)).map { RandomStream(seed: seed, "policy", .number(round), .number($0)) }
        let drawn = policy.draw(streams)
        recent = Dictionary(drawn.map { (ChoiceKey($0.sample.choices), $0.episode) }) { first, _ in first }
        return drawn.map { Proposal(sample: $0.sample, logProbability: $0.logProbability) }
    }

    /// The derivation as the policy has drawn it, or would have; nil where it is none.
    func episode(of choices: [Int]) -> Episode? { recent[ChoiceKey(choices)] ?? policy.episode(choices) }

    /// What the outcomes of one round teach, in their order; they are taken into the baseline or the ranks.
    func experience(_ outcomes: [Outcome]) -> [Experience] {
        let rewards = outcomes.map(\.reward)
        let advantages = ranks?.advantages(rewards) ?? scale.advantages(rewards)
        return zip(outcomes, advantages).compactMap { outcome, advantage in
            let choices = outcome.proposal.sample.choices
            guard let episode = episode(of: choices) else { return nil }
            return Experience(episode: episode, advantage: advantage)
        }
    }

    /// Takes programs, whoever drew them, among those that are imitated if they are good enough.
    func remember(_ outcomes: [Outcome]) {
        if settings.imitation > 0 { queue.insert(outcomes) }
    }

    /// One step on a gradient and that of the imitation:  -imitation * mean over the queue of log p(program).
    func descend(_ gradient: [Double]) {
        var gradient = gradient
        let examples = queue.candidates.compactMap { episode(of: $0.choices) }
        if !examples.isEmpty {
            let imitated = policy.gradient(examples, advantages: examples.map { _ in settings.imitation }, entropyWeight: 0).gradient
            for slot in gradient.indices { gradient[slot] += imitated[slot] }
        }
        policy.descend(gradient, learningRate: settings.learningRate, clip: settings.gradientClip)
    }
}
