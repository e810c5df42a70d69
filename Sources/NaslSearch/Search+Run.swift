import NaslControl
import NaslSpace

extension Search {
    /// Runs rounds until all trials are done, the stop flag is set, or there is nothing more to find. `progress` is called on this
    /// thread, about ten times a second while children run and at the end of each round.
    public func run(progress: (SearchProgress) -> Void = { _ in }) -> Run {
        let pool = evaluator == nil ? WorkerPool(workers: settings.workers, stackBytes: settings.stackBytes) : nil
        defer { pool?.close() }
        let before = (trials: folded.trained, seconds: folded.seconds)
        let start = ContinuousClock.now
        var hidden: SearchProgress?
        while true {
            if let ending = ending() {
                if let failure = record({ try recorder?.write(now: true) }) { return snapshot(failure) }
                if let shown = hidden { progress(shown) }
                return snapshot(ending)
            }
            let proposals = controller.propose(round: folded.rounds, count: controller.roundSize)
            if proposals.isEmpty {
                return snapshot(record { try recorder?.write(now: true) } ?? .exhausted(derivations: folded.fullBudget == nil ? folded.proposals.count : Set(folded.proposals.map(\.choices)).count))
            }
            let round = Round(
                number: folded.rounds, proposals: proposals, limit: settings.trials - folded.trained, space: space, repeats: repeats, known: folded.memory, early: early)
            early = []
            var failure: Run.Ending?
            func tick() {
                failure = failure ?? record { try keep(round) }
                // The children in flight are in vain.
                if failure != nil { return stop.request() }
                if let shown = hidden {
                    hidden = nil
                    progress(shown)
                }
                progress(self.progress(round.tally, since: start, before.trials, isEndOfRound: false))
            }
            evaluate(round, pool, tick: tick)
            let again = stop.isRequested ? nil : repetitions(round, pool, tick: tick)
            folded.seconds = before.seconds + start.duration(to: .now).inSeconds
            if let failure { return snapshot(failure) }
            // A child that saw the flag may have returned anything.
            guard let again, !stop.isRequested else {
                return snapshot(record {
                    try keep(round)
                    try recorder?.write(now: true)
                } ?? .stopped)
            }
            let trials = fold(round, again)
            failure = record {
                try recorder?.record(trials, repetitions: again, progress: RecordedProgress(rounds: folded.rounds, seconds: folded.seconds)) { controller.state() }
            }
            if let failure { return snapshot(failure) }
            // Nothing is shown before it is written.
            hidden = self.progress(Round.Tally(), since: start, before.trials, isEndOfRound: true)
            if recorder?.isWritten ?? true, let shown = hidden {
                hidden = nil
                progress(shown)
            }
        }
    }

    /// Evaluates what is open of a round, here or elsewhere.
    private func evaluate(_ round: Round, _ pool: WorkerPool?, tick: () -> Void) {
        let (firstTrial, seed) = (folded.proposals.count - folded.cut, settings.seed)
        if let evaluator {
            let candidates = round.open.indices.map { round.candidate($0, firstTrial: firstTrial, seed: seed, stop: stop) }
            evaluator.evaluate(candidates, tick: tick) { item, found in
                round.take(Round.Result(evaluation: found.evaluation.checked, seconds: found.seconds, worker: found.worker), of: item, isWhole: true)
            }
        } else {
            pool?.run(count: round.open.count, every: 0.1, tick: tick) { [evaluate, stop] item, worker in
                round.evaluate(item, worker: worker, firstTrial: firstTrial, seed: seed, stop: stop, evaluate)
            }
        }
    }

    /// Writes what came of the round in flight where it took long, and what else waits.
    private func keep(_ round: Round) throws {
        guard let recorder else { return }
        let found = round.taken(longerThan: Search.longEvaluation)
        if !found.isEmpty { try recorder.keep(found) }
        try recorder.write(now: !found.isEmpty)
    }

    /// Seconds; what takes less is done again after a break.
    private static let longEvaluation = 0.1

    /// What ends the run where the recorder fails.
    private func record(_ body: () throws -> Void) -> Run.Ending? {
        do {
            try body()
            return nil
        } catch {
            return .unrecorded(reason: "\(error)")
        }
    }

    /// Why the run should not go on, if it should not.
    private func ending() -> Run.Ending? {
        if stop.isRequested { return .stopped }
        if let goal = settings.goal, let best = folded.best, best.reward >= goal, folded.isFull(best.budget) { return .reached(goal: goal) }
        if let size = folded.exhausted(space) { return .exhausted(derivations: size) }
        if folded.trained >= settings.trials { return .finished }
        if folded.dryRounds >= settings.patience { return .nothingNew(rounds: folded.dryRounds) }
        return nil
    }

    /// Takes the outcomes of a round in the order of its proposals, and lets the controller learn from them once it is whole.
    ///
    /// - Returns: its trials as they were before the repetitions, for the recorder.
    private func fold(_ round: Round, _ repetitions: [Repetition]) -> [Trial] {
        let results = round.results
        let first = folded.proposals.count
        if folded.cut == 0 { folded.trainedBefore = folded.trained }
        for (slot, proposal) in round.proposals.enumerated() {
            let text = round.texts[slot]
            let result = results[slot]
            // Without a result the program was known before this round, or an earlier slot of it has put it there.
            guard let evaluation = result?.evaluation ?? folded.memory[round.keys[slot]] else { continue }
            if result != nil { folded.memory[round.keys[slot]] = evaluation }
            if slot < folded.cut { continue }
            folded.append(
                Trial(
                    index: folded.proposals.count, round: round.number, choices: proposal.sample.choices, program: proposal.sample.program,
                    text: space.text(of: proposal.sample.program, constants: evaluation.constants) ?? text, drawnText: text, constants: evaluation.constants, reward: evaluation.reward, status: evaluation.status, reason: evaluation.reason,
                    costs: evaluation.costs, metrics: evaluation.metrics, seconds: result?.seconds ?? 0, seed: settings.seed, fromMemory: result == nil,
                    logProbability: proposal.logProbability, canonical: canonical?(proposal.sample.program), worker: result?.worker,
                    budget: proposal.budget))
        }
        let trials = recorder == nil ? [] : Array(folded.proposals[first...])
        folded.append(repetitions) { key(of: $0) }
        if round.isCut {
            folded.cut = round.proposals.count
            return trials
        }
        folded.cut = 0
        folded.rounds += 1
        folded.dryRounds = folded.trained == folded.trainedBefore ? folded.dryRounds + 1 : 0
        controller.learn(round.proposals.indices.compactMap { slot in
            folded.memory[round.keys[slot]].map { Outcome(proposal: round.proposals[slot], reward: $0.reward, name: round.names[slot]) }
        })
        return trials
    }

    /// What a program is known by.
    func name(of trial: Trial) -> String { repeats?.representative(of: trial.program, text: trial.drawnText) ?? trial.drawnText }

    /// What a trial of a program is known by.
    func key(of trial: Trial) -> String { Search.key(name(of: trial), trial.budget) }

    static func key(_ name: String, _ budget: Double?) -> String { budget.map { "\(name) # \($0)" } ?? name }

    private func progress(_ tally: Round.Tally, since start: ContinuousClock.Instant, _ before: Int, isEndOfRound: Bool) -> SearchProgress {
        let done = folded.trained + tally.done
        let elapsed = start.duration(to: .now).inSeconds
        let speed = done > before && elapsed > 0 ? Double(done - before) / elapsed : nil
        var best = folded.best
        if let candidate = tally.best, candidate.isBetter(than: best) { best = candidate }
        return SearchProgress(
            done: done, total: settings.trials, proposals: folded.proposals.count, rejected: folded.rejected, best: best.map { ($0.reward, $0.text) }, meanRecent: folded.meanRecent, trialsPerSecond: speed,
            secondsLeft: speed.map { Double(settings.trials - done) / $0 }, failures: folded.failures + tally.failures,
            isEndOfRound: isEndOfRound)
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
