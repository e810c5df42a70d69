/// The draws of templates from some draw on, each sequence once: `E + E` and `E * E` end in the same one.
struct DrawSequences: Sendable {
    struct Draw: Hashable, Sendable {
        let cell: Int32
        /// What its profile counts in the template, as an index into the model's maps; -1 where it counts as it is.
        let map: Int32
        /// A later draw of the template must differ from it.
        var isNoted = false
        /// It must differ from the one that was noted.
        var differs = false
        /// The sequence after it; -1 at the end.
        let rest: Int32
    }

    private(set) var all: [Draw] = []
    /// Nothing but the start of the grammar.
    private(set) var start: Int32 = 0
    private var firsts: [Int32] = []

    init(_ model: Model) {
        var ids: [Draw: Int32] = [:]
        func id(_ draw: Draw) -> Int32 {
            if let known = ids[draw] { return known }
            ids[draw] = Int32(all.count)
            all.append(draw)
            return Int32(all.count - 1)
        }
        start = id(Draw(cell: Int32(model.start), map: -1, rest: -1))
        firsts = model.entries.map { entry in
            entry.slots.reversed().reduce(-1) { id(Draw(cell: model.slotCells[$1], map: model.slotMaps[$1], isNoted: model.isNoted[$1], differs: model.mustDiffer[$1], rest: $0)) }
        }
    }

    /// The sequence of all draws of an entry; nil where it has none.
    func first(of entry: Int) -> Int32? { firsts[entry] < 0 ? nil : firsts[entry] }
}
