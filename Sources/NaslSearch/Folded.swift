import NaslSpace

/// All that a run knows between two rounds; nothing else outlives a round.
struct Folded {
    /// All that was drawn, repeats among them.
    var proposals: [Trial] = []
    /// How many of them were evaluated.
    var trained = 0
    /// Whole ones.
    var rounds = 0
    /// Proposals of the round behind them, which the number of trials has cut short: nothing is learned before it is whole.
    var cut = 0
    /// Trials before the round in work.
    var trainedBefore = 0
    /// Rounds in a row that held no new trial.
    var dryRounds = 0
    var seconds = 0.0
    /// Evaluations by the text of the first program that was the same.
    var memory: [String: Evaluation] = [:]
    /// Derivations tried, for noticing that there are no more; nil where a run cannot try them all.
    private(set) var derivations: Set<ChoiceKey>? = []
    /// What the last round held of them that had come before, and all that it held.
    private var lastRound = (number: -1, known: 0, count: 0)
    /// How many the space has, once they have been counted, and how many it has at least.
    private var spaceSize: Int?
    private var leastSize = 0
    var best: Find?
    /// The budget with which trials count; nil: there are none.
    var fullBudget: Double?
    /// Of repeated evaluations; nil where each program has one.
    var standings: Standings?
    var failures = 0
    /// Programs that cheap tests have given up.
    var rejected = 0

    mutating func append(_ trial: Trial) {
        proposals.append(trial)
        if trial.isTrained { trained += 1 }
        if trial.status == .rejected, !trial.fromMemory { rejected += 1 }
        if isFull(trial.budget), derivations != nil { note(trial) }
        if trial.isTrained { standings?.add(trial.reward, of: trial.index) }
        guard let reward = trial.reward else {
            if trial.isTrained { failures += 1 }
            return
        }
        if standings != nil { return }
        let find = Find(reward: reward, text: trial.text, budget: trial.budget)
        if find.isBetter(than: best) { best = find }
    }

    private mutating func note(_ trial: Trial) {
        if trial.round != lastRound.number { lastRound = (trial.round, 0, 0) }
        lastRound.count += 1
        if derivations?.insert(ChoiceKey(trial.choices)).inserted == false { lastRound.known += 1 }
    }

    /// How many derivations the space has, where all of them have been drawn.
    ///
    /// They are counted only as far as the run may soon come, and behind a thousand where half a round had come before: so counting costs less than drawing.
    mutating func exhausted(_ space: Space) -> Int? {
        guard let tried = derivations?.count, tried <= 1000 || 2 * lastRound.known > lastRound.count else { return nil }
        if spaceSize == nil, tried > leastSize {
            leastSize = 2 * tried + 100
            spaceSize = space.derivations(atMost: leastSize)
            if spaceSize == nil, leastSize > Folded.largestExhausted { derivations = nil }
        }
        return spaceSize.flatMap { tried >= $0 ? $0 : nil }
    }

    /// Derivations; larger spaces end by their trials, or when nothing new comes.
    private static let largestExhausted = 100_000

    /// Whether a trial of this budget has shown all that a program can.
    func isFull(_ budget: Double?) -> Bool { fullBudget == nil || budget == fullBudget }

    /// Takes what came of a round's repetitions; `key` is what a trial's program is known by.
    mutating func append(_ repetitions: [Repetition], key: (Trial) -> String) {
        for repetition in repetitions {
            let trial = repetition.trial
            if proposals[trial].reward != nil, repetition.evaluation.reward == nil { failures += 1 }
            proposals[trial].add(repetition)
            standings?.add(repetition.evaluation.reward, of: trial)
            memory[key(proposals[trial])] = proposals[trial].evaluation
        }
        if let standings { best = standings.best.map { Find(reward: $0.reward, text: proposals[$0.trial].text, budget: nil) } }
    }

    /// The mean of the last rewards, over 50 trials at most.
    var meanRecent: Double? { Statistics.mean(proposals.suffix(50).compactMap(\.reward)) }
}
