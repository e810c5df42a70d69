import NaslExpr

/// The compiled grammar: productions in their contexts, and what each can reach. Immutable.
///
/// A *cell* is a nonterminal in a context. The context is what a draw inherits from above (how deep it may be, which outer heads it
/// stands below), so that within a cell every production either fits or does not, whatever is drawn elsewhere. What a whole program
/// sums up (its profile) is the other half: `reach[cell]` are the profiles of what the cell can draw. Everything else (masks, counts,
/// ranks) follows from these two.
struct Model: Sendable {
    /// What a draw inherits.
    struct Context: Hashable, Sendable {
        /// Levels of depth left; `Int32.max` without a limit.
        var levels: Int32
        /// For each `forbid`, whether its outer head stands above.
        var outer: UInt64 = 0
        /// Below a `let` that vanishes around a single name or number: how often that is printed then; else 0.
        var uses: Int32 = 0
        /// What `outer` is for a single name or number there.
        var outerOfUses: UInt64 = 0
    }

    struct Cell: Sendable {
        let nonterminal: Int32
        let context: Context
        /// Its productions, in the order of their alternatives.
        var entries: Range<Int> = 0..<0
    }

    /// A production in a context where it fits.
    struct Entry: Sendable {
        let cell: Int32
        let production: Int32
        /// The profile of its template.
        let fixed: Int32
        /// Its draws, as indices into `slotCells`.
        let slots: Range<Int>
        /// What the sum of the template and its draws becomes once they are complete, as an index into `maps`; -1 where it stays as it is.
        let result: Int32
    }

    /// A function of profiles; -1 where there is no result.
    typealias Map = [Int32]

    let grammar: Grammar
    let limits: Limits
    let algebra: ProfileAlgebra
    let nonterminals: [Nonterminal]
    let sites: [Site]
    let outerNames: [Set<Symbol>]
    let productions: [Production]
    private(set) var cells: [Cell] = []
    private(set) var entries: [Entry] = []
    private(set) var slotCells: [Int32] = []
    /// What a draw's profile counts in the template that holds it, as an index into `maps`; -1 where it counts as it is. Such a draw is
    /// summed up for itself first.
    private(set) var slotMaps: [Int32] = []
    private(set) var maps: [Map] = []
    /// Whether a later draw of the template must differ from a draw, and whether a draw must differ from an earlier one.
    private(set) var isNoted: [Bool] = []
    private(set) var mustDiffer: [Bool] = []
    /// Whether some draws must differ from others.
    private(set) var hasTies = false
    /// The profiles with which a cell has more than one piece; known only where some draws must differ.
    private(set) var isMany: [Set<Int32>] = []
    /// The same for whole programs.
    private(set) var accepted: [UInt64] = []
    /// The forbidden patterns ask for more than the tables hold; then nothing can be drawn.
    private(set) var patternsAreTooMany = false
    /// The end of the slots of each slot's entry.
    private(set) var slotEnds: [Int] = []
    /// The profiles of each cell's pieces of program.
    private(set) var reach: [[Int32]] = []
    /// For each draw of each entry, what it may count in its template.
    private(set) var counted: [[Int32]] = []
    /// For each draw of each entry, the profiles of this and the entry's later draws together.
    private(set) var reachFrom: [[Int32]] = []

    var start: Int { 0 }

    /// The rule of a production, or the rule in whose alternative its draw is written.
    func rule(of production: Production) -> Int { nonterminals[production.nonterminal].rule }

    /// - Parameter sizes: programs above this size are left out, and all others told apart by their size.
    init(_ nonterminals: Nonterminals, _ constraints: [Constraint], sizes: Int? = nil, _ isGivenUp: () -> Bool = { false }) {
        let grammar = nonterminals.grammar
        self.grammar = grammar
        let limits = Limits(constraints, grammar.scopes, sizes: sizes)
        self.limits = limits
        self.nonterminals = nonterminals.all
        sites = nonterminals.sites
        outerNames = nonterminals.all.map(\.outerNames)
        var productions: [Production] = []
        var productionsOf: [Range<Int>] = []
        for (id, nonterminal) in nonterminals.all.enumerated() {
            let first = productions.count
            for (alternative, template) in nonterminal.templates.enumerated() {
                guard let template else { continue }
                productions.append(ProductionBuilder.build(id, alternative, template, nonterminals, limits))
            }
            productionsOf.append(first..<productions.count)
        }
        self.productions = productions
        let patterns = PatternTable(productions, nonterminals, limits)
        patternsAreTooMany = patterns.isTooLarge
        let algebra = ProfileAlgebra(limits, markBits: patterns.markBits)
        self.algebra = algebra
        var maps = MapTable(algebra, limits, patterns)
        accepted = maps.accepted(ofRule: grammar.rules[0].name)
        let depthOfRule = grammar.rules.map { limits.depthOfRule[$0.name] ?? Int.max }
        buildCells(productionsOf, depthOfRule, &maps)
        self.maps = maps.all
        hasTies = isNoted.contains(true)
        if limits.isImpossible || patternsAreTooMany {
            reach = Array(repeating: [], count: cells.count)
            counted = Array(repeating: [], count: slotCells.count)
            reachFrom = counted
        } else {
            if hasTies { (reach, isMany, reachFrom) = reachableWithTies(isGivenUp) } else { (reach, reachFrom) = reachable(isGivenUp) }
            counted = slotCells.indices.map { slot in
                let profiles = reach[Int(slotCells[slot])]
                return slotMaps[slot] < 0 ? profiles : Set(profiles.map { counts(Int($0), slot) }).filter { $0 >= 0 }.map(Int32.init).sorted()
            }
        }
    }

    /// The same model with fewer acceptable programs.
    func accepting(_ accepted: [UInt64]) -> Model {
        var model = self
        model.accepted = accepted
        return model
    }

    /// What a draw with this profile counts in the template that holds it; -1 where it may not stand there.
    func counts(_ profile: Int, _ slot: Int) -> Int {
        let map = slotMaps[slot]
        return map < 0 ? profile : Int(maps[Int(map)][profile])
    }

    /// The profile of an entry whose template and draws sum up to `sum`; -1 where that may not be.
    func result(_ sum: Int, _ entry: Entry) -> Int {
        sum < 0 || entry.result < 0 ? sum : Int(maps[Int(entry.result)][sum])
    }

    /// Those of `sums` that a map leads into a set, once added to what stands before.
    func sums(of sums: [Int32], leading map: Int32, into set: [UInt64], after sum: Int = 0) -> [UInt64] {
        var result = algebra.emptySet
        for code in sums {
            let value = map < 0 ? Int(code) : Int(maps[Int(map)][Int(code)])
            if value < 0 { continue }
            let total = algebra.add(sum, value)
            if total >= 0, ProfileAlgebra.contains(set, total) { result[Int(code) / 64] |= 1 << UInt64(code % 64) }
        }
        return result
    }

    private mutating func buildCells(_ productionsOf: [Range<Int>], _ depthOfRule: [Int], _ maps: inout MapTable) {
        struct Key: Hashable {
            let nonterminal: Int32
            let context: Context
        }
        var ids: [Key: Int32] = [:]
        var found: [Key] = []
        func cell(_ nonterminal: Int, _ context: Context) -> Int32 {
            let key = Key(nonterminal: Int32(nonterminal), context: context)
            if let id = ids[key] { return id }
            ids[key] = Int32(found.count)
            found.append(key)
            return Int32(found.count - 1)
        }
        func levels(_ levels: Int32, less: Int, rule: Int?) -> Int32 {
            let left = levels == .max ? Int32.max : levels - Int32(clamping: less)
            return min(left, Int32(clamping: rule.map { depthOfRule[$0] } ?? Int.max))
        }
        _ = cell(0, Context(levels: levels(Int32(clamping: limits.depth[0]), less: 0, rule: 0)))
        var next = 0
        while next < found.count {
            let key = found[next]
            let context = key.context
            let firstEntry = entries.count
            for id in productionsOf[Int(key.nonterminal)] {
                let production = productions[id]
                guard let fixed = fixedProfile(of: production, in: context) else { continue }
                let contexts = production.slots.map { slot in
                    var inner = Context(levels: levels(context.levels, less: slot.offset, rule: slot.rule))
                    if let scope = slot.scope { inner.levels = min(inner.levels, Int32(clamping: limits.depth[scope])) }
                    inner.outer = context.outer | slot.outer
                    if slot.uses > 0 {
                        inner.uses = Int32(clamping: slot.uses)
                        inner.outerOfUses = context.outer | slot.outerOfUses
                    } else if production.isUnit {
                        inner.uses = context.uses
                        inner.outerOfUses = context.outerOfUses
                    }
                    return inner
                }
                guard contexts.allSatisfy({ $0.levels > 0 }) else { continue }
                let firstSlot = slotCells.count
                for (number, (slot, inner)) in zip(production.slots, contexts).enumerated() {
                    slotCells.append(cell(slot.nonterminal, inner))
                    slotMaps.append(maps.map(of: slot, number, Int(id), slot.rule.map { grammar.rules[$0].name }))
                    isNoted.append(production.ties.contains { $0.first == number })
                    mustDiffer.append(production.ties.contains { $0.second == number })
                }
                slotEnds += Array(repeating: slotCells.count, count: production.slots.count)
                entries.append(Entry(cell: Int32(next), production: Int32(id), fixed: Int32(fixed), slots: firstSlot..<slotCells.count, result: maps.result(of: Int(id))))
            }
            cells.append(Cell(nonterminal: key.nonterminal, context: context, entries: firstEntry..<entries.count))
            next += 1
        }
    }

    /// The profile of the template itself, or nil where the production does not fit.
    private func fixedProfile(of production: Production, in context: Context) -> Int? {
        if production.isBroken || production.depth > Int(context.levels) { return nil }
        let dissolves = production.isAtom && context.uses > 0
        let outer = dissolves ? context.outer | context.outerOfUses : context.outer
        if production.inner & outer != 0 { return nil }
        var values = production.counts
        for (slot, counter) in limits.counters.enumerated() {
            if counter.head == nil {
                // The places where it is printed are counted by the template that holds them.
                if dissolves { values[slot] = 0 }
            } else if dissolves {
                values[slot] *= Int(context.uses)
            }
        }
        return algebra.code(values)
    }
}
