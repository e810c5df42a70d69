import NaslExpr

/// What profiles become at the borders that constraints draw: where a rule has limits of its own, where the program of an included grammar
/// ends, where a pattern asks for the root of a draw. Equal maps are one.
struct MapTable {
    private let algebra: ProfileAlgebra
    private let limits: Limits
    private let patterns: PatternTable
    private(set) var all: [Model.Map] = []
    private var ids: [Model.Map: Int32] = [:]
    private var identity: Model.Map = []
    private var slotMaps: [SlotKey: Int32] = [:]

    private struct SlotKey: Hashable {
        let marks: [Int]
        let isFramed: Bool
        let rule: Symbol?
        let scope: Int?
    }

    init(_ algebra: ProfileAlgebra, _ limits: Limits, _ patterns: PatternTable) {
        self.algebra = algebra
        self.limits = limits
        self.patterns = patterns
        if !isTrivial { identity = (0..<algebra.span).map { algebra.isProfile($0) ? Int32($0) : -1 } }
    }

    private var isTrivial: Bool { patterns.rows.isEmpty && limits.ofRules.isEmpty && limits.depth.count == 1 }

    /// What a draw counts in the template that holds it.
    mutating func map(of slot: Production.Slot, _ number: Int, _ production: Int, _ rule: Symbol?) -> Int32 {
        if isTrivial { return -1 }
        // The class of a production that is nothing but its one draw is the draw's.
        let isFramed = !patterns.rows.isEmpty && patterns.isFramed[slot.nonterminal] && patterns.rows[production] != nil
        let marks = isFramed ? patterns.classes.indices.map { patterns.mark(production, number, ofClass: $0) } : []
        let rule = rule.flatMap { limits.ofRules[$0] == nil ? nil : $0 }
        if !isFramed, rule == nil, slot.scope == nil { return -1 }
        let key = SlotKey(marks: marks, isFramed: isFramed, rule: rule, scope: slot.scope)
        if let known = slotMaps[key] { return known }
        let map = identity.map { code -> Int32 in
            guard code >= 0 else { return -1 }
            var profile = Int(code)
            if let rule, !fulfils(profile, rule) { return -1 }
            if let scope = slot.scope {
                let counters = limits.counters.indices.filter { limits.counters[$0].scope == scope }
                for counter in counters where !(limits.counters[counter].lowest...limits.counters[counter].cap).contains(algebra.value(profile, counter)) { return -1 }
                profile = algebra.clearing(profile, counters)
            }
            if isFramed {
                let mark = algebra.mark(profile)
                profile = algebra.marking(profile, marks.indices.contains(mark) ? marks[mark] : 0)
            }
            return Int32(profile)
        }
        // What changes nothing needs no border; what may not be anywhere does.
        let id = map == identity ? -1 : self.id(map)
        slotMaps[key] = id
        return id
    }

    /// What the sum of a template and its draws becomes.
    mutating func result(of production: Int) -> Int32 {
        guard !patterns.rows.isEmpty, let row = patterns.rows[production], !row.isSilent else { return -1 }
        let map = identity.map { code -> Int32 in
            guard code >= 0 else { return -1 }
            let mark = algebra.mark(Int(code))
            guard row.results.indices.contains(mark), row.results[mark] >= 0 else { return -1 }
            return Int32(algebra.marking(Int(code), Int(row.results[mark])))
        }
        return id(map)
    }

    /// The profiles of whole programs.
    func accepted(ofRule rule: Symbol) -> [UInt64] {
        guard limits.ofRules[rule] != nil else { return algebra.accepted }
        var set = algebra.accepted
        for code in algebra.members(set) where !fulfils(Int(code), rule) { set[Int(code) / 64] &= ~(1 << UInt64(code % 64)) }
        return set
    }

    private func fulfils(_ profile: Int, _ rule: Symbol) -> Bool {
        (limits.ofRules[rule] ?? []).allSatisfy { $0.range.contains(algebra.value(profile, $0.counter)) }
    }

    private mutating func id(_ map: Model.Map) -> Int32 {
        if let known = ids[map] { return known }
        let id = Int32(all.count)
        all.append(map)
        ids[map] = id
        return id
    }
}
