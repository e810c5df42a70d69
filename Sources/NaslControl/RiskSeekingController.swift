import NaslSpace

/// Risk-seeking policy gradient on an LSTM policy (Petersen et al. 2021, Deep Symbolic Regression): only the best trials of a round are learned
/// from, those above a quantile, so that the policy's best programs become better, whatever becomes of its mean.
///
///     let controller = RiskSeekingController(space: space, seed: 1)
///     let run = Search(space: space, controller: controller, settings: .init(trials: 2000, seed: 1), evaluate: child).run()
public final class RiskSeekingController: Controller {
    public struct Settings: Sendable, Hashable {
        /// Chosen on the table of losses (`Benchmarks/tables`, 300 trials, 40 seeds), where it leaves 8 programs better than its best: 17 with rounds
        /// of 50, one step for each and neither exploration nor imitation; 12 with one step of a rate of 0.01.
        ///
        /// The paper's: rounds of 1,000 trials, a rate of 5e-4, an entropy weight of 0.005 without decay, advantages that are not standardized, for
        /// 2,000,000 trials.
        public var common = PolicyGradientSettings()
        /// The share of a round that is learned from: 0.05 (Petersen et al. 2021), of rounds of 1,000.
        public var quantile = 0.2
        /// The entropy of choice t counts so much to the power of t: 0.7 (Landajuela et al. 2021), 1 (Petersen et al. 2021).
        public var entropyDecay = 0.7
        /// See ``RiskSeeking``; false in the paper.
        public var isStandardized = true
        /// Steps of Adam after each round: 1 in the papers, which have many more rounds.
        public var steps = 4

        public init() {
            common.roundSize = 20
            common.learningRate = 0.02
            common.entropyWeight = 0.2
            common.exploration = 0.2
            common.imitation = 1
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
        let elite = RiskSeeking(quantile: settings.quantile, isStandardized: settings.isStandardized).elite(outcomes.map(\.reward))
        let known = elite.compactMap { slot, advantage in core.episode(of: outcomes[slot].proposal.sample.choices).map { (episode: $0, advantage: advantage) } }
        if known.isEmpty { return }
        core.remember(outcomes)
        for _ in 0..<settings.steps {
            core.descend(policy.gradient(
                known.map(\.episode), advantages: known.map(\.advantage), entropyWeight: settings.common.entropyWeight, entropyDecay: settings.entropyDecay).gradient)
        }
    }

    /// The best of them are imitated like its own.
    public func observe(_ outcomes: [Outcome]) { core.remember(outcomes) }

    public func logProbability(of choices: [Int]) -> Double { policy.logProbability(of: choices) }
    public func probabilities(of choices: [Int]) -> [[Double]]? { policy.probabilities(of: choices) }
    public func state() -> [UInt8] { core.state(of: name) }
    public func restore(_ state: [UInt8]) throws { try core.restore(state, of: name) }
}
