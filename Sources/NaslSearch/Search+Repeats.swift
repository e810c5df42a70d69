import NaslSpace
import Synchronization

extension Search {
    /// In so many waves a round's repetitions are given to leaders; each wave knows what came of the one before.
    private static let waves = 4

    /// Evaluates programs again after a round's first evaluations: each new one `repeats` times, or as many evaluations spent on those that may be
    /// the best of all so far. Nil where the search was stopped.
    func repetitions(_ round: Round, _ pool: WorkerPool?, tick: () -> Void) -> [Repetition]? {
        guard settings.repeats > 1 else { return [] }
        var standings = folded.standings ?? Standings()
        let first = folded.proposals.count - folded.cut
        let results = round.results
        var new: [Int] = []
        for slot in round.fresh {
            guard let reward = results[slot]?.evaluation.reward else { continue }
            standings.add(reward, of: first + slot)
            new.append(first + slot)
        }
        var found: [Repetition] = []
        func wave(_ asked: [(trial: Int, number: Int)]) -> Bool {
            let candidates = asked.compactMap { trial, number -> Candidate? in
                if trial >= first { return round.candidate(slot: trial - first, firstTrial: first, seed: settings.seed, repetition: number, stop: stop) }
                let known = folded.proposals[trial]
                guard let sample = try? space.replay(known.choices) else { return nil }
                return Candidate(sample: sample, text: known.drawnText, trial: trial, seed: settings.seed, repetition: number, budget: nil, stop: stop)
            }
            for (candidate, result) in zip(candidates, evaluated(candidates, pool, tick: tick)) {
                guard let result, !stop.isRequested else { return false }
                found.append(Repetition(trial: candidate.trial, number: candidate.repetition, round: round.number, evaluation: result.evaluation, seconds: result.seconds, worker: result.worker))
                standings.add(result.evaluation.reward, of: candidate.trial)
            }
            return !stop.isRequested
        }
        var left = (settings.repeats - 1) * new.count
        if !settings.races { return wave(new.flatMap { trial in (1..<settings.repeats).map { (trial, $0) } }) ? found : nil }
        let size = (left + Search.waves - 1) / Search.waves
        while left > 0, !standings.areCertain {
            let leaders = standings.leaders(min(size, left))
            if leaders.isEmpty { break }
            guard wave(leaders.map { ($0, standings.count(of: $0)) }) else { return nil }
            left -= leaders.count
        }
        return found
    }

    /// By place; nil where the search was stopped before.
    private func evaluated(_ candidates: [Candidate], _ pool: WorkerPool?, tick: () -> Void) -> [Round.Result?] {
        var results = [Round.Result?](repeating: nil, count: candidates.count)
        if let evaluator {
            evaluator.evaluate(candidates, tick: tick) { results[$0] = Round.Result(evaluation: $1.evaluation.checked, seconds: $1.seconds, worker: $1.worker) }
            return results
        }
        let shared = Mutex(results)
        pool?.run(count: candidates.count, every: 0.1, tick: tick) { [evaluate, stop] item, worker in
            if stop.isRequested { return }
            let start = ContinuousClock.now
            let evaluation = evaluate(candidates[item]).checked
            shared.withLock { $0[item] = Round.Result(evaluation: evaluation, seconds: start.duration(to: .now).inSeconds, worker: worker) }
        }
        return shared.withLock { $0 }
    }
}
