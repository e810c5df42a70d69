import NaslExpr

/// Where a drawn program may leave the domain of a function: `log(E)` where `E` may be negative.
///
/// What each rule can give is a least fixed point of intervals, made finite by widening (Cousot & Cousot, POPL 1977). It says what cannot
/// happen; what it allows may still never be drawn.
struct DomainAnalysis {
    private let model: Model
    /// By production, the nonterminal of each draw.
    private let drawn: [[Int: Int]]
    private var values: [Interval]

    /// What may go wrong in an application of a primitive.
    struct Risk {
        let production: Int
        let term: Template
        /// The argument that may lie outside of the domain.
        let argument: Template
        let value: Interval
        let domain: Primitive.Domain
    }

    private static let mostNonterminals = 5_000
    private static let roundsBeforeWidening = 4

    /// nil where nothing can go wrong, or the grammar is too large for it to be worth the time.
    init?(_ model: Model) {
        guard model.nonterminals.count <= DomainAnalysis.mostNonterminals, model.productions.contains(where: { $0.template.hasDomain }) else { return nil }
        self.model = model
        drawn = model.productions.map { production in
            let draws = production.template.holes.map(\.draw).sorted()
            return Dictionary(zip(draws, production.slots.map(\.nonterminal)), uniquingKeysWith: { first, _ in first })
        }
        values = model.nonterminals.map { _ in .nothing }
        var round = 0
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for (number, production) in model.productions.enumerated() {
                let old = values[production.nonterminal]
                var new = old.union(value(of: number))
                if new == old { continue }
                if round >= DomainAnalysis.roundsBeforeWidening { new = new.widened(from: old) }
                values[production.nonterminal] = new
                hasChanged = true
            }
            round += 1
        }
    }

    private func value(of production: Int) -> Interval {
        if let numbers = model.productions[production].numbers { return Interval(numbers.lowest, numbers.highest) }
        var risks: [Risk] = []
        return value(model.productions[production].template, production, [:], &risks)
    }

    /// The first risk of each production.
    var risks: [Risk] {
        model.productions.indices.compactMap { production in
            var risks: [Risk] = []
            if model.productions[production].template.hasDomain { _ = value(model.productions[production].template, production, [:], &risks) }
            return risks.first
        }
    }

    private func value(_ template: Template, _ production: Int, _ scope: [Symbol: Interval], _ risks: inout [Risk]) -> Interval {
        switch template.kind {
        case .number: return .number(template.node.value)
        case .variable: return scope[template.symbol] ?? (template.symbol == "pi" ? .number(.pi) : .everything)
        case .hole: return drawn[production][template.draw].map { values[$0] } ?? .everything
        case .binding:
            let bound = value(template.children[0], production, scope, &risks)
            return value(template.children[1], production, scope.merging([template.symbol: bound]) { $1 }, &risks)
        case .primitive:
            let primitive = template.node.primitive
            let arguments = template.children.map { value($0, production, scope, &risks) }
            if let place = primitive.row.domain.leftBy(arguments), template.children[place].draws {
                risks.append(Risk(production: production, term: template, argument: template.children[place], value: arguments[place], domain: primitive.row.domain))
            }
            if primitive == .mul, template.children[0].kind == .variable, template.children[0] == template.children[1] {
                return Interval.image(of: .square, [arguments[0]])
            }
            return Interval.image(of: primitive, arguments)
        default:
            for child in template.children { _ = value(child, production, scope, &risks) }
            return .everything
        }
    }
}

extension Template {
    fileprivate var hasDomain: Bool { (kind == .primitive && node.primitive.row.domain != .everywhere) || children.contains(where: \.hasDomain) }
}

extension Primitive.Domain {
    /// The argument that may lie outside; nil where all is well or nothing is known to come in.
    fileprivate func leftBy(_ arguments: [Interval]) -> Int? {
        if arguments.contains(where: \.isNothing) { return nil }
        switch self {
        case .everywhere, .cosineNonzero: return nil
        case .firstPositive: return arguments[0].low < 0 || arguments[0].hasZero ? 0 : nil
        case .firstNonnegative: return arguments[0].low < 0 ? 0 : nil
        case .secondNonzero: return arguments[1].hasZero ? 1 : nil
        case .power:
            let isWhole = arguments[1].isNumber && arguments[1].low == arguments[1].low.rounded()
            return arguments[0].low < 0 && !isWhole ? 0 : nil
        }
    }
}
