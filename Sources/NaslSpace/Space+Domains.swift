import NaslExpr

extension Space {
    /// Applications whose arguments may lie outside of the domain, each alternative once; of the grammar's own rules.
    ///
    /// What is said only of parameters, as by `sqrt(v)`, is left out: whoever wrote it knows what they are.
    public var domainNotes: [GrammarIssue] {
        guard let analysis = DomainAnalysis(model) else { return [] }
        var told: Set<SourceRange> = []
        return analysis.risks.compactMap { risk in
            let production = model.productions[risk.production]
            let nonterminal = model.nonterminals[production.nonterminal]
            let rule = grammar.rules[nonterminal.rule]
            guard rule.scope == 0, nonterminal.isRule, rule.alternatives.indices.contains(production.alternative) else { return nil }
            let alternative = rule.alternatives[production.alternative]
            guard told.insert(alternative.range).inserted else { return nil }
            let written = Template(alternative.template)
            let ends = "from \(numberText(risk.value.low)) to \(numberText(risk.value.high))"
            if written.kind == .lambda || written.kind == .variable {
                // A drawn function: what it is applied to stands elsewhere.
                return GrammarIssue(
                    .outsideDomain, "`\(alternative.template.text)` \(risk.mishap)", labels: [(alternative.range, "what stands there lies \(ends)")],
                    help: "programs in which that happens may fail; `abs(...)` or `+ 1e-8` keeps away from it")
            }
            return GrammarIssue(
                .outsideDomain, "`\(risk.term.term.text)` has no value where `\(risk.argument.term.text)` is \(risk.isOfZero ? "0" : "negative")",
                labels: [(alternative.range, "`\(risk.argument.term.text)` lies \(ends)")], help: "\(risk.cure) has one everywhere; where programs without one may fail, leave it")
        }
    }
}

extension DomainAnalysis.Risk {
    /// Whether 0 is all that has to be kept out.
    fileprivate var isOfZero: Bool { domain == .secondNonzero || value.low >= 0 }

    fileprivate var mishap: String {
        switch domain {
        case .secondNonzero: "may divide by 0"
        case .firstPositive: "may take the logarithm of \(isOfZero ? "0" : "a negative number")"
        case .firstNonnegative: "may take the square root of a negative number"
        case .power: "may raise a negative number to a power that is not whole"
        case .everywhere, .cosineNonzero: "may have no value"
        }
    }

    /// The same with its argument kept inside.
    fileprivate var cure: String {
        let inner = argument.term
        let safe: Expr = switch domain {
        case .secondNonzero: .apply(term.node.primitive, term.children[0].term, .apply(.add, .apply(.abs, inner), 1e-8))
        case .power: .apply(.pow, .apply(.abs, inner), term.children[1].term)
        case .firstPositive: .apply(.log, .apply(.add, isOfZero ? inner : .apply(.abs, inner), 1e-8))
        default: .apply(.sqrt, .apply(.abs, inner))
        }
        return "`\(safe.text)`"
    }
}
