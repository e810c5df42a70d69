import NaslExpr

/// What is said about a grammar before anything is drawn from it.
enum Judgement {
    /// The compiled grammar with its warnings.
    static func compile(_ grammar: Grammar, _ isGivenUp: () -> Bool) throws(GrammarError) -> (Model, [GrammarIssue]) {
        try stop(onErrorsIn: rules(grammar) + limits(grammar))
        let nonterminals = Nonterminals(grammar)
        try stop(onErrorsIn: nonterminals.issues)
        try stop(onErrorsIn: endings(nonterminals))
        var warnings = unreachable(nonterminals) + withoutEffect(grammar, nonterminals)
        try stop(onErrorsIn: equalDraws(grammar, nonterminals))
        let model = Model(nonterminals, grammar.constraints, isGivenUp)
        if model.patternsAreTooMany { throw GrammarError(issues: [tooManyPatterns(grammar)]) }
        if isGivenUp() { throw GrammarError(issues: []) }
        if model.isEmpty { throw GrammarError(issues: [leavesNothing(nonterminals)] + warnings) }
        try stop(onErrorsIn: endlessTies(model, isGivenUp))
        warnings += neverChosen(model)
        let isFinite = Counting.isFinite(model, isGivenUp)
        if isGivenUp() { throw GrammarError(issues: []) }
        if !isFinite {
            let growth = growth(model)
            try stop(onErrorsIn: growth)
            warnings += growth
        }
        return (model, warnings)
    }

    private static func stop(onErrorsIn issues: [GrammarIssue]) throws(GrammarError) {
        if issues.contains(where: { !$0.isWarning }) { throw GrammarError(issues: issues) }
    }

    /// Names, weights, mentions.
    private static func rules(_ grammar: Grammar) -> [GrammarIssue] {
        var issues: [GrammarIssue] = []
        if grammar.rules.isEmpty || grammar.rules.contains(where: { $0.alternatives.isEmpty }) {
            let range = grammar.rules.first { $0.alternatives.isEmpty }?.range ?? grammar.range
            issues.append(GrammarIssue(
                .unknownRule, grammar.rules.isEmpty ? "the grammar `\(grammar.name)` has no rule" : "this rule has no alternative",
                labels: [(range, "nothing to draw")], help: "write one as in `E = x | -E`"))
        }
        var first: [Symbol: Rule] = [:]
        for rule in grammar.rules {
            if let earlier = first[rule.name] {
                issues.append(GrammarIssue(
                    .repeatedRule, "there are two rules `\(rule.name)`", labels: [(earlier.range, "the first"), (rule.range, "the second")],
                    help: "write all alternatives in one rule, divided by `|`"))
            }
            first[rule.name] = first[rule.name] ?? rule
        }
        for rule in grammar.rules {
            for alternative in rule.alternatives {
                if !(alternative.weight > 0 && alternative.weight < .infinity) {
                    issues.append(GrammarIssue(
                        .weight, "the weight \(numberText(alternative.weight)) is not a positive number",
                        labels: [(alternative.range, "a weight says how often, relative to the others")],
                        help: alternative.weight == 0 ? "leave the alternative out" : nil))
                }
                var unknown: [Symbol] = []
                Template(alternative.template).forEachMention { mention in
                    if mention.drawn == nil, first[mention.symbol] == nil, !unknown.contains(mention.symbol) { unknown.append(mention.symbol) }
                }
                for name in unknown {
                    let near = closest(to: name.text, among: grammar.rules.map(\.name.text))
                    issues.append(GrammarIssue(
                        .unknownRule, "there is no rule `\(name)`", labels: [(alternative.range, "mentions `\(name)`")],
                        help: near.map { "did you mean `\($0)`?" } ?? "the rules are \(grammar.rules.map { "`\($0.name)`" }.joined(separator: ", "))"))
                }
            }
        }
        return issues
    }
}

/// The candidate that differs in the fewest letters, if those are at most a third of the word (Damerau 1964, Levenshtein 1966).
func closest(to word: String, among candidates: [String]) -> String? {
    func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var corner = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = x == y ? corner : 1 + min(corner, row[j], row[j + 1])
                corner = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
    let letters = Array(word.lowercased())
    let best = candidates.map { ($0, distance(letters, Array($0.lowercased()))) }.min { $0.1 < $1.1 }
    guard let best, best.1 <= max(1, letters.count / 3) else { return nil }
    return letters.count == 1 && best.1 == 1 ? nil : best.0
}
