import NaslRandom
import NaslSpace

/// Proximal policy optimization on an LSTM policy (Schulman et al. 2017; Zoph et al. 2018, NASNet): as REINFORCE, but several passes are
/// made over the trials of a round, and the clipped surrogate keeps them from carrying the policy further than these trials can vouch for.
///
///     let controller = PPOController(space: space, seed: 1)
///     let run = Search(space: space, controller: controller, settings: .init(trials: 400, seed: 1), evaluate: child).run()
public final class PPOController: Controller {
    /// Defaults are made for hundreds of trials. The papers': a rate of 3.5e-4 and an entropy weight of 1e-5 (NASNet, 20,000 children);
    /// 10 passes of 4 steps (Deep Symbolic Regression); neither ranks nor exploration nor imitation.
    ///
    /// Chosen on the table of losses (`Benchmarks/tables`, 300 trials, 30 to 40 seeds). So many programs were better than the best found, on average:
    /// 44 with advantages in deviations, where `random` leaves 13; 15 with ranks; 13 with exploration beside them; 9 with imitation as well, a rate of
    /// 0.01 in place of 0.003 and an entropy weight of 0.3 in place of 0.1. Differences of 3 are within the error.
    public struct Settings: Sendable, Hashable {
        public var common = PolicyGradientSettings()
        /// A choice's probability may change by this share: 0.2 (Schulman et al. 2017; Deep Symbolic Regression).
        public var clip = 0.2
        /// Passes over a round's trials.
        public var epochs = 4
        /// Steps of Adam in each pass, each on a part of the round.
        public var minibatches = 2

        public init() {
            common.learningRate = 0.01
            common.rankWindow = 40
            common.exploration = 0.1
            common.entropyWeight = 0.3
            common.imitation = 1
        }
    }

    public let name = "ppo"
    public let settings: Settings
    private let core: PolicyGradientCore
    private let surrogate: ClippedSurrogate

    public var roundSize: Int { core.policy.batch }
    package var policy: LSTMPolicy { core.policy }

    public init(space: Space, seed: Int, settings: Settings = Settings()) {
        self.settings = settings
        surrogate = ClippedSurrogate(epsilon: settings.clip)
        let parts = max(1, settings.minibatches)
        core = PolicyGradientCore(
            space: space, seed: seed, settings: settings.common, trainingBatch: (max(1, settings.common.roundSize) + parts - 1) / parts)
    }

    public func propose(round: Int, count: Int) -> [Proposal] { core.propose(round: round, count: count) }

    public func learn(_ outcomes: [Outcome]) {
        let experience = core.experience(outcomes)
        core.remember(outcomes)
        let before = policy.choiceLogProbabilities(experience.map(\.episode))
        for _ in 0..<max(0, settings.epochs) {
            for part in parts(experience.count) {
                let own = part.map { experience[$0] }
                let gradient = policy.gradient(
                    own.map(\.episode), advantages: own.map(\.advantage), before: part.map { before[$0] }, surrogate: surrogate,
                    entropyWeight: settings.common.entropyWeight).gradient
                core.descend(gradient)
            }
        }
    }

    /// The numbers 0 ..< `count` in a fresh order, in parts of nearly equal length. The order follows from the number of steps made so
    /// far, which a restored controller knows.
    private func parts(_ count: Int) -> [[Int]] {
        var stream = RandomStream(seed: core.seed, "policy", "minibatches", .number(policy.adam.step))
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, stream.below(last + 1)) }
        let parts = (count + policy.trainingBatch - 1) / policy.trainingBatch
        return (0..<parts).map { Array(order[$0 * count / parts..<($0 + 1) * count / parts]) }
    }

    /// The best of them are imitated like its own.
    public func observe(_ outcomes: [Outcome]) { core.remember(outcomes) }

    public func logProbability(of choices: [Int]) -> Double { policy.logProbability(of: choices) }
    public func probabilities(of choices: [Int]) -> [[Double]]? { policy.probabilities(of: choices) }
    public func state() -> [UInt8] { core.state(of: name) }
    public func restore(_ state: [UInt8]) throws { try core.restore(state, of: name) }
}
