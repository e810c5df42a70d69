import BigInt

/// Exact numbers of derivations, for pieces of programs by their profile.
///
/// An *item* is a cell with a profile, or "these draws of an entry together" with a profile. Items are sums and products of other
/// items; they are computed once, in an order in which every item comes after what it is made of. If an item that some program
/// needs is made of itself, the space is infinite; `order` finds that out exactly, so a limit on a count can make a grammar without
/// any depth or size limit finite.
struct Counting: Sendable {
    /// The numbers of derivations of the items that some program needs; empty if the space is infinite or huge.
    let values: [Int: BigInt]
    let total: Count
    private let model: Model

    init(_ model: Model, _ isGivenUp: () -> Bool) {
        self.model = model
        let facts = model.reachFrom.map(Set.init)
        guard let order = Counting.order(model, facts, isGivenUp) else {
            values = [:]
            total = .infinite
            return
        }
        var values: [Int: BigInt] = [:]
        for item in order where !isGivenUp() {
            var value = BigInt(0)
            if model.hasTies {
                Counting.forEachTiedTerm(of: item, model) { parts in
                    value += parts.reduce(BigInt(1)) { $0 * ((values[$1.item] ?? 0) - BigInt($1.less)) }
                }
            }
            Counting.forEachTerm(of: item, model, facts) { first, second in
                let factor = first.map { values[$0] ?? 0 } ?? 1
                value += second.map { factor * (values[$0] ?? 0) } ?? factor
            }
            if value.bitWidth > Counting.bitLimit {
                self.values = [:]
                total = .huge
                return
            }
            values[item] = value
        }
        total = .finite(Counting.roots(model).reduce(0) { $0 + (values[$1] ?? 0) })
        self.values = values
    }

    /// How many derivations with this profile a cell has in programs of the space.
    func count(ofCell cell: Int, profile: Int) -> BigInt { values[Counting.item(cell, profile, model)] ?? 0 }

    /// A deep grammar squares its size with each level: beyond so many bits (300,000 digits) nobody waits for the exact number.
    private static let bitLimit = 1_000_000

    /// Whether the space holds finitely many derivations.
    static func isFinite(_ model: Model, _ isGivenUp: () -> Bool) -> Bool {
        model.limits.boundsSize || order(model, model.reachFrom.map(Set.init), isGivenUp) != nil
    }

    /// The items of whole programs.
    private static func roots(_ model: Model) -> [Int] {
        model.reach[model.start].filter { ProfileAlgebra.contains(model.accepted, Int($0)) }.map { item(model.start, Int($0), model) }
    }

    static func item(_ fact: Int, _ profile: Int, _ model: Model) -> Int { fact * model.algebra.span + profile }

    /// Calls `body` with the one or two items of every product of which `item` is the sum; with none for a template without draws.
    private static func forEachTerm(of item: Int, _ model: Model, _ facts: [Set<Int32>], _ body: (Int?, Int?) -> Void) {
        let algebra = model.algebra
        let (fact, profile) = item.quotientAndRemainder(dividingBy: algebra.span)
        if fact < model.cells.count {
            for entry in model.entries[model.cells[fact].entries] where !model.isTied(entry) {
                if entry.slots.isEmpty {
                    if model.result(Int(entry.fixed), entry) == profile { body(nil, nil) }
                    continue
                }
                let first = entry.slots.lowerBound
                if entry.result >= 0 {
                    for rest in model.reachFrom[first] where model.result(algebra.add(Int(entry.fixed), Int(rest)), entry) == profile {
                        body(itemFrom(first, Int(rest), entry.slots.upperBound, model), nil)
                    }
                    continue
                }
                algebra.forEachComplement(of: Int(entry.fixed), in: profile) { rest in
                    guard facts[first].contains(Int32(rest)) else { return }
                    body(itemFrom(first, rest, entry.slots.upperBound, model), nil)
                }
            }
        } else {
            let slot = fact - model.cells.count
            let end = model.slotEnds[slot]
            let cell = Int(model.slotCells[slot])
            for part in model.reach[cell] {
                let counted = model.counts(Int(part), slot)
                if counted < 0 { continue }
                if slot + 1 == end {
                    if counted == profile { body(Counting.item(cell, Int(part), model), nil) }
                    continue
                }
                algebra.forEachComplement(of: counted, in: profile) { rest in
                    guard facts[slot + 1].contains(Int32(rest)) else { return }
                    body(Counting.item(cell, Int(part), model), itemFrom(slot + 1, rest, end, model))
                }
            }
        }
    }

    /// The item of the draws from `slot` on: where it is the last and has no map, that of its cell.
    private static func itemFrom(_ slot: Int, _ profile: Int, _ end: Int, _ model: Model) -> Int {
        slot + 1 == end && model.slotMaps[slot] < 0 ? item(Int(model.slotCells[slot]), profile, model) : item(model.cells.count + slot, profile, model)
    }

    /// All items that some program needs, each after what it is made of; nil where one is made of itself.
    private static func order(_ model: Model, _ facts: [Set<Int32>], _ isGivenUp: () -> Bool) -> [Int]? {
        var order: [Int] = []
        var isDone: [Int: Bool] = [:]  // false while it waits for its parts
        var work = roots(model)
        while let item = work.last {
            if isGivenUp() { return nil }
            if let done = isDone[item] {
                work.removeLast()
                if !done {
                    isDone[item] = true
                    order.append(item)
                }
                continue
            }
            isDone[item] = false
            var isCyclic = false
            func visit(_ part: Int) {
                switch isDone[part] {
                case nil: work.append(part)
                case false?: isCyclic = true
                case true?: break
                }
            }
            forEachTerm(of: item, model, facts) { first, second in
                if let first { visit(first) }
                if let second { visit(second) }
            }
            if model.hasTies { forEachTiedTerm(of: item, model) { parts in parts.forEach { visit($0.item) } } }
            if isCyclic { return nil }
        }
        return order
    }
}

extension Space {
    /// The exact number of derivations; computed once. What is returned after it was given up means nothing.
    public func count() -> Count {
        counting.withLock { counting in
            if let counting { return counting.total }
            let made = Counting(model, isGivenUp)
            if !isGivenUp() { counting = made }
            return made.total
        }
    }
}
