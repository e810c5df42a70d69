import NaslExpr

extension Judgement {
    /// Rules without a finite derivation, and rules that derive themselves alone.
    static func endings(_ nonterminals: Nonterminals) -> [GrammarIssue] {
        let model = Model(nonterminals, [])
        let grammar = nonterminals.grammar
        let endless = model.reach.map(\.isEmpty)
        // The roots of the evil: endless rules that are endless only through one another.
        let mentions = model.cells.indices.map { cell in
            model.entries[model.cells[cell].entries].flatMap { $0.slots.map { Int(model.slotCells[$0]) } }
        }
        var issues: [GrammarIssue] = []
        for component in components(mentions.indices.map { endless[$0] ? mentions[$0].filter { endless[$0] } : [] }) {
            guard endless[component[0]], component.allSatisfy({ mentions[$0].filter { endless[$0] }.allSatisfy(component.contains) }) else { continue }
            let names = rules(of: component, model)
            let labels = names.flatMap { rule in grammar.rules[rule].alternatives.map { ($0.range, "") } }
            issues.append(GrammarIssue(
                .neverEnds, "\(quoted(names, grammar)) can never end", labels: labelLast(labels, "every alternative draws \(quoted(names, grammar)) again"),
                help: "add an alternative that draws nothing, such as `x`"))
        }
        if !issues.isEmpty { return issues }

        let units = model.cells.indices.map { cell in
            model.entries[model.cells[cell].entries].filter { model.productions[Int($0.production)].isUnit }.map { Int(model.slotCells[$0.slots.lowerBound]) }
        }
        for component in components(units) where component.count > 1 || units[component[0]].contains(component[0]) {
            let names = rules(of: component, model)
            var labels: [(SourceRange, String)] = []
            for entry in component.flatMap({ model.entries[model.cells[$0].entries] }) {
                let production = model.productions[Int(entry.production)]
                guard production.isUnit, component.contains(Int(model.slotCells[entry.slots.lowerBound])) else { continue }
                let nonterminal = model.nonterminals[production.nonterminal]
                let range = nonterminal.isRule ? grammar.rules[nonterminal.rule].alternatives[production.alternative].range : nonterminal.range
                if !labels.contains(where: { $0.0 == range }) || range.isNone { labels.append((range, "")) }
            }
            let name = "`\(grammar.rules[names[0]].name)`"
            issues.append(GrammarIssue(
                .derivesItself, "\(name) derives itself alone",
                labels: labelLast(labels, names.count == 1 ? "draws \(name) and adds nothing" : "this way back to \(name) adds nothing"),
                help: "each program would have endlessly many derivations; leave this alternative out"))
        }
        return issues
    }

    /// Rules that the start does not reach.
    static func unreachable(_ nonterminals: Nonterminals) -> [GrammarIssue] {
        let reached = Set(nonterminals.all.map(\.rule))
        return nonterminals.grammar.rules.enumerated().filter { !reached.contains($0.offset) }.map { _, rule in
            GrammarIssue(
                .unreachable, "`\(rule.name)` is never drawn", labels: [(rule.range, "nothing that `\(nonterminals.grammar.rules[0].name)` draws mentions it")],
                help: "the first rule is the start")
        }
    }

    /// Alternatives that no program of the space uses.
    ///
    /// `outside[cell]` are the sums that the rest of a program can have around a draw of the cell, as far as it can be finished.
    static func neverChosen(_ model: Model) -> [GrammarIssue] {
        if !model.maps.isEmpty { return neverReached(model) }
        let algebra = model.algebra
        var outside = Array(repeating: algebra.emptySet, count: model.cells.count)
        var fresh = outside
        var isUsed = model.productions.map { _ in false }
        fresh[model.start][0] = 1
        outside[model.start][0] = 1
        // From which sums an entry can be finished.
        var openings = [[UInt64]?](repeating: nil, count: model.entries.count)
        var work = [model.start]
        while let cell = work.popLast() {
            let arriving = algebra.members(fresh[cell])
            if arriving.isEmpty { continue }
            fresh[cell] = algebra.emptySet
            for id in model.cells[cell].entries where model.canEnd(model.entries[id]) {
                let entry = model.entries[id]
                let before = openings[id] ?? entry.slots.first.map { algebra.before(model.accepted, model.reachFrom[$0]) } ?? model.accepted
                openings[id] = before
                var sums = algebra.emptySet
                for sum in arriving {
                    let with = algebra.add(Int(sum), Int(entry.fixed))
                    if with >= 0, ProfileAlgebra.contains(before, with) { sums[with / 64] |= 1 << UInt64(with % 64) }
                }
                if sums.allSatisfy({ $0 == 0 }) { continue }
                isUsed[Int(entry.production)] = true
                for slot in entry.slots {
                    let part = Int(model.slotCells[slot])
                    let around = slot + 1 < entry.slots.upperBound ? algebra.sums(sums, model.reachFrom[slot + 1]) : sums
                    var isNew = false
                    for word in around.indices {
                        let added = around[word] & ~outside[part][word]
                        if added == 0 { continue }
                        outside[part][word] |= added
                        fresh[part][word] |= added
                        isNew = true
                    }
                    if isNew { work.append(part) }
                    sums = algebra.sums(sums, model.reach[part])
                }
            }
        }
        return unusedAlternatives(model, isUsed)
    }

    /// The same where draws are summed up for themselves: every node that a derivation can come to is looked at.
    private static func neverReached(_ model: Model) -> [GrammarIssue] {
        var automaton = Automaton(model)
        guard let used = automaton.usedAlternatives(atMost: 50_000) else { return [] }
        return unusedAlternatives(model, used)
    }

    private static func unusedAlternatives(_ model: Model, _ isUsed: [Bool]) -> [GrammarIssue] {
        var issues: [GrammarIssue] = []
        for (id, rule) in model.grammar.rules.enumerated() {
            for (index, alternative) in rule.alternatives.enumerated() {
                let uses = model.productions.indices.filter {
                    let nonterminal = model.nonterminals[model.productions[$0].nonterminal]
                    return nonterminal.isRule && nonterminal.rule == id && model.productions[$0].alternative == index
                }
                if uses.isEmpty || uses.contains(where: { isUsed[$0] }) { continue }
                issues.append(GrammarIssue(
                    .neverChosen, "`\(alternative.template)` can never be chosen", labels: [(alternative.range, "no program that fulfils the constraints uses it")]))
            }
        }
        return issues
    }

    /// The rules of these cells, in the grammar's order.
    static func rules(of cells: [Int], _ model: Model) -> [Int] {
        Set(cells.map { model.nonterminals[Int(model.cells[$0].nonterminal)].rule }).sorted()
    }

    static func quoted(_ rules: [Int], _ grammar: Grammar) -> String {
        let names = rules.map { "`\(grammar.rules[$0].name)`" }
        return names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1] : names.joined()
    }

    /// All are underlined, the last says why.
    static func labelLast(_ labels: [(SourceRange, String)], _ text: String) -> [(range: SourceRange, text: String)] {
        labels.enumerated().map { ($1.0, $0 == labels.count - 1 ? text : "") }
    }
}
