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
    }

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
    /// The end of the slots of each slot's entry.
    private(set) var slotEnds: [Int] = []
    /// The profiles of each cell's pieces of program.
    private(set) var reach: [[Int32]] = []
    /// For each draw of each entry, the profiles of this and the entry's later draws together.
    private(set) var reachFrom: [[Int32]] = []

    var start: Int { 0 }

    /// The rule of a production, or the rule in whose alternative its draw is written.
    func rule(of production: Production) -> Int { nonterminals[production.nonterminal].rule }

    init(_ nonterminals: Nonterminals, _ constraints: [Constraint], _ isGivenUp: () -> Bool = { false }) {
        let grammar = nonterminals.grammar
        self.grammar = grammar
        let limits = Limits(constraints)
        self.limits = limits
        algebra = ProfileAlgebra(limits)
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
        let depthOfRule = grammar.rules.map { limits.depthOfRule[$0.name] ?? Int.max }
        buildCells(productionsOf, depthOfRule)
        if limits.isImpossible {
            reach = Array(repeating: [], count: cells.count)
            reachFrom = Array(repeating: [], count: slotCells.count)
        } else {
            (reach, reachFrom) = reachable(isGivenUp)
        }
    }

    private mutating func buildCells(_ productionsOf: [Range<Int>], _ depthOfRule: [Int]) {
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
        _ = cell(0, Context(levels: levels(Int32(clamping: limits.depth), less: 0, rule: 0)))
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
                for (slot, inner) in zip(production.slots, contexts) { slotCells.append(cell(slot.nonterminal, inner)) }
                slotEnds += Array(repeating: slotCells.count, count: production.slots.count)
                entries.append(Entry(cell: Int32(next), production: Int32(id), fixed: Int32(fixed), slots: firstSlot..<slotCells.count))
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
                values[slot] = dissolves ? 0 : production.size
            } else if dissolves {
                values[slot] *= Int(context.uses)
            }
        }
        return algebra.code(values)
    }
}
