import Foundation
import NaslControl
import NaslSpace
import Testing

@Suite struct AdaptiveTests {
    private func run(_ controller: AdaptiveController, rounds: Int, _ reward: (Sample) -> Double?) {
        for round in 0..<rounds {
            controller.learn(controller.propose(round: round, count: controller.roundSize).map { Outcome(proposal: $0, reward: reward($0.sample)) })
        }
    }

    /// Of two methods the one that finds more gets more: `exhaustive` has the small programs first, the reward is for large ones.
    @Test(arguments: 1...3) func theBetterMemberGetsMore(seed: Int) throws {
        let space = try trees(depth: 6)
        let controller = AdaptiveController(space: space, seed: seed, members: [
            .init("exhaustive()") { space, _ in ExhaustiveController(space: space) },
            .init("evolution()") { EvolutionController(space: $0, seed: $1) },
        ])
        run(controller, rounds: 15) { Double(occurrences(of: .tanh, in: $0.program)) }
        let last = try #require(controller.allocations.last)
        #expect(controller.allocations.count > 1 && controller.allocations[0].shares == [0.5, 0.5])
        #expect(last.shares[1] > 0.7 && abs(last.shares[0] + last.shares[1] - 1) < 1e-12)
        #expect(zip(controller.allocations, controller.allocations.dropFirst()).allSatisfy { $0.trial < $1.trial })
    }

    /// Probabilities are those of the mixture: they add up to 1, and their product is that of `logProbability`.
    @Test func probabilitiesAreOfTheMixture() throws {
        let space = try trees(depth: 4)
        let controller = AdaptiveController(space: space, seed: 2, members: [
            .init("ppo()") { PPOController(space: $0, seed: $1) }, .init("random()") { RandomController(space: $0, seed: $1) },
        ])
        run(controller, rounds: 6) { Double(occurrences(of: .tanh, in: $0.program)) }
        for proposal in controller.propose(round: 6, count: 20) {
            let choices = proposal.sample.choices
            let steps = try #require(controller.probabilities(of: choices))
            let decisions = try #require(space.decisions(of: choices))
            var total = 0.0
            for (step, choice) in choices.enumerated() {
                #expect(abs(steps[step].reduce(0, +) - 1) < 1e-9)
                total += log(steps[step][try #require(decisions[step].alternative(of: choice))])
            }
            #expect(abs(total - controller.logProbability(of: choices)) < 1e-6)
        }
        #expect(controller.logProbability(of: [99]) == -.infinity && controller.probabilities(of: [99]) == nil)
    }

    /// A population takes good programs of others, and leaves those that are no better than half of it.
    @Test func evolutionTakesWhatOthersFind() throws {
        let space = try bandit(8)
        var settings = EvolutionController.Settings()
        (settings.population, settings.tournament, settings.crossover) = (3, 2, 0)
        func outcome(_ arm: Int, _ reward: Double?) throws -> Outcome { Outcome(proposal: Proposal(sample: try space.replay([arm]), logProbability: 0), reward: reward) }
        let controller = EvolutionController(space: space, seed: 1, settings: settings)
        try controller.observe([outcome(1, 1), outcome(2, 2), outcome(3, 3)])
        try controller.observe([outcome(4, 2), outcome(5, nil), outcome(6, 2.5)])
        let expected = EvolutionController(space: space, seed: 1, settings: settings)
        try expected.learn([outcome(2, 2), outcome(3, 3), outcome(6, 2.5)])
        #expect(controller.state() == expected.state())
    }

    /// Programs of another run teach every member.
    @Test func programsOfAnotherRunTeachAll() throws {
        let space = try bandit(5)
        let controller = AdaptiveController(space: space, seed: 1, members: [
            .init("reinforce()") { ReinforceController(space: $0, seed: $1) }, .init("priority_queue()") { PriorityQueueController(space: $0, seed: $1) },
        ])
        let before = controller.logProbability(of: [3])
        for _ in 0..<10 {
            controller.learn(try (0..<20).map { number in
                Outcome(proposal: Proposal(sample: try space.replay([number % 5]), logProbability: log(0.2)), reward: number % 5 == 3 ? 1 : 0)
            })
        }
        #expect(controller.logProbability(of: [3]) > before + 0.3)
        #expect(controller.allocations.count == 1)
    }
}
