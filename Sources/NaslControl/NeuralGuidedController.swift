import NaslRandom
import NaslSpace

/// Genetic steps that begin with what a policy draws, and a policy that learns from the best of both (Mundhenk et al., "Symbolic regression via
/// neural-guided genetic programming population seeding", NeurIPS 2021).
///
///     let controller = NeuralGuidedController(space: space, seed: 1)
///     let run = Search(space: space, controller: controller, settings: .init(trials: 5000, seed: 1), evaluate: child).run()
///
/// A cycle has one round of the policy's programs, which become the first generation, and then `generations` rounds of their descendants. At its
/// end the best descendants join the policy's own programs, and what lies above the quantile of these is learned from.
public final class NeuralGuidedController: Controller {
    public struct Settings: Sendable, Hashable {
        /// The paper's: rounds of 500 trials, a rate of 2.5e-3, an entropy weight of 0.03 with a decay of 0.7.
        public var riskSeeking = RiskSeekingController.Settings()
        /// Rounds of descendants between two steps of the policy: 25 in the paper (section 4), 20 in its code.
        public var generations = 10
        /// Descendants that join the policy's programs before it learns: 50 in the code.
        public var guests = 10
        /// The best of a generation that stay beside their descendants: none in the code.
        public var elite = 0
        /// Cycles without a better program after which the policy begins anew, for it has settled where nothing more is found; 0: never, as in
        /// the code.
        public var patience = 0
        /// Programs that compete to be a parent: 5 in the code.
        public var tournament = 5
        /// The probability that a child has two parents: 0.5 in the code.
        public var crossover = 0.5
        /// The probability that a parent is the shorter of two winners of tournaments: 0 in the code.
        public var parsimony = 0.0

        /// Its genetic steps explore, and cycles are few: rounds and rate as for REINFORCE, one step a cycle.
        public init() {
            riskSeeking.common = PolicyGradientSettings()
            riskSeeking.common.roundSize = 50
            riskSeeking.common.entropyWeight = 0.2
            riskSeeking.quantile = 0.1
        }
    }

    public let name = "neural_guided"
    public let settings: Settings
    private let space: Space
    private let seed: Int
    private let core: PolicyGradientCore
    private var breeding: Breeding
    /// Rounds since the policy's own; 0: the next one is the policy's.
    private var generation = 0
    /// The policy's programs of this cycle, and the last generation.
    private var own: [Rated] = []
    private var population: [Rated] = []
    private var best: PriorityQueue
    /// What is known of the present generation, and how many of it were tried.
    private var arrived: [Rated] = []
    private var seen = 0
    /// Of the present policy: the best reward of its cycles, and how many cycles ago it came.
    private var record = -Double.infinity
    private var stale = 0
    /// After so many proposals a policy began anew.
    public private(set) var restarts: [Int] = []
    private var proposals = 0

    public var roundSize: Int { core.policy.batch }
    package var policy: LSTMPolicy { core.policy }

    public init(space: Space, seed: Int, settings: Settings = Settings()) {
        self.space = space
        self.seed = seed
        self.settings = settings
        core = PolicyGradientCore(space: space, seed: seed, settings: settings.riskSeeking.common)
        breeding = Breeding(space, tournament: settings.tournament, crossover: settings.crossover, parsimony: settings.parsimony)
        best = PriorityQueue(capacity: settings.guests)
    }

    public func propose(round: Int, count: Int) -> [Proposal] {
        if generation == 0 || population.count < 2 { return core.propose(round: round, count: count) }
        var known = Set((own + population + best.candidates + arrived).map { ChoiceKey($0.choices) })
        return (0..<count).map { slot in
            var stream = RandomStream(seed: seed, "policy", .number(round), .number(slot))
            let sample = breeding.child(of: population, &stream, known: &known)
            return Proposal(sample: sample, logProbability: sample.logProbability)
        }
    }

    public func learn(_ outcomes: [Outcome]) {
        let rated = outcomes.compactMap { outcome in outcome.reward.flatMap { $0.isFinite ? Rated(choices: outcome.proposal.sample.choices, reward: $0) : nil } }
        arrived += rated
        seen += outcomes.count
        proposals += outcomes.count
        // A generation is a whole round, also where it comes in parts.
        if seen < roundSize { return }
        let whole = arrived
        (arrived, seen) = ([], 0)
        if generation == 0 {
            (own, population) = (whole, whole)
            best = PriorityQueue(capacity: settings.guests)
        } else {
            for candidate in whole { best.insert(candidate) }
            // All but the elite of the parents die, however good they are: measured, that finds more than keeping the best of both.
            if !whole.isEmpty { population = whole + elite(of: population, besides: whole) }
        }
        generation += 1
        if generation > settings.generations {
            learnFromCycle()
            generation = 0
        }
    }

    /// The best of a generation, each once, that are not among their descendants, too.
    private func elite(of population: [Rated], besides descendants: [Rated]) -> [Rated] {
        if settings.elite == 0 { return [] }
        var best = PriorityQueue(capacity: settings.elite)
        let alive = Set(descendants.map { ChoiceKey($0.choices) })
        for candidate in population where !alive.contains(ChoiceKey(candidate.choices)) { best.insert(candidate) }
        return best.candidates
    }

    /// The best of them are guests like its own descendants.
    public func observe(_ outcomes: [Outcome]) {
        guard generation > 0 else { return }
        best.insert(outcomes)
    }

    private func learnFromCycle() {
        let all = own + best.candidates.filter { candidate in !own.contains { $0.choices == candidate.choices } }
        let elite = RiskSeeking(quantile: settings.riskSeeking.quantile, isStandardized: settings.riskSeeking.isStandardized).elite(all.map(\.reward))
        let known = elite.compactMap { slot, advantage in core.episode(of: all[slot].choices).map { (episode: $0, advantage: advantage) } }
        let common = settings.riskSeeking.common
        if !known.isEmpty {
            policy.learn(
                known.map(\.episode), advantages: known.map(\.advantage), entropyWeight: common.entropyWeight,
                entropyDecay: settings.riskSeeking.entropyDecay, learningRate: common.learningRate, clip: common.gradientClip)
        }
        if settings.patience > 0 { losePatience(all.map(\.reward).max() ?? -.infinity) }
    }

    private func losePatience(_ best: Double) {
        (stale, record) = best > record ? (0, best) : (stale + 1, record)
        if stale < settings.patience { return }
        restarts.append(proposals)
        policy.beginAnew(restarts.count)
        (stale, record) = (0, -.infinity)
    }

    /// Of the policy, which begins each cycle.
    public func logProbability(of choices: [Int]) -> Double { policy.logProbability(of: choices) }
    public func probabilities(of choices: [Int]) -> [[Double]]? { policy.probabilities(of: choices) }

    public func state() -> [UInt8] {
        var writer = StateWriter(name)
        writer.add(generation)
        writer.add(seen)
        for candidates in [own, population, best.candidates, arrived] { writer.add(candidates) }
        writer.add(core.state(of: name))
        if settings.patience > 0 {
            writer.add(stale)
            writer.add(proposals)
            writer.add(restarts)
            writer.add(record)
        }
        return writer.bytes
    }

    public func restore(_ state: [UInt8]) throws {
        var reader = try StateReader(state, of: name)
        let (generation, seen) = (try reader.int(), try reader.int())
        let (own, population, best, arrived) = (try reader.candidates(), try reader.candidates(), try reader.candidates(), try reader.candidates())
        let policy = try reader.bytes()
        let (stale, proposals, restarts) = settings.patience > 0 ? (try reader.int(), try reader.int(), try reader.ints()) : (0, 0, [])
        let record = settings.patience > 0 ? try reader.double() : -.infinity
        try reader.finish()
        guard stale >= 0, proposals >= 0, !record.isNaN, (0...max(0, settings.generations)).contains(generation), (0..<roundSize).contains(seen) else { throw ControllerStateError(problem: "this state is damaged") }
        try core.restore(policy, of: name)
        (self.generation, self.seen, self.own, self.population, self.arrived) = (generation, seen, own, population, arrived)
        self.best = PriorityQueue(capacity: settings.guests, best)
        (self.stale, self.proposals, self.restarts, self.record) = (stale, proposals, restarts, record)
    }
}
