import NaslExpr

extension Judgement {
    /// Beyond these a table would be larger than it is worth.
    private static let mostLevels = 1_000
    private static let mostWide = 4_000
    private static let mostRows = 512
    private static let mostForbidden = 64

    /// Limits that are no range, or that no table holds.
    static func limits(_ grammar: Grammar) -> [GrammarIssue] {
        var issues: [GrammarIssue] = []
        func refuse(_ constraint: Constraint, _ title: String, _ label: String, _ help: String? = nil) {
            issues.append(GrammarIssue(.limit, title, labels: [(constraint.range, label)], help: help))
        }
        for constraint in grammar.constraints {
            switch constraint.kind {
            case .depth(let most, let rule):
                if most < 1 { refuse(constraint, "a limit on depth is at least 1", "a name or number has depth 1") }
                if most > mostLevels { refuse(constraint, "a limit on depth is at most \(mostLevels)", "\(most) is too large") }
                if let rule, !grammar.rules.contains(where: { $0.name == rule }) {
                    refuse(constraint, "there is no rule `\(rule)`", "limits its depth", closest(to: rule.text, among: grammar.rules.map(\.name.text)).map { "did you mean `\($0)`?" })
                }
            case .size(let range, let rule), .count(_, let range, let rule):
                let (low, high) = (range.lowerBound, range.upperBound)
                if high < 0 { refuse(constraint, "a limit cannot be negative", "nothing is less than 0") }
                if low > mostWide || (high != Int.max && high > mostWide) {
                    refuse(constraint, "a limit is at most \(mostWide)", "\(low > mostWide ? low : high) is too large")
                }
                if let rule, !grammar.rules.contains(where: { $0.name == rule }) {
                    refuse(constraint, "there is no rule `\(rule)`", "limits it", closest(to: rule.text, among: grammar.rules.map(\.name.text)).map { "did you mean `\($0)`?" })
                }
            case .forbid(let pattern):
                if let trouble = pattern.trouble { refuse(constraint, trouble.title, trouble.label, trouble.help) }
            case .require, .forbidWithin: break
            }
        }
        if !issues.isEmpty { return issues }
        let limits = Limits(grammar.constraints, grammar.scopes)
        if limits.forbidden.count > mostForbidden, let last = grammar.constraints.last(where: { if case .forbidWithin = $0.kind { true } else { false } }) {
            refuse(last, "there are \(limits.forbidden.count) lines `forbid .. within ..`", "at most \(mostForbidden) can be held")
        }
        // The widest counter runs along the rows of the tables, the others number the rows.
        let cases = limits.counters.map { $0.cap + 1 }.sorted().dropLast().reduce(into: (1, false)) { product, radix in
            (product.0, product.1) = { ($0.partialValue, $0.overflow || product.1) }(product.0.multipliedReportingOverflow(by: radix))
        }
        if cases.1 || cases.0 > mostRows, let last = grammar.constraints.last {
            refuse(
                last, "these limits together distinguish \(cases.1 ? "too many" : "\(cases.0)") cases; at most \(mostRows) can be held",
                "the last of them", "lower the upper ends, or leave one out")
        }
        return issues
    }

    /// Constraints on what occurs nowhere.
    static func withoutEffect(_ grammar: Grammar, _ nonterminals: Nonterminals) -> [GrammarIssue] {
        var heads = Set<Head>()
        func collect(_ template: Template) {
            switch template.kind {
            case .number: heads.insert(.number(template.node.value))
            case .variable:
                heads.insert(.name(template.symbol))
                heads.insert(Head(named: template.symbol))
            case .primitive: heads.insert(.primitive(template.node.primitive))
            case .fitted: heads.insert(.constant)
            case .parameter: heads.insert(.parameter)
            default: break
            }
            template.children.forEach(collect)
        }
        for nonterminal in nonterminals.all { nonterminal.templates.forEach { $0.map(collect) } }
        var issues: [GrammarIssue] = []
        for constraint in grammar.constraints {
            let mentioned: [Head] = switch constraint.kind {
            case .count(let head, _, of: _): [head]
            case .forbid(let pattern): pattern.heads
            case .forbidWithin(let inner, let outer): inner == outer ? [inner] : [inner, outer]
            case .depth, .size, .require: []  // a `require` of what never occurs leaves nothing, which is said as such
            }
            for head in mentioned where !heads.contains(head) {
                issues.append(GrammarIssue(
                    .noEffect, "`\(head)` occurs nowhere in `\(grammar.name)`", labels: [(constraint.range, "has no effect")]))
            }
        }
        return issues
    }

    /// Which constraints leave nothing: a smallest set of them that does, found by leaving out one after the other.
    static func leavesNothing(_ nonterminals: Nonterminals) -> GrammarIssue {
        var culprits = nonterminals.grammar.constraints
        for constraint in culprits {
            let others = culprits.filter { $0 != constraint }
            if Model(nonterminals, others).isEmpty { culprits = others }
        }
        var help: String?
        if culprits.count == 1 {
            switch culprits[0].kind {
            case .depth(let most, of: nil):
                help = leastDepth(nonterminals, above: most).map { "the flattest program has depth \($0)" }
            case .size(let range, of: nil):
                let size = leastSize(nonterminals)
                help = size > range.upperBound ? "the smallest program has size \(size)" : "no program has a size in \(range.lowerBound)..\(range.upperBound == .max ? "" : "\(range.upperBound)")"
            case .require(let head): help = "no program of `\(nonterminals.grammar.name)` can hold `\(head)`"
            default: break
            }
        }
        let together = culprits.count > 1
        return GrammarIssue(
            .leavesNothing, "\(together ? "these constraints together leave" : "this constraint leaves") nothing to draw",
            labels: culprits.map { ($0.range, together ? "" : "no program fulfils it") }, help: help)
    }

    private static func leastDepth(_ nonterminals: Nonterminals, above: Int) -> Int? {
        var low = above, high = mostLevels
        func leaves(_ depth: Int) -> Bool { !Model(nonterminals, [Constraint(.depth(atMost: depth))]).isEmpty }
        guard leaves(high) else { return nil }
        while high - low > 1 {
            let middle = (low + high) / 2
            if leaves(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// The least size of any program: relaxation until nothing shrinks.
    private static func leastSize(_ nonterminals: Nonterminals) -> Int {
        let model = Model(nonterminals, [])
        var least = [Int](repeating: Int.max, count: model.cells.count)
        var changed = true
        while changed {
            changed = false
            for entry in model.entries {
                let production = model.productions[Int(entry.production)]
                let isSingle = production.isAtom && model.cells[Int(entry.cell)].context.uses > 0
                var size = isSingle ? 0 : production.size
                for slot in entry.slots {
                    let part = least[Int(model.slotCells[slot])]
                    size = part == Int.max ? Int.max : size.addingReportingOverflow(part).overflow ? Int.max : size + part
                    if size == Int.max { break }
                }
                if size < least[Int(entry.cell)] {
                    least[Int(entry.cell)] = size
                    changed = true
                }
            }
        }
        return least[model.start]
    }
}

extension Expr {
    /// The heads a pattern names.
    var heads: [Head] {
        var heads: [Head] = []
        for node in nodes {
            let head: Head? = switch node.kind {
            case .number: .number(node.value)
            case .variable: Head(named: node.symbol)
            case .primitive: .primitive(node.primitive)
            case .fitted: .constant
            case .parameter: .parameter
            default: nil
            }
            if let head, !heads.contains(head) { heads.append(head) }
        }
        return heads
    }

    /// What is wrong with a pattern.
    var trouble: (title: String, label: String, help: String?)? {
        if nodes[root].kind == .hole { return ("this pattern is anything at all", "forbids every program", nil) }
        if nodes.count > 30 { return ("this pattern is too large", "it has \(nodes.count) parts, at most 30 can be held", nil) }
        var places: [Symbol: [Int]] = [:]
        for (position, node) in nodes.enumerated() where node.kind == .hole && node.symbol != "_" { places[node.symbol, default: []].append(position) }
        let direct = Set(children(of: root))
        let repeated = places.filter { $0.value.count > 1 }
        for (name, found) in repeated.sorted(by: { $0.key.text < $1.key.text }) where found.count > 2 || !found.allSatisfy(direct.contains) {
            return ("`\(name)` stands \(found.count == 2 ? "twice" : "\(found.count) times") in this pattern, but not as two direct arguments of its outermost operator", "such terms cannot be told apart while they are drawn", "write a pattern such as `\(name) - \(name)`")
        }
        if repeated.count > 1 { return ("two names are repeated in this pattern", "at most one pair of arguments can be compared", nil) }
        if !repeated.isEmpty, arguments.contains(where: { $0.nodes[$0.root].kind != .hole }) {
            return ("a pattern with equal arguments has nothing else in it", "only `_` and names may stand beside them", nil)
        }
        return nil
    }
}
