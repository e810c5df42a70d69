import NaslSpace

/// Risk-seeking policy gradient on an LSTM policy (Petersen et al. 2021, Deep Symbolic Regression): only the best trials of a round are learned
/// from, those above a quantile, so that the policy's best programs become better, whatever becomes of its mean.
///
///     let controller = RiskSeekingController(space: space, seed: 1)
///     let run = Search(space: space, controller: controller, settings: .init(trials: 2000, seed: 1), evaluate: child).run()
public final class RiskSeekingController: Controller {
    public struct Settings: Sendable, Hashable {
        /// The paper's: rounds of 1,000 trials, a rate of 5e-4, an entropy weight of 0.005, for 2,000,000 trials.
        public var common = PolicyGradientSettings()
        /// The share of a round that is learned from: 0.05 (Petersen et al. 2021), of rounds of 1,000.
        public var quantile = 0.1
        /// The entropy of choice t counts so much to the power of t: 0.7 (Landajuela et al. 2021), 1 (Petersen et al. 2021).
        public var entropyDecay = 0.7

        public init() {
            common.roundSize = 50
            common.entropyWeight = 0.2
        }
    }

    public let name = "risk_seeking"
    public let settings: Settings
    private let core: PolicyGradientCore

    public var roundSize: Int { core.policy.batch }
    package var policy: LSTMPolicy { core.policy }

    public init(space: Space, seed: Int, settings: Settings = Settings()) {
        self.settings = settings
        core = PolicyGradientCore(space: space, seed: seed, settings: settings.common)
    }

    public func propose(round: Int, count: Int) -> [Proposal] { core.propose(round: round, count: count) }

    public func learn(_ outcomes: [Outcome]) {
        let elite = RiskSeeking(quantile: settings.quantile).elite(outcomes.map(\.reward))
        let known = elite.compactMap { slot, advantage in core.episode(of: outcomes[slot].proposal.sample.choices).map { (episode: $0, advantage: advantage) } }
        if known.isEmpty { return }
        policy.learn(
            known.map(\.episode), advantages: known.map(\.advantage), entropyWeight: settings.common.entropyWeight, entropyDecay: settings.entropyDecay,
            learningRate: settings.common.learningRate, clip: settings.common.gradientClip)
    }

    public func logProbability(of choices: [Int]) -> Double { policy.logProbability(of: choices) }
    public func probabilities(of choices: [Int]) -> [[Double]]? { policy.probabilities(of: choices) }
    public func state() -> [UInt8] { core.state(of: name) }
    public func restore(_ state: [UInt8]) throws { try core.restore(state, of: name) }
}
