extension Counting {
    /// Calls `body` with the items of every product that an entry with draws that must differ adds to `item`, of each how many derivations less
    /// there are to choose from.
    static func forEachTiedTerm(of item: Int, _ model: Model, _ body: ([(item: Int, less: Int)]) -> Void) {
        let (fact, profile) = item.quotientAndRemainder(dividingBy: model.algebra.span)
        guard fact < model.cells.count else { return }
        for entry in model.entries[model.cells[fact].entries] where model.isTied(entry) {
            var parts: [(item: Int, less: Int)] = []
            func choose(_ slot: Int, _ sum: Int, _ known: Int32) {
                if slot == entry.slots.upperBound {
                    if model.result(sum, entry) == profile { body(parts) }
                    return
                }
                let cell = Int(model.slotCells[slot])
                for part in model.reach[cell] {
                    let counted = model.counts(Int(part), slot)
                    if counted < 0 { continue }
                    let next = model.algebra.add(sum, counted)
                    let isAlike = model.mustDiffer[slot] && part == known
                    if next < 0 || isAlike && !model.isMany[cell].contains(part) { continue }
                    parts.append((Counting.item(cell, Int(part), model), isAlike ? 1 : 0))
                    choose(slot + 1, next, model.isNoted[slot] ? part : model.mustDiffer[slot] ? -1 : known)
                    parts.removeLast()
                }
            }
            choose(entry.slots.lowerBound, Int(entry.fixed), -1)
        }
    }
}

extension Model {
    /// Whether some draws of an entry must differ.
    func isTied(_ entry: Entry) -> Bool { entry.slots.contains { isNoted[$0] } }
}
