import NaslExpr
import NaslLanguage
import NaslSearch

/// What `report` writes of a run: what was searched and how, what came of it, what it is worth. It holds nothing that changes from one call
/// to the next.
struct Report {
    let explanation: RunExplanation
    let task: TaskValue
    let method: Method
    /// Further runs of the task, by name.
    let others: [(name: String, method: String, run: Run)]
    let comparisons: [ComparisonValue]

    private var run: Run { explanation.run }

    var document: Document {
        var sections = explanation.sections
        let result = sections.removeFirst()
        var document = Document(title: "Searching \(code: Report.joined(task.searched.map(\.grammar.name))) for \(code: task.name)")
        document.sections = [
            Document.Section(title: "Result", blocks: result.blocks),
            Document.Section(title: "Overview", blocks: [.overview(Overview(task, method: method))]),
            Document.Section(title: "Space", blocks: space),
            Document.Section(title: "Method", blocks: methodBlocks),
        ]
        if !comparisons.isEmpty { document.sections.append(Document.Section(title: "On fresh seeds", blocks: comparisons.flatMap(blocks))) }
        if !others.isEmpty { document.sections.append(Document.Section(title: "Over several runs", blocks: [runTable])) }
        document.sections.append(Document.Section(title: "Best programs", blocks: best))
        document.sections += sections.map(withPicture)
        document.sections.append(Document.Section(title: "Caveats", blocks: [.list(caveats)]))
        return document
    }

    private static func joined(_ names: [String]) -> String { names.joined(separator: ", ") }

    private func withPicture(_ section: Document.Section) -> Document.Section {
        var section = section
        let pictures = RunPictures(explanation)
        func add(_ plot: Plot?, at place: Int, _ caption: Prose) {
            if let plot { section.blocks.insert(.plot(plot, caption: caption), at: min(place, section.blocks.count)) }
        }
        switch section.title {
        case RunExplanation.matteredTitle:
            add(pictures.effects, at: 1, "The draws that mattered most: their shares of the reward's variance, and the errors of these.")
        case RunExplanation.besideRandomTitle:
            add(pictures.bestSoFar, at: 0, "The best reward so far against trials, by \(code: explanation.facts.method) and by random draws.")
        case RunExplanation.frontTitle:
            add(pictures.front, at: 0, "The best reward that programs of at most this size have earned.")
        default: break
        }
        return section
    }

    private var space: [Document.Block] {
        var blocks: [Document.Block] = [.list(task.searched.map { part in "\(code: part.name): \(part.grammar.summary)" })]
        if let source = explanation.facts.source {
            blocks.append(.paragraph("The task and all that it mentions, as a script:"))
            blocks.append(.code(source.trimmingLines))
        } else {
            blocks.append(.paragraph("The task mentions what cannot be written as a script, so its source is not shown."))
        }
        return blocks
    }

    private var methodBlocks: [Document.Block] {
        var lines: [Prose] = [
            "\(code: explanation.facts.method): \(Report.description(of: method.name))",
            "\(grouped(run.requested)) trials asked for, in rounds that see only earlier rounds; seed \(run.seed)",
            "the same seed gives the same run, with one worker or many\(explanation.facts.dependsOnTime ? "; but a time limit has decided about a trial here, so another machine may give another run" : "")",
        ]
        let settings = MethodSettings(method.controller(task.grammar.space, run.seed), written: method.written)
        lines += settings.lines.map { "settings of \(code: $0.method): \($0.settings)" }
        if let prior = explanation.facts.prior { lines.append("the controller began with what \(code: prior) knew") }
        return [.list(lines)]
    }

    private static func description(of method: String) -> String {
        switch method {
        case "random": "draws by the grammar's weights (Bergstra & Bengio 2012)"
        case "exhaustive": "every program, smallest first"
        case "evolution": "regularized evolution (Real et al. 2019), with changes and crossings inside the masks"
        case "reinforce": "an LSTM controller trained by REINFORCE (Williams 1992; Zoph & Le 2017)"
        case "ppo": "an LSTM controller trained by proximal policy optimization (Schulman et al. 2017)"
        case "risk_seeking": "an LSTM controller trained on the best of each round (Petersen et al. 2021)"
        case "priority_queue": "an LSTM controller trained on the best programs so far (Abolafia et al. 2018)"
        case "neural_guided": "an LSTM controller with genetic steps that begin with its programs (Mundhenk et al. 2021)"
        case "growing": "programs of another method that are shallow at first, and may be deeper where nothing better comes (after Zoph & Le 2017)"
        case "hyperband": "programs of another method with small budgets first, the best of each rung with a larger one (Hyperband, Li et al. 2018)"
        case "adaptive": "several methods, whose shares of the trials go by what each has earned lately"
        default: "see the documentation of nasl"
        }
    }

    private var best: [Document.Block] {
        let rows = run.top(10).map { [grouped($0.index + 1), rounded($0.reward ?? .nan)] + $0.costs.map { TrialValue.cost($0.value) } + [$0.text] }
        guard let first = run.best else { return [.paragraph("No trial has a reward.")] }
        let columns: [Document.Column] = [.number("trial"), .number("reward")] + first.costs.map { .number($0.name) } + [.code("program")]
        return [.table(Document.Table(columns, rows, note: "Each by the one trial that the search selected it for: see the caveats."))]
    }

    private func blocks(_ value: ComparisonValue) -> [Document.Block] {
        func text(_ number: Double?) -> String { number.map(rounded) ?? "" }
        let rows = value.comparison.rows.map { row in
            [row.name, text(row.mean), text(row.deviation), text(row.difference), row.p.map { fixed($0, 4) } ?? "", row.corrected.map { fixed($0, 4) } ?? "", "\(row.count - row.failures)"]
        }
        let table = Document.Table([.code("candidate"), .number("mean"), .number("deviation"), .number("difference"), .number("p"), .number("p (Holm)"), .number("seeds")], rows,
                                   note: "Difference and paired t-test against the first, on the same seeds; Holm's correction over the table.")
        return [.table(table)] + (RunPictures.comparison(value.comparison).map { [.plot($0, caption: "Means over the same seeds, and the rewards' deviations.")] } ?? [])
    }

    /// All runs, and the spread of their best rewards by method.
    private var runTable: Document.Block {
        let all = [(name: "this run", method: explanation.facts.method, run: run)] + others
        var rows = all.map { [$0.name, $0.method, "\($0.run.seed)", grouped($0.run.trials.count), $0.run.best?.reward.map(rounded) ?? "-", ""] }
        var order: [String] = []
        for one in all where !order.contains(one.method) { order.append(one.method) }
        for method in order {
            let found = all.filter { $0.method == method }.compactMap { $0.run.best?.reward }
            guard found.count > 1, let mean = Statistics.mean(found) else { continue }
            rows.append(["mean of \(found.count)", method, "", "", rounded(mean), Statistics.deviation(found).map(rounded) ?? ""])
        }
        return .table(Document.Table([.text("run"), .code("method"), .number("seed"), .number("trials"), .number("best"), .number("deviation")], rows))
    }
}
