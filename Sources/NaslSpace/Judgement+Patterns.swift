import NaslExpr

/// Forbidden patterns that the tables cannot hold are refused, never skipped.
extension Judgement {
    /// Draws can be kept apart only where all derivations can be numbered.
    static func endlessTies(_ model: Model, _ isGivenUp: () -> Bool) -> [GrammarIssue] {
        guard model.hasTies, !isGivenUp() else { return [] }
        if case .finite = Counting(model, isGivenUp).total { return [] }
        let patterns = model.grammar.constraints.filter { if case .forbid(let pattern) = $0.kind { pattern.equalArguments != nil } else { false } }
        return [GrammarIssue(
            .limit, "two equal draws can be forbidden only in a space that can be numbered", labels: patterns.map { ($0.range, "compares two draws") },
            help: "add a limit, such as `limit depth <= 6` or `limit size <= 30`")]
    }

    static func tooManyPatterns(_ grammar: Grammar) -> GrammarIssue {
        let patterns = grammar.constraints.filter { if case .forbid = $0.kind { true } else { false } }
        return GrammarIssue(
            .limit, "the forbidden patterns together are too many", labels: patterns.map { ($0.range, "") },
            help: "leave some out, or forbid `a within b`")
    }
}
