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
        for entry in model.entries where entry.slots.isEmpty { offer(Int(entry.cell), Int(entry.fixed), 1) }
        var cost = 0
        while cost < queue.count {
            while let (fact, profile) = queue[cost].popLast() {
                if costs[fact][Int32(profile)] != nil { continue }
                costs[fact][Int32(profile)] = cost
                if fact < model.cells.count {
                    for slot in usersOfCell[fact] {
                        if slot + 1 == model.slotEnds[slot] {
                            offer(model.cells.count + slot, profile, cost)
                        } else {
                            for (rest, more) in costs[model.cells.count + slot + 1] {
                                offer(model.cells.count + slot, model.algebra.add(profile, Int(rest)), cost + more)
                            }
                        }
                    }
                } else {
                    let slot = fact - model.cells.count
                    let entry = model.entries[entryOfSlot[slot]]
                    if slot == entry.slots.lowerBound {
                        offer(Int(entry.cell), model.algebra.add(Int(entry.fixed), profile), cost + 1)
                    } else {
                        for (part, more) in costs[Int(model.slotCells[slot - 1])] {
                            offer(fact - 1, model.algebra.add(Int(part), profile), cost + more)
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
                        isFound = Int(entry.fixed) == profile && cost == 1
                    } else {
                        model.algebra.forEachComplement(of: Int(entry.fixed), in: profile) { rest in
                            let first = model.cells.count + entry.slots.lowerBound
                            guard !isFound, costs[first][Int32(rest)] == cost - 1 else { return }
                            isFound = true
                            pending.append((first, rest))
                        }
                    }
                    if isFound { choices.append(model.productions[Int(entry.production)].alternative) }
                }
            } else {
                let slot = fact - model.cells.count, part = Int(model.slotCells[slot])
                if slot + 1 == model.slotEnds[slot] {
                    pending.append((part, profile))
                    continue
                }
                var isFound = false
                for own in model.reach[part] where !isFound {
                    guard let ownCost = costs[part][own] else { continue }
                    model.algebra.forEachComplement(of: Int(own), in: profile) { rest in
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
