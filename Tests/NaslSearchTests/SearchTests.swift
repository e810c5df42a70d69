import Foundation
import NaslControl
import NaslExpr
import NaslRandom
import NaslSearch
import NaslSpace
import Synchronization
import Testing

@Suite struct SearchTests {
    /// All of a trial but its time.
    private func lines(_ run: Run) -> [String] {
        run.proposals.map {
            "\($0.index) \($0.round) \($0.choices) \($0.text) \($0.reward as Any) \($0.status) \($0.reason ?? "") \($0.fromMemory) \($0.metrics) \($0.logProbability)"
        }
    }

    private static func score(_ program: Expr) -> Evaluation {
        let tanhs = occurrences(of: .tanh, in: program)
        if tanhs == 3 { return .failure(.invalid, "three are too many") }
        return Evaluation(reward: tanhs == 0 ? .nan : Double(tanhs) / Double(program.size), metrics: [("size", Double(program.size))])
    }

    /// With so much entropy that it goes on drawing new programs.
    private func reinforce(_ space: Space, seed: Int) -> any Controller {
        var settings = ReinforceController.Settings()
        settings.entropyWeight = 1
        return ReinforceController(space: space, seed: seed, settings: settings)
    }

    private func controller(_ name: String, _ space: Space, seed: Int) -> any Controller {
        switch name {
        case "ppo": PPOController(space: space, seed: seed)
        case "reinforce": reinforce(space, seed: seed)
        default: RandomController(space: space, seed: seed)
        }
    }

    @Test(arguments: ["random", "reinforce", "ppo"]) func sameTranscriptWithAnyNumberOfWorkers(_ name: String) throws {
        let space = try trees(depth: 4)
        let runs = (1...3).map { workers in
            Search(space: space, controller: controller(name, space, seed: 5), settings: .init(trials: 110, seed: 5, workers: workers)) { candidate in
                // Children end in another order than they began.
                usleep(UInt32(candidate.trial % 7) * 200)
                return SearchTests.score(candidate.sample.program)
            }.run()
        }
        #expect(runs[0].trials.count == 110 && runs[0].proposals.count > 110 && runs[0].ending == .finished)
        #expect(lines(runs[0]) == lines(runs[1]))
        #expect(lines(runs[0]) == lines(runs[2]))
        #expect(runs[0].algorithm == name)
    }

    @Test func eachProgramIsEvaluatedOnce() throws {
        let space = try trees(depth: 4)
        let evaluated = Mutex<[String]>([])
        let run = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 50, workers: 2)) { candidate in
            evaluated.withLock { $0.append(candidate.text) }
            return SearchTests.score(candidate.sample.program)
        }.run()
        let texts = evaluated.withLock { $0 }
        #expect(run.trials.count == 50 && run.proposals.count > 50)
        #expect(Set(texts).count == texts.count)
        #expect(Set(texts) == Set(run.trials.map(\.text)) && texts.count == 50)
        // The first trial of a program is the evaluated one, and later ones say the same.
        var first: [String: Trial] = [:]
        for trial in run.proposals {
            #expect(trial.fromMemory == (first[trial.text] != nil))
            if let known = first[trial.text] {
                #expect(known.reward == trial.reward && known.status == trial.status && known.reason == trial.reason && trial.seconds == 0)
            } else {
                first[trial.text] = trial
            }
        }
    }

    @Test func rewardsThatAreNotFiniteAreFailures() throws {
        let space = try numbers(7)
        let evaluations: [Evaluation] = [
            Evaluation(reward: .nan), Evaluation(reward: .infinity, reason: "loss inf at step 3"), Evaluation(reward: nil),
            Evaluation(reward: 5, status: .diverged, reason: "the loss was nan at step 12"), Evaluation(reward: -3), Evaluation(reward: -2),
            Evaluation(reward: -2),
        ]
        let run = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 200)) {
            evaluations[$0.sample.choices[0]]
        }.run()
        func trial(_ number: Int) throws -> Trial { try #require(run.trials.first { $0.choices == [number] }) }
        #expect(try trial(0).status == .diverged && trial(0).reason == "the reward is nan, not a finite number")
        #expect(try trial(1).status == .diverged && trial(1).reason == "loss inf at step 3")
        #expect(try trial(2).status == .failed && trial(2).reason == "the task gave no reward")
        #expect(try trial(3).status == .diverged && trial(3).reason == "the loss was nan at step 12")
        #expect(run.trials.allSatisfy { ($0.reward != nil) == ($0.status == .ok) && $0.reward?.isFinite != false })
        // Of the equals 5 and 6 the earlier one is best.
        #expect(run.best?.reward == -2 && run.best?.index == run.trials.first { $0.reward == -2 }?.index)
        #expect(Set(run.top(2).map(\.reward)) == [-2] && Set(run.top(2).map(\.text)) == ["5", "6"])
        #expect(run.top(10).map(\.reward) == [-2, -2, -3] && run.top(0).isEmpty && run.top(-1).isEmpty)
        #expect(run.counts.map(\.status) == [.ok, .diverged, .failed])
        #expect(run.counts.reduce(0) { $0 + $1.count } == run.trials.count)
        // The history never falls and ends at the best.
        let history = run.history
        #expect(history.count == run.trials.count && history.last == .some(-2))
        #expect(zip(history, history.dropFirst()).allSatisfy { ($0 ?? -.infinity) <= ($1 ?? -.infinity) })
        // Seven derivations: the space is soon exhausted.
        #expect(run.ending == .exhausted(derivations: 7) && run.trials.count < 200)
        #expect(run.ending.description == "the space is exhausted: all 7 derivations have been tried")
    }

    /// Four programs of depth 2: x, sin(x), tanh(x), x + x; more trials may show that a space is small.
    @Test func exhaustionIsSeenAsSoonAsTheLastDerivationIsTried() throws {
        let space = try trees(depth: 2, leafWeight: 1)
        let search = Search(space: space, controller: RandomController(space: space, seed: 1, roundSize: 1), settings: .init(trials: 3)) {
            Evaluation(reward: Double($0.sample.program.size))
        }
        #expect(search.run().ending == .finished)
        search.settings.trials = 200
        let run = search.run()
        #expect(run.ending == .exhausted(derivations: 4))
        #expect(Set(run.proposals.dropLast().map(\.choices)).count == 3 && run.proposals.last?.fromMemory == false)
        #expect(run.trials.count == 4)
    }

    @Test func endsWhereNothingNewComes() throws {
        // An infinite space that gives x almost always.
        let space = try trees(depth: nil, leafWeight: 1e12)
        let run = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 1000, patience: 4)) { _ in
            Evaluation(reward: 1)
        }.run()
        #expect(run.ending == .nothingNew(rounds: 4))
        #expect(run.rounds == 5 && run.proposals.count == 100 && run.trials.count == 1)
    }

    @Test func endsWhereTheGoalIsReached() throws {
        let space = try trees(depth: 4)
        func run(_ goal: Double?) -> Run {
            Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 100, goal: goal)) { Evaluation(reward: Double($0.sample.program.size)) }.run()
        }
        let whole = run(nil), some = run(9)
        #expect(some.ending == .reached(goal: 9) && some.trials.count < whole.trials.count)
        // With the round that found it.
        #expect(some.proposals.map(\.choices) == Array(whole.proposals.map(\.choices).prefix(some.proposals.count)) && some.proposals.count % 20 == 0)
        #expect(some.proposals.dropLast(20).allSatisfy { ($0.reward ?? 0) < 9 } && some.proposals.suffix(20).contains { ($0.reward ?? 0) >= 9 })
        #expect(run(1e9).ending == .finished)
    }

    @Test func aStoppedRunKeepsItsRoundsAndGoesOn() throws {
        let space = try trees(depth: 4)
        func search(_ stop: StopFlag, stopAt: Int?, workers: Int) -> Search {
            Search(
                space: space, controller: reinforce(space, seed: 2), settings: .init(trials: 100, seed: 2, workers: workers),
                stop: stop
            ) { candidate in
                if let stopAt, candidate.trial >= stopAt, !candidate.stop.isRequested, candidate.trial < stopAt + 3 { candidate.stop.request() }
                // A child that sees the flag says anything.
                if candidate.stop.isRequested { return Evaluation(reward: 1e9) }
                return SearchTests.score(candidate.sample.program)
            }
        }
        let unbroken = search(StopFlag(), stopAt: nil, workers: 1).run()
        let stop = StopFlag()
        let broken = search(stop, stopAt: 44, workers: 2)
        let first = broken.run()
        #expect(first.ending == .stopped && first.proposals.count == 40 && first.rounds == 2)
        #expect(lines(first) == Array(lines(unbroken).prefix(40)))
        // With the flag still set nothing runs.
        #expect(broken.run().proposals.count == 40)
    }

    @Test func goesOnAfterAStopToTheSameEnd() throws {
        let space = try trees(depth: 4)
        let stop = StopFlag()
        let stops = Mutex<Int>(0)
        let child: @Sendable (Search.Candidate) -> Evaluation = { candidate in
            let isFirst = candidate.trial >= 50 && stops.withLock { count in
                count += 1
                return count == 1
            }
            if isFirst { candidate.stop.request() }
            return SearchTests.score(candidate.sample.program)
        }
        let broken = Search(space: space, controller: reinforce(space, seed: 2), settings: .init(trials: 100, seed: 2), stop: stop, evaluate: child)
        #expect(broken.run().proposals.count == 40)
        stop.reset()
        let end = broken.run()
        let unbroken = Search(space: space, controller: reinforce(space, seed: 2), settings: .init(trials: 100, seed: 2)) {
            SearchTests.score($0.sample.program)
        }.run()
        #expect(end.ending == .finished && lines(end) == lines(unbroken))
        // More trials may be asked for later: then the round that was cut short is made whole.
        for trials in [101, 108, 120] {
            broken.settings.trials = trials
            #expect(broken.run().trials.count == trials)
        }
        let long = Search(space: space, controller: reinforce(space, seed: 2), settings: .init(trials: 120, seed: 2)) {
            SearchTests.score($0.sample.program)
        }.run()
        #expect(lines(broken.snapshot()) == lines(long))
    }

    @Test func progressTellsTheStateOfTheRun() throws {
        let space = try trees(depth: 4)
        var events: [SearchProgress] = []
        let run = Search(space: space, controller: RandomController(space: space, seed: 3), settings: .init(trials: 50, workers: 2)) {
            SearchTests.score($0.sample.program)
        }.run { events.append($0) }
        let rounds = events.filter(\.isEndOfRound)
        #expect(rounds.last?.done == 50 && rounds.last?.proposals == run.proposals.count && rounds.count >= 3)
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.done <= $1.done })
        let last = try #require(events.last)
        #expect(last.total == 50 && last.secondsLeft == 0 && (last.trialsPerSecond ?? 0) > 0)
        #expect(last.best?.reward == run.best?.reward && last.best?.text == run.best?.text)
        #expect(last.failures == run.trials.count { $0.status != .ok })
        #expect(last.meanRecent == run.meanReward(run.proposals.count - 50..<run.proposals.count))
    }

    @Test func childrenHaveLargeStacks() throws {
        let space = try numbers(3)
        let run = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 3, workers: 2)) { _ in
            // About 30 MB of frames.
            Evaluation(reward: Double(deep(100_000)))
        }.run()
        #expect(run.best?.reward == 100_000)
    }

    @Test func programsPrintAsSource() throws {
        #expect(try trees(depth: 2).text(of: .apply(.tanh, .variable("x"))) == "x -> tanh(x)")
        #expect(try numbers(2).text(of: .number(1)) == "1")
    }

    /// The last fifth of the trials is better than the first, with every seed; each run has its random twin beside it.
    @Test(arguments: 1...5) func reinforceImproves(seed: Int) throws {
        let space = try trees(depth: 4)
        let run = Search(space: space, controller: ReinforceController(space: space, seed: seed), settings: .init(trials: 300, seed: seed, workers: 2)) {
            Evaluation(reward: Double(occurrences(of: .tanh, in: $0.sample.program)))
        }.run()
        let count = run.proposals.count
        let (first, last) = (try #require(run.meanReward(0..<count / 5)), try #require(run.meanReward(count * 4 / 5..<count)))
        #expect(last > first)
    }
}

@inline(never) private func deep(_ depth: Int) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 16) { buffer in
        buffer[depth % 256] = 1
        return depth == 0 ? 0 : deep(depth - 1) + Int(buffer[depth % 256])
    }
}
