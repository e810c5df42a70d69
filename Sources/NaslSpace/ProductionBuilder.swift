import NaslExpr

/// Measures a template and flattens it.
struct ProductionBuilder {
    let nonterminals: Nonterminals
    let limits: Limits
    private var production: Production
    /// What each bound name stands for: a slot that may print in its place, or just a name.
    private var bound: [Symbol: [Int?]] = [:]
    private var slotOfDraw: [Int: Int] = [:]
    /// The grammar that the production was written in.
    private let scope: Int

    static func build(_ nonterminal: Int, _ alternative: Int, _ template: Template, _ nonterminals: Nonterminals, _ limits: Limits) -> Production {
        var builder = ProductionBuilder(nonterminal, alternative, template, nonterminals, limits)
        builder.add(template, offset: 0, outer: 0)
        let patterns = limits.patterns.filter { builder.concerns($0.scope) }.map(\.pattern)
        builder.production.ties = Ties.pairs(in: template, patterns, nonterminals).map { (builder.slotOfDraw[$0.first] ?? 0, builder.slotOfDraw[$0.second] ?? 0) }
        for (slot, counter) in limits.counters.enumerated() where counter.head == nil && builder.concerns(counter.scope) {
            builder.production.counts[slot] = builder.production.size
        }
        return builder.production
    }

    private init(_ nonterminal: Int, _ alternative: Int, _ template: Template, _ nonterminals: Nonterminals, _ limits: Limits) {
        self.nonterminals = nonterminals
        self.limits = limits
        scope = nonterminals.grammar.rules[nonterminals.all[nonterminal].rule].scope
        production = Production(
            nonterminal: nonterminal, alternative: alternative, template: template, counts: Array(repeating: 0, count: limits.counters.count))
        production.numbers = nonterminals.all[nonterminal].numbers
        for hole in template.holes.sorted(by: { $0.draw < $1.draw }) {
            slotOfDraw[hole.draw] = production.slots.count
            let drawn = nonterminals.nonterminal(of: hole)
            let isRule = nonterminals.all[drawn].isRule
            production.slots.append(.init(
                nonterminal: drawn, rule: isRule ? nonterminals.all[drawn].rule : nil,
                scope: isRule && hole.node.value > 0 ? Int(exactly: hole.node.value) : nil))
        }
    }

    private mutating func add(_ template: Template, offset: Int, outer: UInt64) {
        let node = template.node
        switch template.kind {
        case .hole:
            let slot = place(template, offset, outer)
            emit(.draw, slot, node)
            return
        case .binding where template.dissolves:
            let slot = place(template.children[0], offset, outer)
            emit(.value, slot, node)
            bound[node.symbol, default: []].append(slot)
            add(template.children[1], offset: offset, outer: outer)
            bound[node.symbol]?.removeLast()
            emit(.bind, slot, node, arity: 2)
            return
        case .variable:
            if let meaning = bound[node.symbol]?.last {
                production.size += 1
                reach(offset + 1)
                if let slot = meaning {
                    production.slots[slot].uses += 1
                    production.slots[slot].outerOfUses |= outer
                    emit(.use, slot, node)
                } else {
                    emit(.node, 0, node)
                }
                return
            }
        case .binding:
            add(template.children[0], offset: offset, outer: outer)
            bound[node.symbol, default: []].append(nil)
            add(template.children[1], offset: offset, outer: outer)
            bound[node.symbol]?.removeLast()
        case .lambda:
            let parameters = template.children.dropLast()
            for parameter in parameters {
                emit(.node, 0, parameter.node)
                bound[parameter.symbol, default: []].append(nil)
            }
            add(template.children[parameters.count], offset: offset + 1, outer: outer)
            for parameter in parameters { bound[parameter.symbol]?.removeLast() }
        case .call:
            add(template.children[0], offset: offset, outer: outer)
            let below = outer | bits(outer: calledHead(template.children[0]))
            for argument in template.children.dropFirst() { add(argument, offset: offset + 1, outer: below) }
        case .labelled:
            add(template.children[0], offset: offset, outer: outer)
        case .list where template.isStretch:
            for child in template.children { add(child, offset: offset, outer: outer) }
            return
        case .list where template.isUnused:
            // The names that it will print are not known yet, so they count nothing.
            for child in template.children { emit(.node, 0, child.node) }
            reach(offset + 2)
        case .list where template.children.contains { $0.drawn == .subset }:
            emit(.open, 0, node)
            for child in template.children { add(child, offset: offset + 1, outer: outer) }
            production.size += 1
            reach(offset + 1)
            emit(.close, 0, node)
            return
        default:
            let below = outer | bits(outer: head(of: template))
            for child in template.children { add(child, offset: offset + 1, outer: below) }
        }
        if let head = head(of: template) {
            for (slot, counter) in limits.counters.enumerated() where counter.head == head && concerns(counter.scope) { production.counts[slot] += 1 }
            let inner = bits(inner: head)
            production.inner |= inner
            if inner & outer != 0 { production.isBroken = true }
        }
        production.size += template.kind.ownSize
        if template.kind != .binding && template.kind != .labelled { reach(offset + 1) }
        if production.numbers != nil { return emit(.number, 0, node) }
        var printed = node
        if template.isUnused { printed.opcode = UnusedSteps.mark }
        emit(.node, 0, printed, arity: template.children.count)
    }

    private mutating func emit(_ kind: Production.Step.Kind, _ slot: Int, _ node: Expr.Node, arity: Int = 0) {
        var node = node
        node.arity = Int32(arity)
        production.steps.append(.init(kind: kind, slot: Int32(slot), node: node))
    }

    private mutating func place(_ hole: Template, _ offset: Int, _ outer: UInt64) -> Int {
        let slot = slotOfDraw[hole.draw] ?? 0
        production.slots[slot].offset = offset
        production.slots[slot].outer = outer
        return slot
    }

    private mutating func reach(_ depth: Int) { production.depth = max(production.depth, depth) }

    /// A call's own name is its callee's node, so the call itself has no head.
    private func head(of template: Template) -> Head? {
        switch template.kind {
        case .number: .number(template.node.value)
        case .variable: named(template.symbol)
        case .primitive: .primitive(template.node.primitive)
        case .fitted: .constant
        case .parameter: .parameter
        default: nil
        }
    }

    /// The head that the arguments of a call stand below: `conv` in `conv(16)(x)`.
    private func calledHead(_ callee: Template) -> Head? {
        switch callee.kind {
        case .call: calledHead(callee.children[0])
        case .variable: bound[callee.symbol]?.isEmpty ?? true ? named(callee.symbol) : nil
        default: nil
        }
    }

    /// A primitive that stands for itself, as in `map(sin, xs)`, is that primitive.
    private func named(_ name: Symbol) -> Head {
        nonterminals.grammar.parameters.contains { $0.name == name } ? .name(name) : Head(named: name)
    }

    private func concerns(_ constraintScope: Int) -> Bool { limits.concerns(scope, constraintScope) }

    private func bits(outer head: Head?) -> UInt64 {
        guard let head else { return 0 }
        return bits { $0.outer == head }
    }

    private func bits(inner head: Head) -> UInt64 { bits { $0.inner == head } }

    private func bits(_ isMeant: ((inner: Head, outer: Head, scope: Int)) -> Bool) -> UInt64 {
        limits.forbidden.enumerated().reduce(0) { isMeant($1.element) && concerns($1.element.scope) ? $0 | 1 << UInt64($1.offset) : $0 }
    }
}
