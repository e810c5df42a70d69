import NaslExpr

extension Model {
    /// What every cell can draw, by profile: the least fixed point of "a template plus one profile of each draw".
    ///
    /// Agenda-driven, each pair (profile of a draw, profile of the later draws) being met once: deduction in the manner of chart
    /// parsing (Shieber, Schabes, Pereira: "Principles and implementation of deductive parsing", J. Logic Programming 1995).
    func reachable(_ isGivenUp: () -> Bool) -> (reach: [[Int32]], reachFrom: [[Int32]]) {
        let words = algebra.words * algebra.rows
        var known = [UInt64](repeating: 0, count: (cells.count + slotCells.count) * words)
        // Facts about cells come first, then facts about "this draw and the later ones".
        var members = [[Int32]](repeating: [], count: cells.count + slotCells.count)
        var agenda: [(fact: Int32, profile: Int32)] = []
        var entryOfSlot = [Int32](repeating: 0, count: slotCells.count)
        var usersOfCell = [[Int32]](repeating: [], count: cells.count)
        for (id, entry) in entries.enumerated() {
            for slot in entry.slots {
                entryOfSlot[slot] = Int32(id)
                usersOfCell[Int(slotCells[slot])].append(Int32(slot))
            }
        }

        func learn(_ fact: Int, _ profile: Int) {
            if profile < 0 { return }
            let word = fact * words + profile / 64, bit: UInt64 = 1 << UInt64(profile % 64)
            if known[word] & bit != 0 { return }
            known[word] |= bit
            members[fact].append(Int32(profile))
            agenda.append((Int32(fact), Int32(profile)))
        }

        for entry in entries where entry.slots.isEmpty { learn(Int(entry.cell), result(Int(entry.fixed), entry)) }
        while !isGivenUp(), let (fact, profile) = agenda.popLast() {
            let fact = Int(fact), profile = Int(profile)
            if fact < cells.count {
                for slot in usersOfCell[fact] {
                    let slot = Int(slot)
                    let counted = counts(profile, slot)
                    if counted < 0 { continue }
                    if slot + 1 == entries[Int(entryOfSlot[slot])].slots.upperBound {
                        learn(cells.count + slot, counted)
                    } else {
                        let later = cells.count + slot + 1
                        var next = 0
                        while next < members[later].count {
                            learn(cells.count + slot, algebra.add(counted, Int(members[later][next])))
                            next += 1
                        }
                    }
                }
            } else {
                let slot = fact - cells.count
                let entry = entries[Int(entryOfSlot[slot])]
                if slot == entry.slots.lowerBound {
                    learn(Int(entry.cell), result(algebra.add(Int(entry.fixed), profile), entry))
                } else {
                    let earlier = Int(slotCells[slot - 1])
                    var next = 0
                    while next < members[earlier].count {
                        let counted = counts(Int(members[earlier][next]), slot - 1)
                        if counted >= 0 { learn(fact - 1, algebra.add(counted, profile)) }
                        next += 1
                    }
                }
            }
        }
        for fact in members.indices { members[fact].sort() }
        return (Array(members[..<cells.count]), Array(members[cells.count...]))
    }

    /// Whether any program is left at all.
    var isEmpty: Bool { !reach[start].contains { ProfileAlgebra.contains(accepted, Int($0)) } }

    /// Whether an entry can be finished, whatever the rest of the program holds.
    func canEnd(_ entry: Entry) -> Bool {
        if entry.slots.isEmpty { return result(Int(entry.fixed), entry) >= 0 }
        return reachFrom[entry.slots.lowerBound].contains { result(algebra.add(Int(entry.fixed), Int($0)), entry) >= 0 }
    }
}
