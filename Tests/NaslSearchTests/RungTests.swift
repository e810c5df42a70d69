import Foundation
import NaslControl
import NaslSearch
import NaslSpace
import Synchronization
import Testing

@Suite struct RungTests {
    private func search(_ space: Space, _ inner: any Controller, trials: Int, workers: Int = 1, goal: Double? = nil, _ body: @escaping @Sendable (Search.Candidate) -> Evaluation) -> Search {
        let controller = HyperbandController(space: space, plan: RungPlan(full: 9, from: 1, isWhole: true), inner: inner)
        return Search(space: space, controller: controller, settings: .init(trials: trials, seed: 5, workers: workers, goal: goal), evaluate: body)
    }

    private static func score(_ candidate: Search.Candidate) -> Evaluation {
        let tanhs = occurrences(of: .tanh, in: candidate.sample.program)
        if tanhs == 3 { return .failure(.invalid, "three are too many") }
        return Evaluation(reward: Double(tanhs) / Double(candidate.sample.program.size) + (candidate.budget ?? .nan) / 100)
    }

    private func lines(_ run: Run) -> [String] {
        run.proposals.map { "\($0.index) \($0.round) \($0.budget as Any) \($0.choices) \($0.text) \($0.reward as Any) \($0.status) \($0.fromMemory) \($0.logProbability)" }
    }

    @Test(arguments: ["random", "evolution", "ppo", "adaptive"]) func sameTranscriptWithAnyNumberOfWorkers(_ name: String) throws {
        let space = try trees(depth: 4)
        func inner() -> any Controller {
            switch name {
            case "evolution": EvolutionController(space: space, seed: 5)
            case "ppo": PPOController(space: space, seed: 5)
            case "adaptive": AdaptiveController(space: space, seed: 5, members: [.init("evolution()") { EvolutionController(space: $0, seed: $1) }, .init("random()") { RandomController(space: $0, seed: $1) }])
            default: RandomController(space: space, seed: 5)
            }
        }
        let runs = (1...3).map { workers in
            search(space, inner(), trials: 100, workers: workers) { candidate in
                usleep(UInt32(candidate.trial % 7) * 200)
                return RungTests.score(candidate)
            }.run()
        }
        #expect(runs[0].trials.count == 100 && runs[0].ending == .finished && runs[0].algorithm == "hyperband")
        #expect(lines(runs[0]) == lines(runs[1]))
        #expect(lines(runs[0]) == lines(runs[2]))
        // Asked for in parts, also where a rung is cut, it is the same.
        let parts = search(space, inner(), trials: 7) { RungTests.score($0) }
        _ = parts.run()
        for trials in [8, 10, 11, 40, 41, 100] {
            parts.settings.trials = trials
            _ = parts.run()
        }
        #expect(lines(parts.snapshot()) == lines(runs[0]))
    }

    /// A program is evaluated once with each budget, and never again with that one.
    @Test func memoryKnowsTheBudget() throws {
        let space = try trees(depth: 4)
        let evaluated = Mutex<[String]>([])
        let run = search(space, RandomController(space: space, seed: 1), trials: 80) { candidate in
            evaluated.withLock { $0.append("\(candidate.text) \(candidate.budget ?? 0)") }
            return RungTests.score(candidate)
        }.run()
        let texts = evaluated.withLock { $0 }
        #expect(Set(texts).count == texts.count && texts.count == 80)
        #expect(run.proposals.contains { $0.fromMemory } && Set(run.trials.map(\.drawnText)).count < 80)
        for trial in run.proposals where trial.reward != nil {
            let tanhs = occurrences(of: .tanh, in: trial.program)
            #expect(trial.reward == Double(tanhs) / Double(trial.program.size) + (trial.budget ?? 0) / 100)
        }
    }

    /// Nine programs with 1, three with 3, one with 9; then five with 3: 18 trials cost  1 + 1 + 1 + 5/3  full ones.
    @Test func bestAndTopAreOfTheFullBudget() throws {
        let space = try numbers(1000)
        let body: @Sendable (Search.Candidate) -> Evaluation = { candidate in
            // Small budgets promise more.
            Evaluation(reward: Double(candidate.sample.choices[0]) / (candidate.budget ?? 0))
        }
        let first = search(space, RandomController(space: space, seed: 2), trials: 9, body).run()
        #expect(first.best?.budget == 1 && first.best?.reward == first.trials.compactMap(\.reward).max() && first.spent == 1)
        let second = search(space, RandomController(space: space, seed: 2), trials: 12, body).run()
        #expect(second.best?.budget == 3 && second.top(10).count == 3)
        let run = search(space, RandomController(space: space, seed: 2), trials: 18, body).run()
        let budgets: [Double?] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9, 3, 3, 3, 3, 3]
        #expect(run.trials.map(\.budget) == budgets)
        #expect(abs(run.spent - (3 + 5.0 / 3)) < 1e-12 && run.spending.count == 18 && run.fullBudget == 9)
        #expect(run.best?.index == 12 && run.top(5).map(\.index) == [12] && run.comparable.map(\.index) == [12] && run.front.map(\.index) == [12])
        #expect(run.history[11] == nil && run.history[12] == run.best?.reward && run.history.last == run.history[12])
        #expect(run.mostTried.count == 9 && run.firstTried.count == 14)
        #expect(run.rungs.map(\.budget) == [1, 3, 9] && run.rungs.map(\.trials) == [9, 8, 1] && run.rungs.map(\.promoted) == [3, 1, 0])
        #expect(run.rungs[0].correlation == 1 && run.rungs[1].correlation == nil && run.rungs[0].pairs == 3)
    }

    /// A goal is for the full budget, even where a small one promises more.
    @Test func goalsAreOfTheFullBudget() throws {
        let space = try numbers(1000)
        let run = search(space, RandomController(space: space, seed: 2), trials: 500, goal: 50) { Evaluation(reward: Double($0.sample.choices[0]) / ($0.budget ?? 0)) }.run()
        #expect(run.ending == .reached(goal: 50) && (run.best?.reward ?? 0) >= 50 && run.best?.budget == 9)
        #expect(run.trials[0..<9].contains { ($0.reward ?? 0) >= 50 })
    }

    @Test func aSmallSpaceIsExhaustedWithTheFullBudgetOnly() throws {
        let space = try numbers(4)
        let run = search(space, RandomController(space: space, seed: 3), trials: 500) { Evaluation(reward: Double($0.sample.choices[0])) }.run()
        #expect(run.ending == .exhausted(derivations: 4) && run.trials.count { $0.budget == 9 } == 4 && run.trials.count <= 12)
        let all = search(space, ExhaustiveController(space: space), trials: 500) { Evaluation(reward: Double($0.sample.choices[0])) }.run()
        #expect(all.ending == .exhausted(derivations: 4))
        #expect(all.trials.prefix(6).map(\.budget) == [1, 1, 1, 1, 3, 3])
    }

    /// Against values by hand: 1 - 6 sum d^2 / (n (n^2 - 1)) without ties, and Pearson's of the ranks with them.
    @Test func rankCorrelation() {
        #expect(Statistics.rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]) == 0.8)
        #expect(Statistics.rankCorrelation([1, 2, 3], [30, 20, 10]) == -1)
        // Ranks 1.5, 1.5, 3, 4 and 1, 2, 3.5, 3.5: 4 / sqrt(4.5 * 4.5).
        #expect(abs((Statistics.rankCorrelation([0, 0, 5, 9], [1, 2, 7, 7]) ?? 0) - 4.0 / 4.5) < 1e-12)
        #expect(Statistics.rankCorrelation([1, 2], [1, 2]) == nil && Statistics.rankCorrelation([1, 1, 1], [1, 2, 3]) == nil)
    }
}
