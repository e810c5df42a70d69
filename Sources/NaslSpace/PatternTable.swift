import NaslExpr

/// Forbidden patterns, as marks that are handed up from the root of each drawn piece.
///
/// All that matters of a piece, seen from above, is which of the patterns' own parts (*queries*) its root fulfils: its *class*. A template
/// looks only at some queries of each of its draws; these, as bits, are the mark while the template's draws are summed up. When they are
/// complete the mark says whether a pattern stands in the template, and of which class its own root is. This is a bottom-up tree
/// automaton (Comon et al., "Tree Automata Techniques and Applications", chapter 1), built for the classes that occur.
struct PatternTable {
    /// What one production asks of its draws, and what it makes of the answers.
    struct Row {
        /// For each draw its queries, with their bits in the mark.
        var asked: [[(query: Int, bit: Int)]]
        /// By mark the class of the root; -1 where a pattern stands in it.
        var results: [Int32]
        /// Whether it says nothing but "class 0", whatever is drawn.
        var isSilent: Bool { results.allSatisfy { $0 == 0 } }
    }

    /// By production; empty without patterns. A production that is nothing but its one draw has no row: the class goes through.
    private(set) var rows: [Row?] = []
    private(set) var markBits = 0
    /// A template would have to tell apart more than 1,024 cases.
    private(set) var isTooLarge = false
    /// The queries each class fulfils.
    private(set) var classes: [UInt64] = [0]
    /// Nonterminals of whose class something may be asked, or that must be looked at when they are complete.
    private(set) var isFramed: [Bool]

    private var queries: [Expr] = []
    /// `source` is the pattern with equal arguments of which one is a case.
    private let patterns: [(pattern: Expr, scope: Int, source: Expr?)]
    private static let atom = 63

    init(_ productions: [Production], _ nonterminals: Nonterminals, _ limits: Limits) {
        isFramed = nonterminals.all.map { _ in false }
        patterns = limits.patterns.flatMap { pattern in PatternTable.separated(pattern.pattern, productions).map { ($0, pattern.scope, pattern.pattern.equalArguments == nil ? nil : pattern.pattern) } }
        if patterns.isEmpty { return }
        for (pattern, _, _) in patterns { for part in pattern.arguments { collect(part) } }
        for production in productions {
            guard !production.isUnit else {
                rows.append(nil)
                continue
            }
            guard let (asked, bits) = answers(production, nonterminals, limits) else {
                isTooLarge = true
                break
            }
            rows.append(Row(asked: asked, results: bits.map { $0.map { Int32(number(ofClass: $0)) } ?? -1 }))
        }
        if isTooLarge {
            rows = []
            return
        }
        markBits = max(rows.reduce(0) { max($0, $1?.asked.reduce(0) { $0 + $1.count } ?? 0) }, bits(classes.count - 1))
        var changed = true
        while changed {
            changed = false
            for (id, production) in productions.enumerated() where !isFramed[production.nonterminal] {
                if rows[id].map({ !$0.isSilent }) ?? isFramed[production.slots[0].nonterminal] {
                    isFramed[production.nonterminal] = true
                    changed = true
                }
            }
        }
    }

    /// The mark of a draw's class in the template that holds it.
    func mark(_ production: Int, _ slot: Int, ofClass id: Int) -> Int {
        guard let row = rows[production], classes.indices.contains(id) else { return id }
        return row.asked[slot].reduce(0) { classes[id] >> UInt64($1.query) & 1 != 0 ? $0 | 1 << $1.bit : $0 }
    }

    private func bits(_ number: Int) -> Int { number == 0 ? 0 : Int.bitWidth - number.leadingZeroBitCount }

    private mutating func collect(_ pattern: Expr) {
        if PatternTable.isAnything(pattern) || queries.contains(pattern) { return }
        queries.append(pattern)
        for part in pattern.arguments { collect(part) }
    }

    static func isAnything(_ pattern: Expr) -> Bool { pattern.nodes[pattern.root].kind == .hole }

    /// A pattern in which two arguments must be equal is forbidden, as a pattern, only with the fixed terms that templates hold there; two
    /// draws are kept apart while they are drawn.
    static func separated(_ pattern: Expr, _ productions: [Production]) -> [Expr] {
        guard let (first, second) = pattern.equalArguments else { return [pattern] }
        var fixed: [Expr] = []
        func collect(_ template: Template) {
            if template.isRoot(of: pattern), !template.children[first].draws || !template.children[second].draws {
                let isFixed = !template.children[first].draws && !template.children[second].draws
                let term = (template.children[first].draws ? template.children[second] : template.children[first]).term
                if !fixed.contains(term), !isFixed || template.children[first].term == template.children[second].term { fixed.append(term) }
            }
            template.children.forEach(collect)
        }
        for production in productions { collect(production.template) }
        return fixed.map { term in
            var arguments = pattern.arguments
            arguments[first] = term
            arguments[second] = term
            return Expr(pattern.nodes[pattern.root], arguments)
        }
    }

    private mutating func number(ofClass bits: UInt64) -> Int {
        if let known = classes.firstIndex(of: bits) { return known }
        classes.append(bits)
        return classes.count - 1
    }

    /// What a production asks of each draw, and for every mark the queries that its root fulfils; nil where a pattern stands in it.
    private func answers(_ production: Production, _ nonterminals: Nonterminals, _ limits: Limits) -> (asked: [[(query: Int, bit: Int)]], results: [UInt64?])? {
        // A number on a continuous scale is none that a pattern names.
        if production.numbers != nil { return ([], [1 << UInt64(PatternTable.atom)]) }
        var asked: [[(query: Int, bit: Int)]] = production.slots.map { _ in [] }
        let scope = nonterminals.grammar.rules[nonterminals.all[production.nonterminal].rule].scope
        let here = patterns.filter { limits.concerns(scope, $0.scope) }
        // Two draws are kept apart as they are drawn, see Ties.
        func isTied(_ template: Template, _ source: Expr?) -> Bool { source.map { template.tied(by: $0, nonterminals) != nil } ?? false }
        let slots = Dictionary(uniqueKeysWithValues: production.template.holes.map(\.draw).sorted().enumerated().map { ($1, $0) })
        var bit = 0
        func ask(_ hole: Template, _ query: Int) {
            guard let slot = slots[hole.draw], !asked[slot].contains(where: { $0.query == query }) else { return }
            asked[slot].append((query, bit))
            bit += 1
        }
        // A name that stands for a draw is asked like the draw, as it may be printed in its place.
        func visit(_ template: Template, _ shared: [Symbol: Template]) {
            var shared = shared
            if template.kind == .binding {
                shared[template.symbol] = template.dissolves ? template.children[0] : nil
                if template.dissolves { ask(template.children[0], PatternTable.atom) }
            }
            for pattern in here.filter({ !isTied(template, $0.source) }).map(\.pattern) + queries where template.isRoot(of: pattern) {
                for (child, part) in zip(template.children, pattern.arguments) where !PatternTable.isAnything(part) {
                    guard let query = queries.firstIndex(of: part) else { continue }
                    if child.kind == .hole { ask(child, query) }
                    if child.kind == .variable, let hole = shared[child.symbol] { ask(hole, query) }
                }
            }
            if template.kind != .hole { for child in template.children { visit(child, shared) } }
        }
        visit(production.template, [:])
        if bit > 10 || queries.count > PatternTable.mostQueries { return nil }
        let results = (0..<(1 << bit)).map { mark -> UInt64? in
            var isBroken = false
            func answers(_ hole: Template) -> UInt64 {
                guard let slot = slots[hole.draw] else { return 0 }
                return asked[slot].reduce(0) { mark >> $1.bit & 1 != 0 ? $0 | 1 << UInt64($1.query) : $0 }
            }
            func fulfilled(_ template: Template, _ shared: [Symbol: UInt64]) -> UInt64 {
                var shared = shared
                if template.kind == .hole { return answers(template) }
                if template.kind == .variable, let answers = shared[template.symbol] { return answers }
                if template.kind == .binding {
                    let value = fulfilled(template.children[0], shared)
                    let isAtom = template.dissolves && value >> UInt64(PatternTable.atom) & 1 != 0
                    shared[template.symbol] = isAtom ? value : 0
                    let body = fulfilled(template.children[1], shared)
                    return isAtom ? body : 0
                }
                if template.kind == .lambda { for name in template.bound?.names ?? [] { shared[name] = 0 } }
                let parts = template.children.map { fulfilled($0, shared) }
                func fits(_ pattern: Expr) -> Bool {
                    template.isRoot(of: pattern) && zip(parts, pattern.arguments).allSatisfy { answers, part in
                        PatternTable.isAnything(part) || queries.firstIndex(of: part).map { answers >> UInt64($0) & 1 != 0 } ?? false
                    }
                }
                if here.contains(where: { !isTied(template, $0.source) && fits($0.pattern) }) { isBroken = true }
                var result: UInt64 = template.isAtom ? 1 << UInt64(PatternTable.atom) : 0
                for (id, query) in queries.enumerated() where fits(query) { result |= 1 << UInt64(id) }
                return result
            }
            let result = fulfilled(production.template, [:])
            return isBroken ? nil : result
        }
        return (asked, results)
    }

    /// More than so many parts of patterns cannot be held.
    private static let mostQueries = 30
}

extension Expr {
    /// The two arguments of the root that must be equal: `?a - ?a`.
    var equalArguments: (Int, Int)? {
        let parts = arguments
        for second in parts.indices where parts[second].nodes[parts[second].root].kind == .hole && parts[second].nodes[parts[second].root].symbol != "_" {
            if let first = parts[..<second].firstIndex(of: parts[second]) { return (first, second) }
        }
        return nil
    }
}

extension Template {
    /// Whether this node is that of the pattern's root, whatever stands below.
    func isRoot(of pattern: Expr) -> Bool {
        let other = pattern.nodes[pattern.root]
        guard kind == other.kind, children.count == Int(other.arity), node.opcode == other.opcode, symbol == other.symbol else { return false }
        return kind != .number && kind != .parameter || node.value == other.value
    }
}
