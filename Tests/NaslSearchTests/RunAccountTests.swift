import NaslControl
import NaslRandom
import NaslSearch
import NaslSpace
import Testing

/// What a run's trials came to: random draws, failures, fronts.
@Suite struct RunAccountTests {
    private func made(_ space: Space, trials: Int, _ evaluate: @escaping @Sendable (Search.Candidate) -> Evaluation) -> Run {
        Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: trials, seed: 1), evaluate: evaluate).run()
    }

    /// Against all subsets of a small sample.
    @Test func theBestOfSomeDrawsIsExact() throws {
        let run = try made(numbers(1000), trials: 10) { Evaluation(reward: Double($0.sample.choices[0])) }
        let draws = try #require(RandomDraws(run.trials))
        let rewards = run.trials.compactMap(\.reward)
        for count in 1...10 {
            var best: [Double] = []
            for subset in 1..<(1 << rewards.count) where subset.nonzeroBitCount == count {
                best.append(rewards.indices.filter { subset & (1 << $0) != 0 }.map { rewards[$0] }.max() ?? 0)
            }
            best.sort()
            func quantile(_ share: Double) -> Double { best[min(best.count - 1, Int((share * Double(best.count)).rounded(.up)) - 1)] }
            let found = try #require(draws.best(of: count))
            #expect(found.median == quantile(0.5), "\(count)")
            #expect(found.range == (count <= 5 ? quantile(0.1)...quantile(0.9) : nil), "\(count)")
        }
        #expect(draws.best(of: 11) == nil && draws.best(of: 0) == nil)
    }

    @Test func failuresAreGroupedWithoutTheirNumbers() throws {
        let run = try made(numbers(1000), trials: 60) { candidate in
            switch candidate.trial % 3 {
            case 0: .failure(.failed, "diverged at step \(candidate.trial) by 1.\(candidate.trial)")
            case 1: .failure(.timedOut, "longer than 20 s")
            default: Evaluation(reward: 1)
            }
        }
        let groups = run.failures
        #expect(groups.count == 2 && groups.map(\.count).reduce(0, +) == run.trials.count { $0.reward == nil })
        #expect(Set(groups.map(\.status)) == [.failed, .timedOut] && groups.contains { $0.reason == "diverged at step 0 by 1.0" })
        #expect(run.time.map(\.evaluations).reduce(0, +) == run.trials.count && run.workers.map(\.evaluations).reduce(0, +) == run.trials.count)
    }

    @Test func theFrontOfRewardAndSize() throws {
        let run = try made(trees(depth: 4, leafWeight: 1), trials: 300) { candidate in
            var stream = RandomStream(seed: 1, "reward", .number(candidate.trial))
            return Evaluation(reward: (stream.uniform() * 8).rounded())
        }
        let front = run.sizeFront
        #expect(!front.isEmpty)
        for (trial, size) in front {
            #expect(size == trial.program.size)
            #expect(!run.trials.contains { other in
                guard let reward = other.reward, let own = trial.reward else { return false }
                return reward >= own && other.program.size <= size && (reward > own || other.program.size < size)
            })
        }
    }

    @Test func shiftsFollowWhatIsTaken() throws {
        let space = try numbers(4)
        #expect(ChoiceShifts(made(space, trials: 400) { _ in Evaluation(reward: 1) }.trials, in: space).shifts.isEmpty)
        // From trial 200 on always 2.
        let trials = (0..<400).map { number -> Trial in
            var stream = RandomStream(seed: 5, .number(number))
            let choice = number < 200 ? stream.below(4) : 2
            let sample = try? space.replay([choice])
            return Trial(index: number, round: number / 20, choices: [choice], program: sample!.program, text: "\(choice)", reward: 1, status: .ok, reason: nil, costs: [], metrics: [],
                         seconds: 0, seed: 1, fromMemory: false, logProbability: 0)
        }
        let shifts = ChoiceShifts(trials, in: space).shifts
        #expect(shifts.count == 4 && shifts[0].alternative == "2" && shifts[0].taken == 1 && shifts[0].expected == 0.25)
        #expect((201...220).contains(shifts[0].trial) && shifts[1].taken == 0)
    }
}
