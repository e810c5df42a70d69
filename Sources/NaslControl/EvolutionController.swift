import NaslRandom
import NaslSpace

/// Regularized evolution (Real et al., "Regularized Evolution for Image Classifier Architecture Search", AAAI 2019): the best of a few
/// programs drawn from the population becomes a parent, its child joins the population, and the oldest leaves it, however good it is.
///
///     let controller = EvolutionController(space: space, seed: 1)
///     let run = Search(space: space, controller: controller, settings: .init(trials: 400, seed: 1), evaluate: child).run()
///
/// Children are bred inside the space's masks, so every one is a program of the space.
public final class EvolutionController: Controller {
    public struct Settings: Sendable, Hashable {
        /// Programs that are alive: 100 (Real et al. 2019, section 3), made for 20,000 children.
        public var population = 50
        /// Programs that compete to be a parent: 25 of 100 (Real et al. 2019), 2 of 1,000 (Lion: Chen et al. 2023).
        public var tournament = 10
        /// The probability that a child has two parents: 0 in Real et al., 0.7 in EvoMAL (2022).
        public var crossover = 0.3
        /// Children of a round.
        public var roundSize = 20

        public init() {}
    }

    public let name = "evolution"
    public let settings: Settings
    public var roundSize: Int { max(1, settings.roundSize) }
    public var mostProposals: Int { .max }
    private let space: Space
    private let seed: Int
    private var breeding: Breeding
    /// The oldest first.
    private var population: [Rated] = []

    public init(space: Space, seed: Int, settings: Settings = Settings()) {
        self.space = space
        self.seed = seed
        self.settings = settings
        breeding = Breeding(space, tournament: settings.tournament, crossover: settings.crossover)
    }

    public func propose(round: Int, count: Int) -> [Proposal] {
        var known = Set(population.map { ChoiceKey($0.choices) })
        return (0..<count).map { slot in
            var stream = RandomStream(seed: seed, "policy", .number(round), .number(slot))
            let isFirst = population.count < max(2, settings.population)
            let sample = isFirst ? space.sample(&stream) : breeding.child(of: population, &stream, known: &known)
            return Proposal(sample: sample, logProbability: sample.logProbability)
        }
    }

    public func learn(_ outcomes: [Outcome]) {
        for outcome in outcomes {
            guard let reward = outcome.reward, reward.isFinite else { continue }
            population.append(Rated(choices: outcome.proposal.sample.choices, reward: reward))
        }
        population.removeFirst(max(0, population.count - max(2, settings.population)))
    }

    /// Those better than half of the population join it, all while it is not full: whoever found them, they may become parents.
    public func observe(_ outcomes: [Outcome]) {
        guard population.count >= max(2, settings.population) else { return learn(outcomes) }
        let middle = population.map(\.reward).sorted()[population.count / 2]
        learn(outcomes.filter { $0.reward ?? -.infinity > middle })
    }

    /// Of the grammar: how likely a child is depends on all that lives.
    public func logProbability(of choices: [Int]) -> Double { space.logProbability(choices) }

    public func probabilities(of choices: [Int]) -> [[Double]]? { space.decisions(of: choices)?.map(\.priors) }

    public func state() -> [UInt8] {
        var writer = StateWriter(name)
        writer.add(population)
        return writer.bytes
    }

    public func restore(_ state: [UInt8]) throws {
        var reader = try StateReader(state, of: name)
        let population = try reader.candidates()
        try reader.finish()
        self.population = population
    }
}
