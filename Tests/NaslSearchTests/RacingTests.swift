import NaslControl
import NaslRandom
import NaslSearch
import NaslSpace
import Synchronization
import Testing

/// Programs that are evaluated more than once.
@Suite struct RacingTests {
    /// In rising order.
    private static let truth: [Double] = {
        var stream = RandomStream(seed: 7, "truth")
        return (0..<500).map { _ in (0..<12).reduce(-6) { sum, _ in sum + stream.uniform() } }.sorted()
    }()

    /// The place of program `number` of 500 among the true rewards: 499 is the best, and they come in no order.
    private static func rank(_ number: Int) -> Int { (177 * number + 31) % 500 }

    /// With noise as wide as the step from the best to the twentieth, other for each program and each repetition.
    private static func measured(_ candidate: Search.Candidate) -> Evaluation {
        let number = candidate.sample.choices[0]
        var stream = RandomStream(seed: candidate.seed, "noise", .number(candidate.repetition), .number(number))
        let noise = (0..<12).reduce(-6) { sum, _ in sum + stream.uniform() }
        return Evaluation(reward: truth[rank(number)] + noise * (truth[499] - truth[480]))
    }

    private func run(_ space: Space, seed: Int = 1, repeats: Int, races: Bool = false, trials: Int = 500, workers: Int = 1) -> Run {
        Search(space: space, controller: ExhaustiveController(space: space), settings: .init(trials: trials, seed: seed, repeats: repeats, races: races, workers: workers, patience: .max),
               evaluate: RacingTests.measured).run()
    }

    @Test func racingPicksTheBest() throws {
        let space = try numbers(500)
        var (repeated, raced) = (0, 0)
        for seed in 1...100 {
            let three = run(space, seed: seed, repeats: 3), racing = run(space, seed: seed, repeats: 3, races: true)
            #expect(three.evaluations == 1500 && racing.evaluations <= 1500 && racing.trials.count == 500)
            if let best = three.best, RacingTests.rank(best.choices[0]) >= 495 { repeated += 1 }
            if let best = racing.best, RacingTests.rank(best.choices[0]) >= 495 { raced += 1 }
        }
        #expect(raced >= 90 && repeated < 80, "\(raced) by racing, \(repeated) by repeats")
    }

    @Test func repeatsAreMeans() throws {
        let space = try numbers(40)
        let seen = Mutex<[String]>([])
        let run = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 20, seed: 4, repeats: 4, workers: 2)) { candidate in
            seen.withLock { $0.append("\(candidate.text) \(candidate.repetition)") }
            return Evaluation(reward: Double(candidate.repetition * candidate.sample.choices[0]))
        }.run()
        let all = seen.withLock { $0 }
        #expect(run.trials.count == 20 && run.evaluations == 80 && all.count == 80 && Set(all).count == 80)
        for trial in run.trials {
            let number = Double(trial.choices[0])
            #expect(trial.rewards == [0, number, 2 * number, 3 * number] && trial.reward == 1.5 * number && trial.evaluations == 4)
        }
        // By hand: sums of squares 5 n^2 with three degrees of freedom each.
        let squares = run.trials.reduce(0) { $0 + 5 * Double($1.choices[0] * $1.choices[0]) }
        let deviation = (squares / 60).squareRoot()
        #expect(try abs(#require(run.deviation) - deviation) < 1e-9)
        let best = try #require(run.best)
        #expect(best.reward == run.trials.compactMap(\.reward).max())
        #expect(try abs(#require(run.lowerBound(of: best)) - (1.5 * Double(best.choices[0]) - 1.6448536269514722 * deviation / 2)) < 1e-9)
        // A program that is drawn again in a later round has the mean.
        let rounds = Dictionary(uniqueKeysWithValues: run.trials.map { ($0.text, $0.round) })
        for trial in run.proposals where trial.fromMemory && rounds[trial.text] != trial.round { #expect(trial.reward == 1.5 * Double(trial.choices[0])) }
    }

    @Test func sameTranscriptWithOneWorkerOrMany() throws {
        func lines(_ workers: Int) throws -> [String] {
            try run(numbers(200), repeats: 3, races: true, trials: 150, workers: workers).proposals.map { "\($0.index) \($0.text) \($0.rewards) \($0.reward as Any)" }
        }
        #expect(try lines(1) == lines(3))
    }

    @Test func nothingIsRunAgainWithoutNoise() throws {
        let space = try numbers(200)
        let run = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 100, seed: 4, repeats: 5, races: true)) { candidate in
            Evaluation(reward: Double(candidate.sample.choices[0]))
        }.run()
        #expect(run.trials.count == 100 && run.evaluations < 150 && run.deviation == 0)
        #expect(run.best?.reward == run.trials.compactMap(\.reward).max())
    }

    /// A leader that fails when it is run again is none.
    @Test func failuresOfRepetitions() throws {
        let space = try numbers(100)
        let run = Search(space: space, controller: ExhaustiveController(space: space), settings: .init(trials: 100, seed: 4, repeats: 3, races: true, patience: .max)) { candidate in
            let number = candidate.sample.choices[0]
            if number > 90, candidate.repetition == 2 { return .failure(.diverged, "it is no number") }
            return Evaluation(reward: Double(number) + 0.01 * Double((candidate.repetition * 7 + number) % 3))
        }.run()
        #expect(run.best?.choices[0] == 90)
        #expect(run.trials.contains { $0.status == .diverged && $0.reason == "repetition 2: it is no number" && $0.reward == nil })
    }
}
