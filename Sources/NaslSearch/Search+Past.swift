import NaslControl
import NaslSpace

/// What is known of a run that was broken off, or is to be extended.
public struct Past: Sendable {
    /// All of its folded rounds, each trial as it was after its first evaluation.
    public var trials: [Trial]
    /// In the order in which they were made.
    public var repetitions: [Repetition]
    /// The controller's state after so many of them; nil where there is none but that at the beginning.
    public var checkpoint: (rounds: Int, state: [UInt8])?
    /// What is known of the round behind the last.
    public var early: [EarlyEvaluation]
    /// Of searching.
    public var seconds: Double

    public init(trials: [Trial], repetitions: [Repetition] = [], checkpoint: (rounds: Int, state: [UInt8])? = nil, early: [EarlyEvaluation] = [], seconds: Double = 0) {
        self.trials = trials
        self.repetitions = repetitions
        self.checkpoint = checkpoint
        self.early = early
        self.seconds = seconds
    }

    /// The trials as they were at the end.
    public var measuredTrials: [Trial] {
        var measured = trials
        for repetition in repetitions where measured.indices.contains(repetition.trial) { measured[repetition.trial].add(repetition) }
        return measured
    }
}

extension Search {
    /// Takes up a run where it stood; then `run` goes on as if it had never been broken off.
    ///
    /// Rounds behind the checkpoint are gone through again: the controller proposes each, which must give the stored candidates, and
    /// learns from the stored rewards. Where it proposes others (its last bits differ on another processor), it learns from the stored
    /// ones all the same.
    ///
    /// - Returns: whether all proposals were the stored ones.
    /// - Throws: `ControllerStateError` where the checkpoint is not of this controller.
    @discardableResult
    public func restore(_ past: Past) throws -> Bool {
        precondition(folded.proposals.isEmpty, "only a search that has not begun can take up a run")
        if let checkpoint = past.checkpoint { try controller.restore(checkpoint.state) }
        var isSame = true
        var rest = past.trials[...]
        var repetitions = past.repetitions[...]
        while let first = rest.first {
            let count = rest.prefix { $0.round == first.round }.count
            let trials = rest.prefix(count)
            rest = rest.dropFirst(count)
            let isCut = rest.isEmpty && first.round >= past.checkpoint?.rounds ?? 0 && count < controller.propose(round: first.round, count: controller.roundSize).count
            if !isCut { folded.dryRounds = trials.allSatisfy { !$0.isTrained } ? folded.dryRounds + 1 : 0 }
            folded.trainedBefore = folded.trained
            for trial in trials {
                if !trial.fromMemory || settings.repeats == 1 { folded.memory[key(of: trial)] = trial.evaluation }
                folded.append(trial)
            }
            let made = repetitions.prefix { $0.round == first.round && folded.proposals.indices.contains($0.trial) }
            repetitions = repetitions.dropFirst(made.count)
            folded.append(Array(made)) { key(of: $0) }
            if first.round >= past.checkpoint?.rounds ?? 0, !relearn(trials, round: first.round, isCut: isCut) { isSame = false }
            folded.rounds = first.round + (isCut ? 0 : 1)
            folded.cut = isCut ? count : 0
        }
        folded.seconds = past.seconds
        early = past.early.filter { $0.round == folded.rounds }
        return isSame
    }

    /// One round of `restore`.
    private func relearn(_ trials: ArraySlice<Trial>, round: Int, isCut: Bool) -> Bool {
        let rewards = settings.repeats > 1 ? trials.map { folded.memory[key(of: $0)]?.reward } : trials.map(\.reward)
        let proposals = controller.propose(round: round, count: trials.count)
        let isSame = proposals.count == trials.count && zip(proposals, trials).allSatisfy { $0.sample.choices == $1.choices }
        if isCut { return isSame }
        controller.learn(isSame ? zip(proposals, zip(trials, rewards)).map { Outcome(proposal: $0, reward: $1.1, name: name(of: $1.0)) } : outcomes(trials, rewards) { $0.logProbability })
        return isSame
    }

    /// Lets the controller learn from the trials of another run, in its rounds, before the first of this one. Those that the space does
    /// not hold are left out.
    ///
    /// - Returns: how many it learned from.
    public func learn(from trials: [Trial]) -> Int {
        var learned = 0
        for start in stride(from: 0, to: trials.count, by: max(1, controller.roundSize)) {
            let round = trials[start..<min(start + max(1, controller.roundSize), trials.count)]
            let outcomes = outcomes(round, round.map(\.reward)) { controller.logProbability(of: $0.choices) }
            learned += outcomes.count
            if !outcomes.isEmpty { controller.learn(outcomes) }
        }
        return learned
    }

    private func outcomes(_ trials: ArraySlice<Trial>, _ rewards: [Double?], logProbability: (Trial) -> Double) -> [Outcome] {
        zip(trials, rewards).compactMap { trial, reward in
            guard let sample = try? space.replay(trial.choices) else { return nil }
            return Outcome(proposal: Proposal(sample: sample, logProbability: logProbability(trial), budget: trial.budget), reward: reward, name: name(of: trial))
        }
    }
}
