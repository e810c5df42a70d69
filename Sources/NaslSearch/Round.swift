import NaslControl
import NaslSpace
import Synchronization

/// The children of one round. Each distinct program that is not yet known is evaluated once, by whichever worker takes it.
final class Round: Sendable {
    let number: Int
    let proposals: [Proposal]
    let texts: [String]
    /// The slots that have to be evaluated, in order.
    let fresh: [Int]
    private let state: Mutex<State>

    struct Result: Sendable {
        let evaluation: Evaluation
        let seconds: Double
    }

    /// What is known of the round while it runs, for display only.
    struct Tally: Sendable {
        var done = 0
        var failures = 0
        var best: (reward: Double, text: String)?
    }

    private struct State: Sendable {
        var results: [Result?]
        var tally = Tally()
    }

    init(number: Int, proposals: [Proposal], space: Space, known: [String: Evaluation]) {
        self.number = number
        self.proposals = proposals
        let texts = proposals.map { space.text(of: $0.sample.program) }
        var seen: Set<String> = []
        self.texts = texts
        fresh = texts.indices.filter { known[texts[$0]] == nil && seen.insert(texts[$0]).inserted }
        var tally = Tally()
        tally.done = proposals.count - fresh.count
        state = Mutex(State(results: Array(repeating: nil, count: proposals.count), tally: tally))
    }

    var tally: Tally { state.withLock { $0.tally } }

    /// By slot; nil where the program was known or an earlier slot has it.
    var results: [Result?] { state.withLock { $0.results } }

    /// Evaluates the `item`-th fresh slot, unless the flag is set.
    func evaluate(_ item: Int, firstTrial: Int, seed: Int, stop: StopFlag, _ body: @Sendable (Search.Candidate) -> Evaluation) {
        if stop.isRequested { return }
        let slot = fresh[item]
        let start = ContinuousClock.now
        let evaluation = body(
            Search.Candidate(sample: proposals[slot].sample, text: texts[slot], trial: firstTrial + slot, seed: seed, stop: stop)
        ).checked
        let result = Result(evaluation: evaluation, seconds: start.duration(to: .now).inSeconds)
        state.withLock { state in
            state.results[slot] = result
            state.tally.done += 1
            guard let reward = evaluation.reward else {
                state.tally.failures += 1
                return
            }
            if reward > state.tally.best?.reward ?? -.infinity { state.tally.best = (reward, texts[slot]) }
        }
    }
}
