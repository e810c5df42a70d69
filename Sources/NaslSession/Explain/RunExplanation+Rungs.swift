import NaslLanguage
import NaslSearch

/// The rungs of a search that tries programs with small budgets first.
extension RunExplanation {
    /// From so many programs with both rewards on their rank correlation is spoken of, and below this one it is called poor.
    private static let fewestPairs = 5
    private static let poor = 0.5

    var rungBlocks: [Document.Block] {
        let columns: [Document.Column] = [.number(budgetName), .number("trials"), .number("failed"), .number("promoted"), .number("best"), .number("rank correlation"), .number("over programs")]
        let rows = rungs.map { rung in
            [TrialValue.cost(rung.budget), grouped(rung.trials), grouped(rung.failures), grouped(rung.promoted), rung.best.map(rounded) ?? "-"]
                + (rung.promoted > 0 ? [rung.correlation.map { fixed($0, 2) } ?? "-", grouped(rung.pairs)] : ["", ""])
        }
        let table = Document.Table(columns, rows, note: """
            The rank correlation is between the rewards with this budget and with the next one, over the programs that have both: the better ones of this budget, \
            which are harder to tell apart than all of it.
            """)
        return [
            .paragraph("""
                All trials together cost as much as \(rounded(run.spent)) with the full budget, \(code: "\(budgetName): \(TrialValue.cost(run.fullBudget ?? 1))"); \
                what is best is told of \(run.comparable.first?.budget == run.fullBudget ? "these alone" : "the largest budget so far, since none of these has a reward").
                """),
            .table(table),
        ] + verdicts
    }

    /// Whether a small budget foretells the next one.
    private var verdicts: [Document.Block] {
        let told = zip(rungs, rungs.dropFirst()).compactMap { lower, upper -> Prose? in
            guard lower.pairs >= RunExplanation.fewestPairs, let correlation = lower.correlation, correlation < RunExplanation.poor else { return nil }
            return "\(TrialValue.cost(lower.budget)) says little about \(TrialValue.cost(upper.budget)): the rank correlation is \(fixed(correlation, 2)) over \(grouped(lower.pairs)) programs"
        }
        if told.isEmpty { return [] }
        return [.list(told), .paragraph("Where a small budget says little, good programs are lost at its rung: a larger \(code: "from:") or the method without \(code: "hyperband") may find more at the same cost.")]
    }
}
