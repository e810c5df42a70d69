/// Terms with equal parts stored once, so that two of them are equal exactly when their numbers are.
struct TermStore {
    typealias Ref = Int32

    struct Cell {
        /// Its length is not used.
        var node: Expr.Node
        /// Where its children begin in `children`.
        var first: Int32
        /// As ``Expr/size`` counts.
        var size: Int
        /// Sums and differences in it.
        var sums: Int
        /// Where the values lie.
        var bounds: Bounds
        /// A hash of the whole term, which does not depend on what else is stored. 0 and -0 have the same, as they are equal.
        var print: UInt64
    }

    private(set) var cells: [Cell] = []
    private var children: [Ref] = []
    /// Open addressing; -1 is free.
    private var slots = [Ref](repeating: -1, count: 64)

    func arity(of ref: Ref) -> Int { Int(cells[Int(ref)].node.arity) }

    func child(_ slot: Int, of ref: Ref) -> Ref { children[Int(cells[Int(ref)].first) + slot] }

    func children(of ref: Ref) -> ArraySlice<Ref> {
        let first = Int(cells[Int(ref)].first)
        return children[first..<(first + arity(of: ref))]
    }

    /// The number at `ref`, if it is one.
    func number(at ref: Ref) -> Double? {
        let node = cells[Int(ref)].node
        return node.kind == .number ? node.value : nil
    }

    /// The term of this head over these arguments.
    mutating func insert(_ head: Expr.Node, _ arguments: ArraySlice<Ref>) -> Ref {
        if 2 * (cells.count + 1) > slots.count { grow() }
        var head = head
        head.arity = Int32(arguments.count)
        var slot = hash(head, arguments) & (slots.count - 1)
        while slots[slot] >= 0 {
            let ref = slots[slot]
            if isSame(cells[Int(ref)].node, head), children(of: ref) == arguments { return ref }
            slot = (slot + 1) & (slots.count - 1)
        }
        let ref = Ref(cells.count)
        slots[slot] = ref
        var size = head.kind.ownSize - (head.kind == .lambda ? arguments.count - 1 : 0)
        var sums = head.kind == .primitive && (head.primitive == .add || head.primitive == .sub) ? 1 : 0
        var print = TermStore.hash(of: head, value: head.value == 0 ? 0 : head.value)
        for argument in arguments {
            size += cells[Int(argument)].size
            sums += cells[Int(argument)].sums
            print.mix(cells[Int(argument)].print)
        }
        let bounds = Bounds(of: head, arguments.map { cells[Int($0)].bounds })
        cells.append(Cell(node: head, first: Int32(children.count), size: size, sums: sums, bounds: bounds, print: print))
        children += arguments
        return ref
    }

    /// The term at `ref`, in post-order.
    func term(at root: Ref) -> Expr {
        var nodes: [Expr.Node] = []
        var lengths: [Int32] = []
        var pending: [(ref: Ref, isOpen: Bool)] = [(root, false)]
        while let (ref, isOpen) = pending.popLast() {
            if !isOpen {
                pending.append((ref, true))
                for child in children(of: ref).reversed() { pending.append((child, false)) }
                continue
            }
            var node = cells[Int(ref)].node
            node.length = 1
            for _ in 0..<node.arity { node.length += lengths.removeLast() }
            lengths.append(node.length)
            nodes.append(node)
        }
        return Expr(nodes: nodes)
    }

    private func isSame(_ a: Expr.Node, _ b: Expr.Node) -> Bool {
        a.kind == b.kind && a.opcode == b.opcode && a.arity == b.arity && a.symbol == b.symbol && a.value.bitPattern == b.value.bitPattern
    }

    private func hash(_ head: Expr.Node, _ arguments: ArraySlice<Ref>) -> Int {
        var state = TermStore.hash(of: head, value: head.value)
        for argument in arguments { state.mix(UInt64(UInt32(bitPattern: argument))) }
        return Int(truncatingIfNeeded: state >> 1)
    }

    private static func hash(of head: Expr.Node, value: Double) -> UInt64 {
        // Without a constant the number 0 would have the hash 0, which vanishes in sums.
        var state: UInt64 = 0x2545_f491_4f6c_dd1d ^ (UInt64(head.kind.rawValue) << 8 | UInt64(head.opcode))
        state.mix(UInt64(UInt32(bitPattern: head.symbol.id)))
        state.mix(value.bitPattern)
        return state
    }

    private mutating func grow() {
        slots = [Ref](repeating: -1, count: slots.count * 2)
        for index in cells.indices {
            var slot = hash(cells[index].node, children(of: Ref(index))) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Ref(index)
        }
    }
}
