import Foundation
import NaslControl
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

@Suite struct LearningTests {
    /// Rewards of `trials` trials, round by round.
    private func rewards(_ controller: any Controller, trials: Int, _ reward: (Sample) -> Double?) -> [Double?] {
        var all: [Double?] = []
        var round = 0
        while all.count < trials {
            let proposals = controller.propose(round: round, count: min(controller.roundSize, trials - all.count))
            let outcomes = proposals.map { Outcome(proposal: $0, reward: reward($0.sample)) }
            controller.learn(outcomes)
            all += outcomes.map(\.reward)
            round += 1
        }
        return all
    }

    private func mean(_ values: ArraySlice<Double?>) -> Double {
        let finite = values.compactMap { $0 }
        return finite.reduce(0, +) / Double(max(1, finite.count))
    }

    @Test(arguments: learners) func banditFindsItsBestArm(_ name: String) throws {
        let space = try bandit(8)
        for seed in 1...5 {
            let controller = learner(name, space, seed: seed)
            var noise = RandomStream(seed: seed, "noise")
            _ = rewards(controller, trials: 800) { 10 * ($0.choices[0] == 5 ? 1.0 : 0.1 * Double($0.choices[0])) + noise.normal() }
            let best = (0..<8).map { controller.logProbability(of: [$0]) }.enumerated().max { $0.element < $1.element }
            #expect(best?.offset == 5, "seed \(seed)")
        }
    }

    /// The optimum is known: a full tree of products or sums over tanh(x) has the most; the reward does not say where to begin.
    @Test(arguments: learners, 1...5) func countOfTanhGrows(_ name: String, seed: Int) throws {
        let space = try trees(depth: 4)
        let all = rewards(learner(name, space, seed: seed), trials: 400) { Double(occurrences(of: .tanh, in: $0.program)) }
        #expect(mean(all.suffix(80)) > mean(all.prefix(80)))
    }

    /// What is right at a step depends on the step before: two heads, each digit one more than the last, modulo 3.
    @Test(arguments: learners) func chainLearnsToDependOnThePreviousChoice(_ name: String) throws {
        let space = try chain(6)
        for seed in 1...3 {
            let all = rewards(learner(name, space, seed: seed), trials: 2000) { sample in
                let digits = sample.choices.dropFirst()
                return Double(zip(digits, digits.dropFirst()).count { ($0 + 1) % 3 == $1 })
            }
            // At random 5/3 of 5.
            #expect(mean(all.suffix(200)) > 3, "seed \(seed)")
        }
    }

    /// Failures are avoided although no reward says so.
    @Test(arguments: learners) func failuresAreAvoided(_ name: String) throws {
        let space = try trees(depth: 3)
        for seed in 1...3 {
            let all = rewards(learner(name, space, seed: seed), trials: 600) {
                occurrences(of: .mul, in: $0.program) > 0 ? nil : 1
            }
            #expect(all.suffix(100).count { $0 == nil } < all.prefix(100).count { $0 == nil })
        }
    }

    @Test(arguments: learners) func rewardsThatAreNotNumbersDoNoHarm(_ name: String) throws {
        let space = try trees(depth: 3)
        let controller = learner(name, space, seed: 1)
        for round in 0..<10 {
            let proposals = controller.propose(round: round, count: 20)
            let odd: [Double?] = [.nan, .infinity, -.infinity, nil, 1e308, -1e308, 0]
            controller.learn(proposals.enumerated().map { Outcome(proposal: $1, reward: odd[($0 + round) % odd.count]) })
            #expect(controller.policy.weights.allSatisfy { $0.isFinite })
        }
        controller.learn([])
        #expect(controller.propose(round: 10, count: 20).allSatisfy { $0.logProbability.isFinite })
    }

    /// Outcomes may come from elsewhere than the last proposals.
    @Test(arguments: learners) func learnsFromProgramsItDidNotPropose(_ name: String) throws {
        let space = try trees(depth: 3)
        let controller = learner(name, space, seed: 1)
        let good = Proposal(sample: try space.replay([2, 1, 0]), logProbability: 0)
        let bad = Proposal(sample: try space.replay([1, 0]), logProbability: 0)
        let before = controller.logProbability(of: [2, 1, 0])
        for _ in 0..<5 { controller.learn([Outcome(proposal: good, reward: 1), Outcome(proposal: bad, reward: 0)]) }
        #expect(controller.logProbability(of: [2, 1, 0]) > before)
    }
}
