import NaslExpr

/// Forbidden patterns that the tables cannot hold are refused, never skipped.
extension Judgement {
    /// Patterns with equal arguments where both arguments are drawn.
    static func equalDraws(_ grammar: Grammar, _ nonterminals: Nonterminals) -> [GrammarIssue] {
        var issues: [GrammarIssue] = []
        for constraint in grammar.constraints {
            guard case .forbid(let pattern) = constraint.kind, let (first, second) = pattern.equalArguments else { continue }
            func drawsBoth(_ template: Template) -> Bool {
                template.isRoot(of: pattern) && template.children[first].draws && template.children[second].draws || template.children.contains(where: drawsBoth)
            }
            for nonterminal in nonterminals.all where nonterminal.templates.contains(where: { $0.map(drawsBoth) ?? false }) {
                let place = nonterminal.isRule
                    ? zip(nonterminal.templates, grammar.rules[nonterminal.rule].alternatives).first { $0.0.map(drawsBoth) ?? false }?.1.range : nil
                issues.append(GrammarIssue(
                    .limit, "two equal draws cannot be forbidden yet", labels: [(constraint.range, "this pattern compares two arguments"), (place ?? nonterminal.range, "both are drawn here")],
                    help: "forbid the cases that matter, such as `x - x`"))
                break
            }
        }
        return issues
    }

    static func tooManyPatterns(_ grammar: Grammar) -> GrammarIssue {
        let patterns = grammar.constraints.filter { if case .forbid = $0.kind { true } else { false } }
        return GrammarIssue(
            .limit, "the forbidden patterns together are too many", labels: patterns.map { ($0.range, "") },
            help: "leave some out, or forbid `a within b`")
    }
}
