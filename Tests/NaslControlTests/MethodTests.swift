import Foundation
import NaslControl
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

func small() -> EvolutionController.Settings {
    var settings = EvolutionController.Settings()
    settings.population = 20
    settings.tournament = 5
    return settings
}

/// The search methods beside REINFORCE and PPO.
@Suite struct MethodTests {
    private static func make(_ name: String, _ space: Space, _ seed: Int) -> any Controller {
        switch name {
        case "evolution": EvolutionController(space: space, seed: seed, settings: small())
        case "exhaustive": ExhaustiveController(space: space)
        case "impatient": guided(space, seed, batch: 20) { ($0.generations, $0.elite, $0.patience) = (2, 3, 1) }
        case "growing":
            GrowingController(space: space, seed: seed, settings: quickly) { make("neural_guided", $0, $1) }
        case "risk_seeking": RiskSeekingController(space: space, seed: seed)
        case "priority_queue": PriorityQueueController(space: space, seed: seed)
        case "adaptive":
            AdaptiveController(space: space, seed: seed, members: ["evolution", "priority_queue", "neural_guided"].map { name in
                AdaptiveController.Member(name) { make(name, $0, $1) }
            } + [.init("ppo") { PPOController(space: $0, seed: $1) }])
        default: NeuralGuidedController(space: space, seed: seed)
        }
    }

    private static let names = ["evolution", "exhaustive", "risk_seeking", "priority_queue", "neural_guided", "impatient", "adaptive", "growing"]
    private static let learning = names.filter { $0 != "exhaustive" && $0 != "impatient" && $0 != "growing" }
    private static var quickly: GrowingController.Settings {
        var settings = GrowingController.Settings()
        (settings.depth, settings.patience) = (2, 60)
        return settings
    }

    private static func guided(_ space: Space, _ seed: Int, batch: Int, _ set: (inout NeuralGuidedController.Settings) -> Void) -> NeuralGuidedController {
        var settings = NeuralGuidedController.Settings()
        settings.riskSeeking.common.roundSize = batch
        set(&settings)
        return NeuralGuidedController(space: space, seed: seed, settings: settings)
    }

    private func run(_ controller: any Controller, rounds: Range<Int>, _ reward: (Sample) -> Double?) -> [(sample: Sample, reward: Double?)] {
        rounds.flatMap { round in
            let proposals = controller.propose(round: round, count: controller.roundSize)
            let outcomes = proposals.map { Outcome(proposal: $0, reward: reward($0.sample)) }
            controller.learn(outcomes)
            return outcomes.map { ($0.proposal.sample, $0.reward) }
        }
    }

    private func odd(_ sample: Sample) -> Double? { sample.choices.count % 5 == 0 ? nil : Double(sample.program.size) }

    @Test(arguments: names) func everyProposalIsAProgram(_ name: String) throws {
        let space = try trees(depth: 4)
        for (sample, _) in run(MethodTests.make(name, space, 1), rounds: 0..<12, odd) {
            #expect(try space.replay(sample.choices) == sample)
            #expect(sample.program.depth <= 4)
        }
    }

    @Test(arguments: names) func proposingTwiceGivesTheSame(_ name: String) throws {
        let controller = MethodTests.make(name, try trees(depth: 4), 1)
        for round in 0..<4 {
            let first = controller.propose(round: round, count: 20).map(\.sample)
            #expect(controller.propose(round: round, count: 20).map(\.sample) == first)
            #expect(controller.propose(round: round, count: 7).map(\.sample) == Array(first.prefix(7)))
            _ = run(controller, rounds: round..<round + 1, odd)
        }
    }

    @Test(arguments: names) func restoredControllerGoesOnAsIfNothingHadHappened(_ name: String) throws {
        let space = try trees(depth: 4)
        for rounds in [0, 1, 4, 11] {
            let unbroken = MethodTests.make(name, space, 1)
            _ = run(unbroken, rounds: 0..<rounds, odd)
            let state = unbroken.state(), resumed = MethodTests.make(name, space, 1)
            try resumed.restore(state)
            #expect(resumed.state() == state)
            #expect(run(resumed, rounds: rounds..<rounds + 12, odd).map(\.sample) == run(unbroken, rounds: rounds..<rounds + 12, odd).map(\.sample))
            #expect(resumed.state() == unbroken.state())
        }
    }

    @Test(arguments: names) func foreignAndDamagedStatesAreRefused(_ name: String) throws {
        let space = try trees(depth: 4)
        let controller = MethodTests.make(name, space, 1)
        _ = run(controller, rounds: 0..<3, odd)
        let state = controller.state()
        for other in [[], Array(state.dropLast()), state + [0], Array("nasl other 1\n".utf8), RiskSeekingController(space: try bandit(3), seed: 1).state()] {
            #expect(throws: ControllerStateError.self) { try controller.restore(other) }
            #expect(controller.state() == state)
        }
        // Lengths that would need more than there is.
        for position in stride(from: 0, to: min(state.count, 200), by: 3) {
            var damaged = state
            damaged[position] ^= 0x7F
            try? MethodTests.make(name, space, 1).restore(damaged)
        }
    }

    @Test(arguments: learning, 1...3) func countOfTanhGrows(_ name: String, seed: Int) throws {
        let space = try trees(depth: 4)
        // Of `neural_guided` one cycle: the next begins with the policy's programs again.
        let rounds = name == "neural_guided" ? 11 : name == "risk_seeking" ? 24 : 30
        let all = run(MethodTests.make(name, space, seed), rounds: 0..<rounds) { Double(occurrences(of: .tanh, in: $0.program)) }
        func mean(_ part: ArraySlice<(sample: Sample, reward: Double?)>) -> Double { part.reduce(0) { $0 + ($1.reward ?? 0) } / Double(part.count) }
        #expect(mean(all.suffix(all.count / 5)) > mean(all.prefix(all.count / 5)), "seed \(seed)")
    }

    @Test(arguments: learning) func chainOptimumIsFound(_ name: String) throws {
        let space = try chain(6)
        for seed in 1...3 {
            let all = run(MethodTests.make(name, space, seed), rounds: 0..<(name == "evolution" || name == "priority_queue" ? 60 : 40)) { sample in
                let digits = sample.choices.dropFirst()
                return Double(zip(digits, digits.dropFirst()).count { ($0 + 1) % 3 == $1 })
            }
            #expect(all.compactMap(\.reward).max() == 5, "seed \(seed)")
        }
    }

    @Test(arguments: learning) func rewardsThatAreNotNumbersDoNoHarm(_ name: String) throws {
        let controller = MethodTests.make(name, try trees(depth: 3), 1)
        let odd: [Double?] = [.nan, .infinity, -.infinity, nil, 1e308, -1e308, 0]
        for round in 0..<14 {
            let proposals = controller.propose(round: round, count: 20)
            controller.learn(proposals.enumerated().map { Outcome(proposal: $1, reward: odd[($0 + round) % odd.count]) })
        }
        controller.learn([])
        #expect(controller.propose(round: 14, count: 20).allSatisfy { $0.sample.logProbability.isFinite })
        let none = MethodTests.make(name, try trees(depth: 3), 1)
        for round in 0..<14 { none.learn(none.propose(round: round, count: 20).map { Outcome(proposal: $0, reward: nil) }) }
        #expect(none.propose(round: 14, count: 20).count == 20)
    }

    /// The oldest leaves, however good it is; failures never join.
    @Test func evolutionForgetsTheOldest() throws {
        let space = try bandit(8)
        var settings = EvolutionController.Settings()
        (settings.population, settings.tournament, settings.crossover, settings.roundSize) = (3, 50, 0, 4)
        let controller = EvolutionController(space: space, seed: 1, settings: settings)
        func outcome(_ arm: Int, _ reward: Double?) throws -> Outcome { Outcome(proposal: Proposal(sample: try space.replay([arm]), logProbability: 0), reward: reward) }
        try controller.learn([outcome(1, 9), outcome(2, 1), outcome(3, nil), outcome(4, 2)])
        let expected = EvolutionController(space: space, seed: 1, settings: settings)
        try expected.learn([outcome(2, 1), outcome(4, 2), outcome(5, 1.5)])
        try controller.learn([outcome(5, 1.5)])
        #expect(controller.state() == expected.state())
    }

    /// A tournament over nearly all has the best as a parent: its children lie one change away from it.
    @Test func evolutionBreedsFromTheBest() throws {
        let space = try chain(6)
        var settings = EvolutionController.Settings()
        (settings.population, settings.tournament, settings.crossover) = (10, 200, 0)
        let controller = EvolutionController(space: space, seed: 2, settings: settings)
        var stream = RandomStream(seed: 4, "parents")
        let parents = (0..<10).map { _ in space.sample(&stream) }
        controller.learn(parents.enumerated().map { Outcome(proposal: Proposal(sample: $1, logProbability: 0), reward: $0 == 6 ? 1 : 0) })
        let children = controller.propose(round: 1, count: 40).map(\.sample.choices)
        // A change at the list's own choice draws all digits anew.
        let near = children.count { zip($0, parents[6].choices).count { $0 != $1 } <= 1 }
        #expect(near >= 18)
    }

    /// With parsimony parents are shorter, and so are their children.
    @Test func parsimonyMakesProgramsShorter() throws {
        let space = try trees(depth: 6)
        let lengths = try [0.0, 1.0].map { parsimony in
            let controller = MethodTests.guided(space, 5, batch: 50) { ($0.generations, $0.parsimony, $0.crossover) = (8, parsimony, 0.5) }
            _ = run(controller, rounds: 0..<8) { Double($0.choices.count % 3) }
            let children = controller.propose(round: 8, count: 50).map(\.sample.choices.count)
            return Double(children.reduce(0, +)) / Double(children.count)
        }
        #expect(lengths[1] < 0.7 * lengths[0])
    }

    /// The best of the policy's programs stays a parent though its descendants are worse, if there is an elite.
    @Test(arguments: [0, 1]) func eliteStaysBesideItsDescendants(_ elite: Int) throws {
        let space = try chain(6)
        let controller = MethodTests.guided(space, 2, batch: 10) { ($0.elite, $0.tournament, $0.crossover) = (elite, 300, 0) }
        var best: [Int] = []
        for round in 0..<2 {
            let proposals = controller.propose(round: round, count: 10)
            if round == 0 { best = proposals[6].sample.choices }
            controller.learn(proposals.enumerated().map { Outcome(proposal: $1, reward: round > 0 ? 0 : $0 == 6 ? 1 : 0.5) })
        }
        let children = controller.propose(round: 2, count: 10).map(\.sample.choices)
        let near = children.count { zip($0, best).count { $0 != $1 } <= 1 }
        #expect(elite > 0 ? near >= 4 : near < 4)
    }

    /// Patience is lost where so many cycles bring nothing better than the policy's best: then its weights are new ones.
    @Test func policyBeginsAnewWhereNothingBetterComes() throws {
        let space = try chain(6)
        let controller = MethodTests.guided(space, 3, batch: 10) { ($0.generations, $0.patience) = (1, 2) }
        // Two cycles of two rounds, which teach something; nothing that comes after them is as good.
        _ = run(controller, rounds: 0..<4) { Double($0.choices.last ?? 0) / 1e3 - ($0.choices[1] == 0 ? 0 : 1) }
        let learned = controller.policy.weights
        let anew = MethodTests.guided(space, 3, batch: 10) { _ in }
        anew.policy.beginAnew(1)
        let first = MethodTests.guided(space, 3, batch: 10) { _ in }.policy.weights
        #expect(learned != first && learned != anew.policy.weights && anew.policy.weights != first)
        for round in 4..<40 where controller.policy.weights != anew.policy.weights { _ = run(controller, rounds: round..<round + 1) { _ in -5 } }
        #expect(controller.policy.weights == anew.policy.weights)
        // After whole cycles of two rounds of 10; a restored one knows when.
        #expect(controller.restarts.count == 1 && controller.restarts[0] >= 60 && controller.restarts[0] % 20 == 0)
        let restored = MethodTests.guided(space, 3, batch: 10) { ($0.generations, $0.patience) = (1, 2) }
        try restored.restore(controller.state())
        #expect(restored.restarts == controller.restarts && restored.state() == controller.state())
    }

    @Test func exhaustiveGivesAllInOrder() throws {
        let space = try trees(depth: 3)
        let controller = ExhaustiveController(space: space, roundSize: 7)
        var found: [[Int]] = []
        for round in 0..<1_000 {
            let proposals = controller.propose(round: round, count: 7)
            if proposals.isEmpty { break }
            found += proposals.map(\.sample.choices)
            controller.learn(proposals.map { Outcome(proposal: $0, reward: 1) })
        }
        #expect(found == space.programs.map(\.choices) && found.count > 30)
    }

    /// Ten rewards, a quantile of 0.3: the three best, as far above the third as they lie in units of their root mean square.
    @Test func riskSeekingByHand() {
        let elite = RiskSeeking(quantile: 0.3).elite([1, 5, nil, 3, 9, 2, 7, .nan, 0, 4])
        #expect(elite.map(\.slot) == [4, 6, 1])
        let scale = ((16.0 + 4 + 0) / 3).squareRoot()
        #expect(zip(elite, [4 / scale, 2 / scale, 0]).allSatisfy { abs($0.advantage - $1) < 1e-12 })
        // The paper's: the distances themselves, 0 for equal ones.
        let plain = RiskSeeking(quantile: 0.3, isStandardized: false)
        #expect(plain.elite([1, 5, nil, 3, 9, 2, 7, .nan, 0, 4]).map(\.advantage) == [4, 2, 0] && plain.elite([2, 2, 1]).map(\.advantage) == [0, 0])
        // Equal ones all belong to it; without any success there is none.
        #expect(RiskSeeking(quantile: 0.1).elite([2, 2, 1]).map(\.advantage) == [1, 1])
        #expect(RiskSeeking(quantile: 0.5).elite([nil, .nan]).isEmpty)
        #expect(RiskSeeking(quantile: 1e-9).elite([1, 2]).map(\.slot) == [1])
    }

    @Test func theQueueKeepsTheBestOnce() throws {
        var queue = PriorityQueue(capacity: 3)
        for (choice, reward) in [(1, 2.0), (2, 5), (3, 1), (2, 5), (4, 5), (5, 0), (6, 3)] { queue.insert(Rated(choices: [choice], reward: reward)) }
        #expect(queue.candidates.map(\.choices) == [[2], [4], [6]])
        queue.insert([Outcome(proposal: Proposal(sample: try bandit(9).replay([7]), logProbability: 0), reward: nil)])
        #expect(queue.candidates.map(\.choices) == [[2], [4], [6]])
    }

    /// The entropy of later choices counts less: its gradient is a sum over the choices, each with its own weight.
    @Test func entropyDecaysAlongAProgram() throws {
        var settings = LSTMPolicy.Settings()
        (settings.precision, settings.initialRange) = (.double, 0.5)
        let policy = LSTMPolicy(space: try chain(3), batch: 2, seed: 5, settings: settings)
        let episodes = policy.draw((0..<2).map { RandomStream(seed: 1, "policy", 0, .number($0)) }).map(\.episode)
        let none = episodes.map { _ in 0.0 }
        let whole = policy.gradient(episodes, advantages: none, entropyWeight: 0.4, entropyDecay: 0.5)
        for slot in stride(from: 0, to: policy.weights.count, by: 97) {
            let step = 1e-5
            var weights = policy.weights
            weights[slot] += step
            let other = LSTMPolicy(space: policy.space, batch: 2, seed: 5, settings: settings)
            other.set(weights: weights)
            let read = try policy.draw((0..<2).map { RandomStream(seed: 1, "policy", 0, .number($0)) }).map { try #require(other.episode($0.sample.choices)) }
            let above = other.gradient(read, advantages: none, entropyWeight: 0.4, entropyDecay: 0.5).loss
            weights[slot] -= 2 * step
            other.set(weights: weights)
            let below = other.gradient(read, advantages: none, entropyWeight: 0.4, entropyDecay: 0.5).loss
            #expect(abs((above - below) / (2 * step) - whole.gradient[slot]) < 1e-7)
        }
        // Four choices: the first has one alternative and no entropy.
        let plain = policy.gradient(episodes, advantages: none, entropyWeight: 0.4).loss
        #expect(whole.loss > plain && plain < 0 && whole.loss < 0)
    }
}
