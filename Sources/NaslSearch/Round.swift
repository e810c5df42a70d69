import NaslControl
import NaslSpace
import Synchronization

/// The children of one round. Each distinct program that is not yet known is evaluated once, by whichever worker takes it.
final class Round: Sendable {
    let number: Int
    let proposals: [Proposal]
    let texts: [String]
    /// By slot, the text of the first program that is the same.
    let names: [String]
    /// By slot, what a trial of it is known by.
    let keys: [String]
    /// Whether proposals were left out.
    let isCut: Bool
    /// The slots whose programs were not known before the round, in order.
    let fresh: [Int]
    /// Those of them that have to be evaluated: of the others it was known from before a break.
    let open: [Int]
    private let state: Mutex<State>

    struct Result: Sendable {
        let evaluation: Evaluation
        let seconds: Double
        let worker: Int
    }

    /// What is known of the round while it runs, for display only.
    struct Tally: Sendable {
        var done = 0
        var failures = 0
        var best: Find?
    }

    private struct State: Sendable {
        var results: [Result?]
        /// Slots done by children that were not told to stop, until they are handed on.
        var done: [Int] = []
        var tally = Tally()
    }

    /// - Parameter limit: how many programs may be new; the round ends with the last of them.
    init(
        number: Int, proposals: [Proposal], limit: Int, space: Space, repeats: (any RepeatIndex)?, known: [String: Evaluation], early: [EarlyEvaluation] = []
    ) {
        self.number = number
        var (texts, names, keys, fresh): ([String], [String], [String], [Int]) = ([], [], [], [])
        var seen: Set<String> = []
        for (slot, proposal) in proposals.enumerated() where fresh.count < limit {
            let text = space.text(of: proposal.sample.program)
            let name = repeats?.representative(of: proposal.sample.program, text: text) ?? text
            let key = Search.key(name, proposal.budget)
            texts.append(text)
            names.append(name)
            keys.append(key)
            if known[key] == nil, seen.insert(key).inserted { fresh.append(slot) }
        }
        isCut = texts.count < proposals.count
        let proposals = Array(proposals.prefix(texts.count))
        (self.proposals, self.texts, self.names, self.keys, self.fresh) = (proposals, texts, names, keys, fresh)
        var results = [Result?](repeating: nil, count: proposals.count)
        for slot in fresh {
            guard let found = early.first(where: { $0.text == texts[slot] }) else { continue }
            results[slot] = Result(evaluation: found.evaluation, seconds: found.seconds, worker: found.worker)
        }
        open = fresh.filter { results[$0] == nil }
        var tally = Tally()
        tally.done = fresh.count - open.count
        state = Mutex(State(results: results, tally: tally))
    }

    var tally: Tally { state.withLock { $0.tally } }

    /// By slot; nil where the program was known or an earlier slot has it.
    var results: [Result?] { state.withLock { $0.results } }

    /// What was done since the last call and took `seconds` or more.
    func taken(longerThan seconds: Double) -> [EarlyEvaluation] {
        state.withLock { state in
            defer { state.done = [] }
            return state.done.compactMap { slot in
                guard let result = state.results[slot], result.seconds >= seconds else { return nil }
                return EarlyEvaluation(round: number, text: texts[slot], evaluation: result.evaluation, seconds: result.seconds, worker: result.worker)
            }
        }
    }

    /// The `item`-th open slot, as a child is given it.
    func candidate(_ item: Int, firstTrial: Int, seed: Int, stop: StopFlag) -> Search.Candidate {
        candidate(slot: open[item], firstTrial: firstTrial, seed: seed, repetition: 0, stop: stop)
    }

    func candidate(slot: Int, firstTrial: Int, seed: Int, repetition: Int, stop: StopFlag) -> Search.Candidate {
        Search.Candidate(sample: proposals[slot].sample, text: texts[slot], trial: firstTrial + slot, seed: seed, repetition: repetition, budget: proposals[slot].budget, stop: stop)
    }

    /// Evaluates the `item`-th open slot, unless the flag is set.
    func evaluate(_ item: Int, worker: Int, firstTrial: Int, seed: Int, stop: StopFlag, _ body: @Sendable (Search.Candidate) -> Evaluation) {
        if stop.isRequested { return }
        let start = ContinuousClock.now
        let evaluation = body(candidate(item, firstTrial: firstTrial, seed: seed, stop: stop))
        take(Result(evaluation: evaluation.checked, seconds: start.duration(to: .now).inSeconds, worker: worker), of: item, isWhole: !stop.isRequested)
    }

    /// Takes what came of the `item`-th open slot; a child that was told to stop has not done it as a `whole`.
    func take(_ result: Result, of item: Int, isWhole: Bool) {
        let slot = open[item]
        state.withLock { state in
            state.results[slot] = result
            if isWhole { state.done.append(slot) }
            state.tally.done += 1
            guard let reward = result.evaluation.reward else {
                if result.evaluation.status != .rejected { state.tally.failures += 1 }
                return
            }
            let find = Find(reward: reward, text: texts[slot], budget: proposals[slot].budget)
            if find.isBetter(than: state.tally.best) { state.tally.best = find }
        }
    }
}
