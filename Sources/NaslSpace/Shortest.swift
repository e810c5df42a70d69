/// The least number of choices that draw a cell with a given profile, or the draws of an entry from one on.
///
/// Knuth's generalisation of Dijkstra's algorithm to sums over grammars ("A generalization of Dijkstra's algorithm", Information
/// Processing Letters 1977): facts are settled in the order of their cost, and a template is as costly as its draws together and one.
struct Shortest: Sendable {
    /// By fact (the cells, then the slots) the cost of each profile.
    private var costs: [[Int32: Int]]
    private let model: Model

    init(_ model: Model) {
        self.model = model
        costs = Array(repeating: [:], count: model.cells.count + model.slotCells.count)
        var entryOfSlot = [Int](repeating: 0, count: model.slotCells.count)
        var usersOfCell = [[Int]](repeating: [], count: model.cells.count)
        for (id, entry) in model.entries.enumerated() {
            for slot in entry.slots {
                entryOfSlot[slot] = id
                usersOfCell[Int(model.slotCells[slot])].append(slot)
            }
        }
        // Costs are small whole numbers, so the queue is one list for each.
        var queue: [[(fact: Int, profile: Int)]] = []
        func offer(_ fact: Int, _ profile: Int, _ cost: Int) {
            if profile < 0 { return }
            while queue.count <= cost { queue.append([]) }
            queue[cost].append((fact, profile))
        }
        for entry in model.entries where entry.slots.isEmpty { offer(Int(entry.cell), model.result(Int(entry.fixed), entry), 1) }
        var cost = 0
        while cost < queue.count {
            while let (fact, profile) = queue[cost].popLast() {
                if costs[fact][Int32(profile)] != nil { continue }
                costs[fact][Int32(profile)] = cost
                if fact < model.cells.count {
                    for slot in usersOfCell[fact] {
                        let counted = model.counts(profile, slot)
                        if counted < 0 { continue }
                        if slot + 1 == model.slotEnds[slot] {
                            offer(model.cells.count + slot, counted, cost)
                        } else {
                            for (rest, more) in costs[model.cells.count + slot + 1] {
                                offer(model.cells.count + slot, model.algebra.add(counted, Int(rest)), cost + more)
                            }
                        }
                    }
                } else {
                    let slot = fact - model.cells.count
                    let entry = model.entries[entryOfSlot[slot]]
                    if slot == entry.slots.lowerBound {
                        offer(Int(entry.cell), model.result(model.algebra.add(Int(entry.fixed), profile), entry), cost + 1)
                    } else {
                        for (part, more) in costs[Int(model.slotCells[slot - 1])] {
                            let counted = model.counts(Int(part), slot - 1)
                            if counted >= 0 { offer(fact - 1, model.algebra.add(counted, profile), cost + more) }
                        }
                    }
                }
            }
            cost += 1
        }
    }

    /// The profile of the cell that costs least among those that are `possible`; the smaller code among equals.
    func cheapest(_ cell: Int, _ possible: (Int) -> Bool) -> Int? {
        var best: (cost: Int, profile: Int)?
        for profile in model.reach[cell] where possible(Int(profile)) {
            guard let cost = costs[cell][profile] else { continue }
            if cost < best?.cost ?? Int.max { best = (cost, Int(profile)) }
        }
        return best?.profile
    }

    /// The alternatives, in drawing order, that draw a cell with this profile at the least cost; the first among equals.
    func choices(_ cell: Int, _ profile: Int) -> [Int] {
        var choices: [Int] = []
        var pending = [(fact: cell, profile: profile)]
        while let (fact, profile) = pending.popLast() {
            guard let cost = costs[fact][Int32(profile)] else { return choices }
            if fact < model.cells.count {
                var isFound = false
                for entry in model.entries[model.cells[fact].entries] where !isFound {
                    if entry.slots.isEmpty {
                        isFound = model.result(Int(entry.fixed), entry) == profile && cost == 1
                    } else {
                        let first = model.cells.count + entry.slots.lowerBound
                        let rests = model.reachFrom[entry.slots.lowerBound]
                        if let rest = rests.first(where: {
                            costs[first][$0] == cost - 1 && model.result(model.algebra.add(Int(entry.fixed), Int($0)), entry) == profile
                        }) {
                            isFound = true
                            pending.append((first, Int(rest)))
                        }
                    }
                    if isFound { choices.append(model.productions[Int(entry.production)].alternative) }
                }
            } else {
                let slot = fact - model.cells.count, part = Int(model.slotCells[slot])
                var isFound = false
                for own in model.reach[part] where !isFound {
                    let counted = model.counts(Int(own), slot)
                    guard counted >= 0, let ownCost = costs[part][own] else { continue }
                    if slot + 1 == model.slotEnds[slot] {
                        guard counted == profile, ownCost == cost else { continue }
                        isFound = true
                        pending.append((part, Int(own)))
                        continue
                    }
                    model.algebra.forEachComplement(of: counted, in: profile) { rest in
                        guard !isFound, costs[fact + 1][Int32(rest)] == cost - ownCost else { return }
                        isFound = true
                        pending.append((fact + 1, rest))
                        pending.append((part, Int(own)))
                    }
                }
            }
        }
        return choices
    }
}
