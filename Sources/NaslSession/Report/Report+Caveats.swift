import NaslSearch

extension Report {
    /// What a reader should know before believing the rest; each follows from the run.
    var caveats: [Prose] {
        let run = explanation.run
        var caveats: [Prose] = []
        let seeds = Set(([run] + others.filter { $0.method == explanation.facts.method }.map(\.run)).map(\.seed)).count
        caveats.append(seeds == 1
            ? "One run with one seed: another seed may find other programs. `report(run, beside: [other, runs])` sets more beside it."
            : "\(counted(seeds, "seed")) of this method are compared; the pictures and shares are of one of them.")
        caveats.append("""
            The best reward is the largest of \(counted(run.trials.count, "trial")) on the data and the seed that the search selected by, so it is too good: \
            \(comparisons.isEmpty ? "no fresh seeds are in this report. `compare(task, [baseline, run.top(3)], repeats: 10)` trains the finds anew, and `beside:` puts the table here."
                : "the table on fresh seeds is the one to read. Where the task's reward comes from validation data, those were reused for selection; only data that the search has never touched would settle it.")
            """)
        if let effects = explanation.effects {
            if effects.fidelity < 0.5 { caveats.append("The model behind the shares predicts little of what it has not seen (\(fixed(effects.fidelity, 2)) of the variance): they are hints at most.") }
            if !run.algorithm.hasPrefix("random") {
                caveats.append("The trials were chosen by the method and are no random sample; shares of the variance are those of a model, over programs drawn by the grammar's weights.")
            }
        } else {
            caveats.append("The trials are too few, or too much alike, to say which draws matter.")
        }
        if explanation.bestSoFar.last?.random == nil { caveats.append("The run is not set beside random search at equal trials, which is hard to beat: `beside:` takes a run by `random`.") }
        let failed = explanation.failures.reduce(0) { $0 + $1.count }
        if failed * 10 > run.trials.count { caveats.append("\(grouped(failed)) of \(counted(run.trials.count, "trial")) failed; what they would have earned is not known.") }
        switch run.ending {
        case .finished, .exhausted, .reached, .nothingNew: break
        case .stopped, .unrecorded: caveats.append("The run was stopped before all of its trials were done.")
        }
        if explanation.facts.events.contains(where: { $0.kind == "diverging" }) { caveats.append("It was continued on a machine whose last bits differ, and is no longer the run that an unbroken search gives.") }
        if explanation.facts.dependsOnTime { caveats.append("A time limit has decided about a trial: the same seed may give another run.") }
        return caveats
    }
}
