import NaslExpr

/// Draws that must differ: `forbid ?a - ?a` where both arguments are drawn.
///
/// Two draws are compared by their derivations, so a grammar with such a pattern must have one derivation for each program.
enum Ties {
    /// The pairs of draws of a template, by their numbers, that a pattern keeps apart.
    static func pairs(in template: Template, _ patterns: [Expr], _ nonterminals: Nonterminals) -> [(first: Int, second: Int)] {
        var pairs: [(first: Int, second: Int)] = []
        for pattern in patterns {
            guard let arguments = template.tied(by: pattern, nonterminals) else { continue }
            let (first, second) = (template.children[arguments.0].draw, template.children[arguments.1].draw)
            pairs.append((min(first, second), max(first, second)))
        }
        if template.kind != .hole { pairs += template.children.flatMap { Ties.pairs(in: $0, patterns, nonterminals) } }
        return pairs.reduce(into: []) { result, pair in if !result.contains(where: { $0 == pair }) { result.append(pair) } }
    }
}

extension Template {
    /// The two arguments that a pattern with equal arguments compares here, where both are nothing but draws of the same.
    func tied(by pattern: Expr, _ nonterminals: Nonterminals) -> (Int, Int)? {
        guard let (first, second) = pattern.equalArguments, isRoot(of: pattern), children[first].kind == .hole, children[second].kind == .hole else { return nil }
        return nonterminals.nonterminal(of: children[first]) == nonterminals.nonterminal(of: children[second]) ? (first, second) : nil
    }
}

extension Judgement {
    /// Patterns with equal arguments where both arguments are drawn, in a way that cannot be kept apart.
    static func equalDraws(_ grammar: Grammar, _ nonterminals: Nonterminals) -> [GrammarIssue] {
        var coincidence = Coincidence(nonterminals)
        for constraint in grammar.constraints {
            guard case .forbid(let pattern) = constraint.kind, let (first, second) = pattern.equalArguments else { continue }
            var place: SourceRange?
            func refuse(_ label: String, _ range: SourceRange, _ help: String) -> [GrammarIssue] {
                [GrammarIssue(.limit, "these two draws cannot be kept apart", labels: [(constraint.range, "this pattern compares two arguments"), (range, label)], help: help)]
            }
            for nonterminal in nonterminals.all {
                for (number, template) in nonterminal.templates.enumerated() {
                    guard let template else { continue }
                    let range = nonterminal.isRule ? grammar.rules[nonterminal.rule].alternatives[number].range : nonterminal.range
                    let pairs = Ties.pairs(in: template, [pattern], nonterminals)
                    for node in template.nodes(matching: pattern) {
                        let (a, b) = (node.children[first], node.children[second])
                        // A name that vanishes around a single name or number stands for a draw, too. The same one twice is the pattern itself.
                        let isDrawn = { (part: Template) in part.draws || template.vanishing.contains { part.occurrences(of: $0) > 0 } }
                        guard isDrawn(a), isDrawn(b), a != b || a.draws, coincidence.mayCoincide(a, b, vanishing: template.vanishing) else { continue }
                        guard a.kind == .hole, b.kind == .hole, nonterminals.nonterminal(of: a) == nonterminals.nonterminal(of: b) else {
                            return refuse("both are drawn here, in different ways", range, "draw both by the same rule, or forbid the cases that matter, such as `x - x`")
                        }
                        guard pattern.comparesOnly(first, second), pairs.count < 2 || pairs.isNested else {
                            return refuse("both are drawn here", range, "compare two arguments of one operator, and leave the others open")
                        }
                        place = range
                    }
                }
            }
            guard let place else { continue }
            if let (one, other) = coincidence.ambiguity {
                return refuse("both are drawn here", place, "only where each program is drawn in one way; `\(one)` and `\(other)` may print the same")
            }
        }
        return []
    }
}

extension Expr {
    /// Whether a pattern says nothing but that two of its arguments are equal.
    fileprivate func comparesOnly(_ first: Int, _ second: Int) -> Bool {
        let parts = arguments
        return parts.allSatisfy { $0.nodes[$0.root].kind == .hole }
            && parts.indices.allSatisfy { slot in slot == first || slot == second || parts[slot].text == "_" || parts.filter { $0 == parts[slot] }.count == 1 }
    }
}

extension Template {
    fileprivate func nodes(matching pattern: Expr) -> [Template] {
        (isRoot(of: pattern) ? [self] : []) + (kind == .hole ? [] : children.flatMap { $0.nodes(matching: pattern) })
    }

    /// The names bound by `let`s that vanish around a single name or number.
    fileprivate var vanishing: [Symbol] { (dissolves ? [symbol] : []) + (kind == .hole ? [] : children.flatMap(\.vanishing)) }
}

extension [(first: Int, second: Int)] {
    /// Whether of any two pairs one is over before the other begins, or within it.
    fileprivate var isNested: Bool {
        indices.allSatisfy { a in
            self[(a + 1)...].allSatisfy { other in
                let (p, q) = self[a].first <= other.first ? (self[a], other) : (other, self[a])
                return p.second < q.first
            }
        }
    }
}
