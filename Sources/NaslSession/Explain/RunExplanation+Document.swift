import NaslExpr
import NaslLanguage
import NaslSearch

extension RunExplanation {
    /// `run of reads_austen by ppo(), seed 1`.
    var title: Prose { "run of \(code: task) by \(code: facts.method), seed \(run.seed)" }

    static let rungTitle = "Rungs: small budgets first"
    static let matteredTitle = "What mattered"
    static let besideRandomTitle = "Best so far beside random draws"
    static let frontTitle = "Reward and size"

    /// All of it, in sections.
    var sections: [Document.Section] {
        [
            Document.Section(title: "Result", blocks: result),
        ] + (rungs.isEmpty ? [] : [Document.Section(title: RunExplanation.rungTitle, blocks: rungBlocks)]) + [
            Document.Section(title: RunExplanation.matteredTitle, blocks: mattered),
            Document.Section(title: "What the method came to propose", blocks: proposed),
        ] + (stages.isEmpty ? [] : [Document.Section(title: "How deep programs could be", blocks: [depths])])
            + (restarts.isEmpty ? [] : [Document.Section(title: "When the policy began anew", blocks: [began])]) + (sharing.map { [Document.Section(title: "How the trials were shared", blocks: [shares($0)])] } ?? []) + [
            Document.Section(title: RunExplanation.besideRandomTitle, blocks: besideRandom),
            Document.Section(title: "Families of finds", blocks: familyBlocks),
            Document.Section(title: RunExplanation.frontTitle, blocks: frontBlocks),
            Document.Section(title: "Trials, failures, time", blocks: accounts),
        ] + (facts.events.isEmpty ? [] : [Document.Section(title: "Events", blocks: [eventTable])])
    }

    private var result: [Document.Block] {
        var lines: [Prose] = ["\(counted(run.trials.count, "trial")) of \(grouped(run.requested)) in \(secondsText(run.seconds)): \(run.ending.description)"]
        if let created = facts.created, let changed = facts.changed { lines.append("begun \(RunFacts.date(created)), last changed \(RunFacts.date(changed))") }
        if let origin = facts.origin { lines.append("by nasl \(origin.version) on \(origin.machine), kernels for \(origin.instructions)") }
        if let prior = facts.prior { lines.append("the controller began with what \(code: prior) knew") }
        if let deviation = run.deviation {
            lines.append("\(counted(run.evaluations, "evaluation")): rewards are means, with a deviation of \(rounded(deviation)) between the repetitions of a program; what is best has the highest lower bound")
        }
        if let best = run.best, let reward = best.reward {
            if let budget = best.budget, budget != run.fullBudget { lines.append("no trial of the full budget has a reward; the largest budget with one is \(TrialValue.cost(budget))") }
            lines.append("best \(rounded(reward)), trial \(grouped(best.index + 1)): \(code: best.text)")
        } else {
            lines.append("no trial has a reward")
        }
        return [.list(lines)]
    }

    private var mattered: [Document.Block] {
        guard let effects else {
            return [.paragraph("""
                The trials do not tell: at least \(Effects.fewestPrograms) different programs with a reward are needed, not all with the same one, \
                and a grammar with a choice.
                """)]
        }
        let told = effects.effects.filter { $0.share > $0.error }
        let shown = Array(effects.effects.prefix(max(5, min(12, told.count))))
        let columns: [Document.Column] = [.code("draw"), .number("share"), .number("+-"), .code("best"), .number("effect"), .code("worst"), .number("effect")]
        let rows = shown.map { effect -> [String] in
            let levels = effect.levels.filter { $0.programs > 0 }
            let best = levels.max { $0.effect < $1.effect }, worst = levels.min { $0.effect < $1.effect }
            func cells(_ level: Effects.Level?) -> [String] { level.map { [$0.name, ($0.effect > 0 ? "+" : "") + rounded($0.effect)] } ?? ["", ""] }
            return [effect.name, fixed(effect.share, 3), fixed(effect.error, 3)] + (effect.share > effect.error ? cells(best) + cells(worst) : ["", "", "", ""])
        }
        let rung = rungs.isEmpty ? "" : " The rewards are those with \(budgetName) \(run.mostTried.first?.budget.map(TrialValue.cost) ?? "?"), which most programs have."
        var blocks: [Document.Block] = [
            .paragraph("""
                Shares of the reward's variance under the grammar's own weights, each within its +- with 95 % confidence, all at once; effects are in units of the reward. \
                \(code: "A x B") is what two draws do together beyond what each does alone\(effects.effects.contains { $0.name.contains(" ") && $0.factors.count == 1 } ? "; numbers behind a rule are its place, such as 1.2 for the second draw below the first draw of the whole" : "").\(rung)
                """),
            .table(Document.Table(columns, rows, note: "\(fixed(effects.unexplained, 3)) is left to more draws together, rare draws and noise\(told.count > shown.count ? "; \(told.count - shown.count) smaller shares are not shown" : "")")),
            .paragraph("""
                They are those of a model of these draws and their pairs, fitted to \(counted(effects.programs, "different program")): of the variance among programs that it had not seen it \
                predicts \(fixed(effects.fidelity, 3)) +- \(fixed(effects.fidelityError, 3))\(effects.fidelity < 0.5 ? ". That is little: do not lean on the shares" : "").
                """),
        ]
        if told.isEmpty { blocks.append(.paragraph("No share is larger than its error.")) }
        if let floor = effects.floor {
            blocks.append(.paragraph("\(counted(floor.programs, "reward")) below \(rounded(floor.reward)) counted as that, so that a few very bad programs do not drown the rest."))
        }
        return blocks
    }

    private var proposed: [Document.Block] {
        guard !shifts.shifts.isEmpty else { return [.paragraph("Nothing that the grammar's own weights would not propose by chance.")] }
        let columns: [Document.Column] = [.code("rule"), .code("alternative"), .number("grammar"), .number("last quarter"), .number("by trial")]
        let rows = shifts.shifts.prefix(12).map { [$0.rule, $0.alternative, percent($0.expected), percent($0.taken), grouped($0.trial)] }
        let more = shifts.shifts.count - rows.count
        return [
            .paragraph("""
                How often an alternative was taken in the last quarter of the trials, beside what the grammar's weights would have done at the same draws; by the trial that is named half of the way was gone.
                """),
            .table(Document.Table(columns, rows, note: more > 0 ? "and \(counted(more, "smaller change"))" : nil)),
        ]
    }

    private func shares(_ sharing: Sharing) -> Document.Block {
        let columns: [Document.Column] = [.number("after trial")] + sharing.members.map { .number($0) }
        let rows = sharing.allocations.map { allocation in [grouped(allocation.trial)] + allocation.shares.map(percent) }
        return .table(Document.Table(columns, rows, note: "A row for each time when a share had changed by a tenth of the trials."))
    }

    private var depths: Document.Block {
        let rows = stages.map { [grouped($0.proposals), $0.depth.map { "\($0)" } ?? "as the grammar says"] }
        return .table(Document.Table([.number("after proposal"), .code("depth at most")], rows, note: "Programs may be one deeper where nothing better has come for a while."))
    }

    private var began: Document.Block {
        let shown = restarts.prefix(20).map(grouped).joined(separator: ", ")
        let more = restarts.count - 20
        return .paragraph("After \(shown)\(more > 0 ? " and \(counted(more, "later one"))" : "") proposals, where its cycles had brought nothing better for a while.")
    }

    private var besideRandom: [Document.Block] {
        guard !bestSoFar.isEmpty else { return [.paragraph("There are no trials.")] }
        let columns: [Document.Column] = [.number("trials"), .number("this run"), .number("random"), .number("from"), .number("to")]
        let rows = bestSoFar.map { row in
            [grouped(row.trials), row.reward.map(rounded) ?? "-"] + [row.random?.median, row.random?.range?.lowerBound, row.random?.range?.upperBound].map { $0.map(rounded) ?? "" }
        }
        let source: Prose = randomSource.map { source in
            "Random: the median of the best of so many draws, and from where to where 80 % of them lie, by the order statistics of \(source)\(bestSoFar.last?.random == nil ? ", which say nothing about more; `beside:` takes a run by `random`" : "").\(rungs.isEmpty ? "" : " They are as many as would have cost the same.")"
        } ?? "There are no random draws to set beside it; \(code: "beside:") takes a run by \(code: "random")."
        return [.table(Document.Table(columns, rows, note: source))]
    }

    private var familyBlocks: [Document.Block] {
        guard !families.isEmpty else { return [.paragraph("There are no finds.")] }
        let rows = families.map { [rounded($0.best.reward ?? .nan), "\($0.programs.count)", grouped($0.trials), $0.best.text, $0.canonical == $0.best.text ? "" : $0.canonical] }
        return [.table(Document.Table([.number("best"), .number("programs"), .number("trials"), .code("best of them"), .code("the same by the laws as")], rows))]
    }

    private var frontBlocks: [Document.Block] {
        guard !front.isEmpty else { return [.paragraph("There are no finds.")] }
        let rows = front.map { ["\($0.size)", rounded($0.trial.reward ?? .nan), $0.trial.text] }
        return [.table(Document.Table([.number("size"), .number("reward"), .code("program")], rows, note: "No other program that was tried is at least as good in both and better in one."))]
    }

    private var accounts: [Document.Block] {
        let repeats = run.repeats
        var lines: [Prose] = [
            """
            \(counted(run.proposals.count, "proposal")), \(grouped(run.proposals.count { $0.fromMemory })) of them answered from memory; \
            \(grouped(repeats.programs)) repeated a program, \(grouped(repeats.derivations)) its very choices\
            \(repeats.forms.map { ", \(grouped($0)) a program that is the same by the laws" } ?? "")
            """
        ]
        if run.rejected > 0 {
            let reasons = run.rejections.prefix(5).map { "\($0.reason) (\(grouped($0.count)))" }.joined(separator: "; ")
            lines.append("\(counted(run.rejected, "candidate")) rejected by cheap tests, which are no trials: \(reasons)")
        }
        let failed = failures.reduce(0) { $0 + $1.count }
        lines.append(failed == 0 ? "no trial failed" : "\(counted(failed, "trial")) failed")
        var blocks: [Document.Block] = [.list(lines)]
        if failed > 0 {
            let rows = failures.prefix(10).map { [grouped($0.count), $0.status.rawValue, $0.reason, $0.trial.text] }
            let more = failures.dropFirst(10).reduce(0) { $0 + $1.count }
            blocks.append(.table(Document.Table([.number("trials"), .text("status"), .text("reason of the first"), .code("its program")], rows,
                                                note: more > 0 ? "and \(counted(more, "trial")) for other reasons" : nil)))
        }
        let workers = run.workers
        let busy = run.time.reduce(0) { $0 + $1.seconds }
        var times = run.time.map { [$0.status == .ok ? "evaluating, with a reward" : "evaluating, \($0.status.rawValue)", grouped($0.evaluations), secondsText($0.seconds), secondsText($0.longest)] }
        if !times.isEmpty { times.append(["proposing, learning, waiting", "", secondsText(max(0, run.seconds - busy / Double(max(1, workers.count)))), ""]) }
        if !times.isEmpty { blocks.append(.table(Document.Table([.text("time"), .number("evaluations"), .number("in all"), .number("longest")], times))) }
        if workers.count > 1 {
            let rows = workers.map { ["\($0.worker)", grouped($0.evaluations), grouped($0.failures), secondsText($0.seconds)] }
            blocks.append(.table(Document.Table([.number("worker"), .number("evaluations"), .number("failed"), .number("busy")], rows)))
        }
        return blocks
    }

    private var eventTable: Document.Block {
        .table(Document.Table([.text("when"), .text("what"), .text("")], facts.events.map { [RunFacts.date($0.time), $0.kind, $0.text] }))
    }

    private func percent(_ share: Double) -> String { "\(fixed(100 * share, share < 0.1 ? 1 : 0)) %" }
}

/// `1 trial`, `2,000 trials`.
func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }
