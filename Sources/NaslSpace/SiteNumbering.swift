import NaslExpr

/// Gives the draws that are no rule sites of their own, after those of the rules, in the order in which they are written.
struct SiteNumbering {
    private(set) var sites: [Site]

    init(_ grammar: Grammar) {
        sites = grammar.rules.map { rule in
            Site(kind: .rule, name: rule.name, alternatives: rule.alternatives.map(\.template.text), weights: rule.alternatives.map(\.weight))
        }
    }

    mutating func numbered(_ template: Template) -> Template {
        var result = template
        if let drawn = template.drawn, let site = site(drawn, template) {
            result.site = sites.count
            sites.append(site)
        }
        for slot in result.children.indices { result.children[slot] = numbered(result.children[slot]) }
        return result
    }

    private func site(_ drawn: Draw, _ hole: Template) -> Site? {
        func range(_ low: Double, _ high: Double) -> String { low == high ? numberText(low) : "\(numberText(low))..\(numberText(high))" }
        switch drawn {
        case .int:
            guard let (low, high) = hole.ends else { return nil }
            return Site(kind: .int, name: Symbol("int(\(range(low, high)))"))
        case .real, .logReal:
            guard let (low, high) = hole.ends else { return nil }
            let numbers = RealRange(lowest: low, highest: high, isLogarithmic: drawn == .logReal)
            return Site(kind: .real(numbers), name: Symbol("\(drawn.rawValue)(\(range(low, high)))"), alternatives: ["a number in \(range(low, high))"], weights: [1])
        case .pick: return Site(kind: .pick, name: Symbol(hole.term.text))
        case .subset: return Site(kind: .subset, name: Symbol(hole.term.text), alternatives: ["without", "with"], weights: [1, 1])
        case .repeated:
            guard let (least, most) = hole.ends, least < most else { return nil }
            return Site(kind: .length, name: Symbol("\(hole.children[0].term){\(range(least, most))}"))
        case .chain: return nil
        }
    }
}
