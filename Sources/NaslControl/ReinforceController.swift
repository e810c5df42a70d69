import NaslRandom
import NaslSpace

/// REINFORCE on an LSTM policy (Williams 1992; Zoph & Le 2017): after each round the choices of trials better than the moving average
/// become more likely, those of worse ones less.
///
///     let controller = ReinforceController(space: space, seed: 1)
///     let run = Search(space: space, controller: controller, settings: .init(trials: 400, seed: 1), evaluate: child).run()
public final class ReinforceController: Controller {
    /// Defaults are made for hundreds of trials, the papers' for tens of thousands. Measured on five synthetic tasks with 400 trials
    /// and 20 seeds: a rate of 0.005 has hardly begun to learn, 0.01 does in every run and still finds programs as good as random
    /// search does on the smallest space, 0.03 learns fastest and settles too early there; entropy weights up to 0.2 cost the mean
    /// nothing and find better programs.
    public struct Settings: Sendable, Hashable {
        /// Trials between two updates: 20 (NASNet).
        public var roundSize = 20
        /// Of Adam: 6e-4 in Zoph & Le 2017 (12,800 children), 3.5e-4 in NASNet (20,000).
        public var learningRate = 0.01
        /// What one nat of entropy of a choice is worth, in deviations of the reward: 1e-5 in NASNet, 1e-4 to 0.1 in ENAS, 0.005 to 0.03 in
        /// Deep Symbolic Regression, each on its own scale of rewards.
        public var entropyWeight = 0.1
        /// Of the baseline, for each trial: 0.95 (NASNet).
        public var baselineDecay = 0.95
        /// Rewards further away than so many deviations are taken as that far.
        public var rewardLimit = 3.0
        /// Longest gradient.
        public var gradientClip = 1.0
        /// Units of the LSTM: 32 (Deep Symbolic Regression), 35 (Zoph & Le).
        public var width = 32
        public var embedding = 16
        /// See `temperature`; nil for none.
        public var tanhConstant: Double? = nil
        /// Logits are `tanhConstant * tanh(logits / temperature)`, or `logits / temperature` (Bello et al. 2017).
        public var temperature = 1.0

        public init() {}
    }

    public let name = "reinforce"
    public let settings: Settings
    package let policy: LSTMPolicy
    var scale: RewardScale
    private let seed: Int
    /// What the last proposals looked like, by their choices.
    private var recent: [[Int]: Episode] = [:]

    public var roundSize: Int { policy.batch }

    public init(space: Space, seed: Int, settings: Settings = Settings()) {
        self.seed = seed
        self.settings = settings
        var form = LSTMPolicy.Settings()
        form.width = max(1, settings.width)
        form.embedding = max(1, settings.embedding)
        form.tanhConstant = settings.tanhConstant
        form.temperature = settings.temperature
        policy = LSTMPolicy(space: space, batch: settings.roundSize, seed: seed, settings: form)
        scale = RewardScale(decay: settings.baselineDecay, limit: settings.rewardLimit)
    }

    public func propose(round: Int, count: Int) -> [Proposal] {
        let streams = (0..<min(count, roundSize)).map { RandomStream(seed: seed, "policy", .number(round), .number($0)) }
        let drawn = policy.draw(streams)
        recent = Dictionary(drawn.map { ($0.sample.choices, $0.episode) }) { first, _ in first }
        return drawn.map { Proposal(sample: $0.sample, logProbability: $0.logProbability) }
    }

    public func learn(_ outcomes: [Outcome]) {
        let advantages = scale.advantages(outcomes.map(\.reward))
        var episodes: [Episode] = []
        var weights: [Double] = []
        for (outcome, advantage) in zip(outcomes, advantages) {
            let choices = outcome.proposal.sample.choices
            guard let episode = recent[choices] ?? Episode(choices, in: policy.space, policy.vocabulary) else { continue }
            episodes.append(episode)
            weights.append(advantage)
        }
        if episodes.isEmpty { return }
        policy.learn(
            episodes, advantages: weights, entropyWeight: settings.entropyWeight, learningRate: settings.learningRate,
            clip: settings.gradientClip)
    }

    public func logProbability(of choices: [Int]) -> Double { policy.logProbability(of: choices) }
}
