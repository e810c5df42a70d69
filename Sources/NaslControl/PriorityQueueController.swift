import NaslSpace

/// Priority queue training on an LSTM policy (Abolafia et al., "Neural program synthesis with priority queue training", 2018): the policy is made
/// to write the best programs so far, as if they were examples given to it, and draws new ones near them.
///
///     let controller = PriorityQueueController(space: space, seed: 1)
///     let run = Search(space: space, controller: controller, settings: .init(trials: 1000, seed: 1), evaluate: child).run()
public final class PriorityQueueController: Controller {
    public struct Settings: Sendable, Hashable {
        /// The papers have an entropy bonus that keeps the policy from writing nothing else. Here exploration does: on the table of losses
        /// (`Benchmarks/tables`, 300 trials) it is as good with a third of the entropy, and repeats itself less.
        public var common = PolicyGradientSettings()
        /// Programs in the queue: 10 (Abolafia et al. 2018, section 4; Deep Symbolic Regression).
        public var queue = 10
        /// Steps of Adam after each round: 1 in the papers, which have many more rounds.
        public var steps = 2

        public init() {
            common.learningRate = 0.02
            common.entropyWeight = 0.1
            common.exploration = 0.2
        }
    }

    public let name = "priority_queue"
    public let settings: Settings
    private let core: PolicyGradientCore
    private var queue: PriorityQueue

    public var roundSize: Int { core.policy.batch }
    package var policy: LSTMPolicy { core.policy }

    public init(space: Space, seed: Int, settings: Settings = Settings()) {
        self.settings = settings
        core = PolicyGradientCore(space: space, seed: seed, settings: settings.common)
        queue = PriorityQueue(capacity: settings.queue)
    }

    public func propose(round: Int, count: Int) -> [Proposal] { core.propose(round: round, count: count) }

    public func learn(_ outcomes: [Outcome]) {
        queue.insert(outcomes)
        let episodes = queue.candidates.compactMap { core.episode(of: $0.choices) }
        if episodes.isEmpty { return }
        for _ in 0..<settings.steps {
            policy.learn(
                episodes, advantages: episodes.map { _ in 1 }, entropyWeight: settings.common.entropyWeight, learningRate: settings.common.learningRate,
                clip: settings.common.gradientClip)
        }
    }

    /// The best of them are examples as good as its own.
    public func observe(_ outcomes: [Outcome]) { queue.insert(outcomes) }

    public func logProbability(of choices: [Int]) -> Double { policy.logProbability(of: choices) }
    public func probabilities(of choices: [Int]) -> [[Double]]? { policy.probabilities(of: choices) }

    public func state() -> [UInt8] {
        var writer = StateWriter(name)
        writer.add(queue.candidates)
        writer.add(core.state(of: name))
        return writer.bytes
    }

    public func restore(_ state: [UInt8]) throws {
        var reader = try StateReader(state, of: name)
        let candidates = try reader.candidates()
        let policy = try reader.bytes()
        try reader.finish()
        try core.restore(policy, of: name)
        queue = PriorityQueue(capacity: settings.queue, candidates)
    }
}
