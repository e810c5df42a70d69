/// Reach where some draws must differ.
///
/// A second draw may have the profile of the first only if there are two different ones with it. So it matters whether a cell has one
/// piece or more with a profile, and the facts are numbers cut off at 2, found as the least fixed point of the grammar's equations.
extension Model {
    /// What every cell can draw, by profile, and whether in more than one way; and for each draw of each entry what this and the later ones sum up
    /// to, the first exactly, the others as if nothing had to differ.
    func reachableWithTies(_ isGivenUp: () -> Bool) -> (reach: [[Int32]], isMany: [Set<Int32>], reachFrom: [[Int32]]) {
        var counts: [[Int32: Int]] = cells.map { _ in [:] }
        var isNew = true
        while isNew, !isGivenUp() {
            isNew = false
            for (id, cell) in cells.enumerated() {
                var found: [Int32: Int] = [:]
                for entry in entries[cell.entries] {
                    for (sum, count) in sums(entry, counts) {
                        let profile = result(algebra.add(Int(entry.fixed), Int(sum)), entry)
                        if profile >= 0 { found[Int32(profile), default: 0] = min(2, found[Int32(profile), default: 0] + count) }
                    }
                }
                if found != counts[id] {
                    counts[id] = found
                    isNew = true
                }
            }
        }
        var reachFrom = slotCells.map { _ in [Int32]() }
        for entry in entries {
            var later: Set<Int32> = [0]
            for slot in entry.slots.reversed() {
                var here = Set<Int32>()
                for profile in counts[Int(slotCells[slot])].keys {
                    let counted = self.counts(Int(profile), slot)
                    if counted < 0 { continue }
                    for rest in later {
                        let sum = algebra.add(counted, Int(rest))
                        if sum >= 0 { here.insert(Int32(sum)) }
                    }
                }
                later = here
                reachFrom[slot] = here.sorted()
            }
            if let first = entry.slots.first { reachFrom[first] = sums(entry, counts).keys.sorted() }
        }
        return (counts.map { $0.keys.sorted() }, counts.map { row in Set(row.keys.filter { row[$0] == 2 }) }, reachFrom)
    }

    /// What the draws of an entry together may sum up to, and in how many ways, cut off at 2.
    private func sums(_ entry: Entry, _ counts: [[Int32: Int]]) -> [Int32: Int] {
        struct Partial: Hashable {
            let sum: Int32
            /// Of the draw from which a later one must differ; -1 where there is none.
            let known: Int32
        }
        var partial = [Partial(sum: 0, known: -1): 1]
        for slot in entry.slots {
            var next: [Partial: Int] = [:]
            for (before, ways) in partial {
                for (profile, count) in counts[Int(slotCells[slot])] {
                    let counted = self.counts(Int(profile), slot)
                    if counted < 0 { continue }
                    let sum = algebra.add(Int(before.sum), counted)
                    let others = mustDiffer[slot] && profile == before.known ? count - 1 : count
                    if sum < 0 || others == 0 { continue }
                    let known = isNoted[slot] ? profile : mustDiffer[slot] ? -1 : before.known
                    let key = Partial(sum: Int32(sum), known: known)
                    next[key] = min(2, (next[key] ?? 0) + ways * others)
                }
            }
            partial = next
        }
        return partial.reduce(into: [:]) { $0[$1.key.sum] = min(2, ($0[$1.key.sum] ?? 0) + $1.value) }
    }
}
