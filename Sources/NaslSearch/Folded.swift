/// All that a run knows between two rounds; nothing else outlives a round.
struct Folded {
    var trials: [Trial] = []
    var rounds = 0
    /// Rounds in a row that held no new program.
    var dryRounds = 0
    var seconds = 0.0
    /// Evaluations by program text.
    var memory: [String: Evaluation] = [:]
    /// Derivations tried, for noticing that there are no more; nil in a space that has more of them than there are trials.
    var derivations: Set<[Int]>?
    var best: (reward: Double, text: String)?
    var failures = 0

    mutating func append(_ trial: Trial) {
        trials.append(trial)
        derivations?.insert(trial.choices)
        guard let reward = trial.reward else {
            failures += 1
            return
        }
        if let best, reward <= best.reward { return }
        best = (reward, trial.text)
    }

    /// The mean of the last rewards, over 50 trials at most.
    var meanRecent: Double? { Statistics.mean(trials.suffix(50).compactMap(\.reward)) }
}
