import NaslControl
import NaslExpr
import NaslRandom
import NaslSearch
import NaslSpace
import Testing

/// The Pareto set of a run against its definition.
@Suite struct FrontTests {
    /// Few distinct rewards and costs, so that many trials are equal in some or in all of them.
    private func run(costs: Int, seed: Int, workers: Int) throws -> Run {
        let space = try trees(depth: 5)
        return Search(space: space, controller: RandomController(space: space, seed: seed), settings: .init(trials: 160, seed: seed, workers: workers)) { candidate in
            var stream = RandomStream(seed: seed, "front", .number(candidate.trial))
            if stream.below(8) == 0 { return .failure(.failed, "by chance") }
            let reward = Double(stream.below(6))
            return Evaluation(reward: reward, costs: (0..<costs).map { ("cost \($0)", Double(stream.below(6))) })
        }.run()
    }

    private func dominates(_ a: Trial, _ b: Trial) -> Bool {
        guard let first = a.reward, let second = b.reward else { return false }
        let costs = zip(a.costs, b.costs).map { ($0.value, $1.value) }
        return first >= second && costs.allSatisfy { $0.0 <= $0.1 } && (first > second || costs.contains { $0.0 < $0.1 })
    }

    @Test(arguments: [0, 1, 2, 3]) func isTheParetoSet(costs: Int) throws {
        for seed in 0..<10 {
            let run = try run(costs: costs, seed: seed, workers: 1)
            let programs = run.top(.max)
            let front = run.front
            func values(_ trial: Trial) -> [Double] { [trial.reward ?? .nan] + trial.costs.map(\.value) }
            let wanted = programs.filter { trial in !programs.contains { dominates($0, trial) } }
            #expect(Set(front.map(values)) == Set(wanted.map(values)))
            // Of equals the earliest, each once.
            #expect(Set(front.map(values)).count == front.count)
            for trial in front { #expect(wanted.filter { values($0) == values(trial) }.map(\.index).min() == trial.index) }
            #expect(zip(front, front.dropFirst()).allSatisfy { ($0.costs.first?.value ?? 0) <= ($1.costs.first?.value ?? 0) })
            if costs == 1 { #expect(zip(front, front.dropFirst()).allSatisfy { ($0.reward ?? 0) < ($1.reward ?? 0) }) }
            if costs == 0 { #expect(front.map(\.index) == [run.best?.index]) }
        }
    }

    @Test func sameWithAnyNumberOfWorkers() throws {
        let fronts = try [1, 2, 4].map { try run(costs: 2, seed: 3, workers: $0).front.map(\.index) }
        #expect(fronts[0] == fronts[1] && fronts[0] == fronts[2])
    }
}
