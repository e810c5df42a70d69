import Foundation
import NaslControl
import NaslExpr
import NaslSearch
import NaslSpace
import NaslStore
import Synchronization
import Testing

/// Runs that are broken off and taken up again.
@Suite struct ResumeTests {
    static let origin = Origin(version: "1", machine: "test", instructions: "base")

    private static func controller(_ name: String, _ space: Space) -> any Controller {
        switch name.split(separator: " ").first.map(String.init) ?? "" {
        case "ppo": PPOController(space: space, seed: 3)
        case "reinforce": ReinforceController(space: space, seed: 3)
        case "evolution": EvolutionController(space: space, seed: 3)
        case "adaptive":
            AdaptiveController(space: space, seed: 3, members: ["evolution", "ppo", "random"].map { name in .init(name) { space, _ in controller(name, space) } })
        case "hyperband": HyperbandController(space: space, plan: RungPlan(full: 9, from: 1, isWhole: true), inner: controller("adaptive", space))
        case "growing": GrowingController(space: space, seed: 3, settings: quickly) { space, _ in controller("adaptive", space) }
        case "neural_guided": NeuralGuidedController(space: space, seed: 3)
        default: RandomController(space: space, seed: 3)
        }
    }

    private static var quickly: GrowingController.Settings {
        var settings = GrowingController.Settings()
        (settings.depth, settings.patience) = (2, 40)
        return settings
    }

    private static func score(_ candidate: Search.Candidate) -> Evaluation {
        let program = candidate.sample.program
        let tanhs = program.nodes.count { $0.kind == .primitive && $0.primitive == .tanh }
        if tanhs == 2 { return .failure(.invalid, "two are \"too\" many,\nreally") }
        if candidate.repetition > 0 { return repeated(candidate, Double(tanhs) / Double(program.size)) }
        return Evaluation(reward: tanhs == 0 ? -0.0 : Double(tanhs) / Double(program.size) + (candidate.budget ?? 0) / 100, metrics: [("size", Double(program.size)), ("loss", .infinity)])
    }

    /// With noise that depends on the program and the repetition; one repetition in fifty fails.
    private static func repeated(_ candidate: Search.Candidate, _ reward: Double) -> Evaluation {
        let noise = candidate.text.utf8.reduce(candidate.repetition) { ($0 &* 31 &+ Int($1)) % 1009 }
        return noise % 50 == 0 ? .failure(.diverged, "it diverged") : Evaluation(reward: reward + 0.0003 * Double(noise))
    }

    private static func search(_ name: String, _ space: Space, trials: Int) -> Search {
        let (isRepeated, isRacing) = (name.contains("repeats"), name.contains("racing"))
        let settings = Search.Settings(trials: trials, seed: 3, repeats: isRepeated || isRacing ? 3 : 1, races: isRacing, workers: 2)
        return Search(space: space, controller: controller(name, space), settings: settings, evaluate: { score($0) })
    }

    private static func definition(_ method: String) -> RunDefinition {
        RunDefinition(task: "t", source: "task t(f: G) { reward 1 }", method: method, seed: 3, settings: ["timeout": "20s"].merging(method == "hyperband" ? ["full budget": "9 steps"] : [:]) { $1 })
    }

    /// All of a trial but its times.
    private static func line(_ t: StoredTrial) -> String {
        "\(t.number) \(t.round) \(t.budget as Any) \(t.choices) \(t.program) \(t.reward as Any) \(t.status) \(t.reason ?? "") \(t.metrics) \(t.seed) \(t.fromMemory) \(t.logProbability)"
    }

    /// Runs to `trials`, stops after `rounds` more rounds at the latest; what was not closed is as after kill -9.
    private static func work(_ store: Store, _ method: String, _ space: Space, trials: Int, rounds: Int, closes: Bool) throws {
        let search = search(method, space, trials: trials)
        let recorder: RunRecorder
        if let run = try store.run(named: "r") {
            recorder = try store.take(run, requested: trials, origin: origin)
            #expect(try search.restore(store.past(of: run, in: space)))
        } else {
            recorder = try store.begin("r", definition(method), requested: trials, parent: nil, origin: origin, state: search.controller.state())
        }
        search.recorder = recorder
        var left = rounds
        let run = search.run { progress in
            if progress.isEndOfRound { left -= 1 }
            if left <= 0 { search.stop.request() }
        }
        if closes { try recorder.close(run.ending, state: search.controller.state(), last: run.proposals.last) }
    }

    @Test(arguments: ["random", "reinforce", "ppo", "evolution", "neural_guided", "adaptive", "hyperband", "growing"]) func brokenRunsEndAsWholeOnes(_ method: String) throws {
        let folder = Folder()
        let space = try trees(depth: 4)
        let whole = try Store(path: folder.store, for: .writing)
        try ResumeTests.work(whole, method, space, trials: 150, rounds: .max, closes: true)
        let end = try #require(try whole.run(named: "r"))
        let expected = try whole.trials(of: end)
        // `reinforce` comes to write the same programs only.
        #expect(end.trials == 150 || method == "reinforce" && end.trials > 40 && end.state == .nothingNew)
        #expect(expected.count == end.proposals && expected.count { !$0.fromMemory } == end.trials)
        #expect(expected.contains { $0.status == "invalid" } && expected.contains { $0.reward?.sign == .minus && $0.reward == 0 })

        for closes in [true, false] {
            let path = folder.path + "/broken-\(closes).sqlite"
            for rounds in [1, 3, 2, 1, .max] {
                try ResumeTests.work(Store(path: path, for: .writing), method, space, trials: 150, rounds: rounds, closes: closes)
            }
            let store = try Store(path: path, for: .reading)
            let run = try #require(try store.run(named: "r"))
            #expect(run.trials == end.trials && run.proposals == end.proposals && run.definition == ResumeTests.definition(method))
            let (found, wanted) = (try store.trials(of: run).map(ResumeTests.line), expected.map(ResumeTests.line))
            #expect(found == wanted, "closed \(closes): \(String(describing: zip(found, wanted).first { $0 != $1 }))")
            #expect(run.state == (closes ? end.state : .running))
        }
    }

    @Test(arguments: ["evolution repeats", "evolution racing", "reinforce racing"]) func brokenRacesEndAsWholeOnes(_ method: String) throws {
        let folder = Folder()
        let space = try trees(depth: 4)
        func told(_ store: Store) throws -> [String] {
            let run = try #require(try store.run(named: "r"))
            var lines: [String] = []
            try store.forEachMeasuredTrial(of: run) { lines.append("\(ResumeTests.line($0)) \($0.rewards)") }
            let repetitions = try store.repetitions(of: run).map { "\($0.trial) \($0.number) \($0.round) \($0.evaluation.reward as Any) \($0.evaluation.status)" }
            return lines + repetitions + (try store.top(5, of: run).map(\.program)) + ["\(try store.failures(of: run))"]
        }
        let whole = try Store(path: folder.store, for: .writing)
        try ResumeTests.work(whole, method, space, trials: 90, rounds: .max, closes: true)
        let expected = try told(whole)
        let run = ResumeTests.search(method, space, trials: 90).run()
        #expect(try whole.repetitions(of: #require(try whole.run(named: "r"))).count > 100)
        #expect(try whole.top(5, of: #require(try whole.run(named: "r"))).map(\.reward) == run.top(5).map(\.reward))
        #expect(run.trials.contains { $0.rewards.count > 2 } && run.trials.contains { $0.status == .diverged })
        let path = folder.path + "/broken.sqlite"
        for (rounds, closes) in [(1, true), (2, false), (1, false), (.max, true)] {
            try ResumeTests.work(Store(path: path, for: .writing), method, space, trials: 90, rounds: rounds, closes: closes)
        }
        #expect(try told(Store(path: path, for: .reading)) == expected)
    }

    @Test(arguments: ["ppo", "hyperband"]) func aFinishedRunIsExtended(_ method: String) throws {
        let folder = Folder()
        let space = try trees(depth: 4)
        let store = try Store(path: folder.store, for: .writing)
        try ResumeTests.work(store, method, space, trials: 60, rounds: .max, closes: true)
        try ResumeTests.work(store, method, space, trials: 120, rounds: .max, closes: true)
        let long = ResumeTests.search(method, space, trials: 120).run()
        let run = try #require(try store.run(named: "r"))
        #expect(try store.trials(of: run).count { !$0.fromMemory } == 120)
        #expect(try store.trials(of: run).map(\.program) == long.proposals.map(\.text))
        #expect(try store.top(5, of: run).map(\.program) == long.top(5).map(\.text))
        #expect(try store.failures(of: run) == long.trials.count { $0.reward == nil })
        #expect(try store.trials(of: run).map(\.budget) == long.proposals.map(\.budget) && (long.proposals[0].budget != nil) == (method == "hyperband"))
        #expect(try abs(store.spent(in: run) - long.spent) < 1e-9 && (long.spent == 120) == (method == "ppo"))
    }

    /// Slow evaluations of a round that is never finished are known after the break.
    @Test func whatWasDoneOfARoundIsNotDoneAgain() throws {
        let folder = Folder()
        let space = try trees(depth: 4)
        let calls = Mutex<(begun: [String: Int], done: Set<String>)>(([:], []))
        func search(slow: Bool) -> Search {
            Search(space: space, controller: RandomController(space: space, seed: 5), settings: .init(trials: 10, seed: 5)) { candidate in
                calls.withLock { $0.begun[candidate.text, default: 0] += 1 }
                if slow { usleep(550_000) }
                let evaluation = ResumeTests.score(candidate)
                if slow, !candidate.stop.isRequested { calls.withLock { _ = $0.done.insert(candidate.text) } }
                return evaluation
            }
        }
        let first = search(slow: true)
        let store = try Store(path: folder.store, for: .writing)
        first.recorder = try store.begin("r", ResumeTests.definition("random"), requested: 10, parent: nil, origin: ResumeTests.origin, state: [])
        let broken = first.run { _ in if calls.withLock({ $0.done.count }) >= 2 { first.stop.request() } }
        #expect(broken.trials.isEmpty && broken.ending == .stopped)

        let again = try Store(path: folder.store, for: .writing)
        let run = try #require(try again.run(named: "r"))
        let second = search(slow: false)
        try second.restore(again.past(of: run, in: space))
        second.recorder = try again.take(run, requested: 10, origin: ResumeTests.origin)
        let whole = second.run()
        let (begun, done) = calls.withLock { $0 }
        #expect(done.count >= 2)
        for text in done { #expect(begun[text] == 1) }
        #expect(whole.proposals.map(\.text) == search(slow: false).run().proposals.map(\.text))
        #expect(try again.past(of: #require(try again.run(named: "r")), in: space).early.isEmpty)
    }

    @Test func aRunLearnsFromAnother() throws {
        let space = try trees(depth: 4)
        let first = ResumeTests.search("ppo", space, trials: 200).run()
        let fresh = ResumeTests.search("ppo", space, trials: 100).run()
        let search = ResumeTests.search("ppo", space, trials: 100)
        #expect(search.learn(from: first.trials) == 200)
        let run = search.run()
        #expect(run.trials.map(\.text) != fresh.trials.map(\.text))
        let (better, worse) = (try #require(run.meanReward(0..<20)), try #require(fresh.meanReward(0..<20)))
        #expect(better > worse)
    }
}
