/// Terms with what is equal kept together: classes of nodes, whose children are classes (Nelson, "Techniques for program verification",
/// 1980; Willsey et al., "egg: fast and extensible equality saturation", POPL 2021, whose deferred rebuilding this follows).
///
/// What is merged is equal at every point at which all parts of the terms that were put in first are defined. A law that is used from left to
/// right keeps that: its left side stands in the graph and is defined there, so its right side is, too.
///
/// Flat arrays throughout. Children of commutative operations are sorted, so that swapping them needs no law.
package struct EGraph {
    package typealias Class = Int32

    struct Node: Equatable {
        /// Its length is not used.
        var head: Expr.Node
        var a: Class = -1
        var b: Class = -1
        var c: Class = -1
    }

    private(set) var nodes: [Node] = []
    /// The class of each node; canonical after ``rebuild()``.
    private(set) var owner: [Class] = []
    /// The next node of the same class, or -1.
    private(set) var next: [Int32] = []
    /// Whether another node of the class is the same.
    private(set) var isDouble: [Bool] = []

    /// By class: towards the class it was merged into.
    private var merged: [Class] = []
    private(set) var first: [Int32] = []
    private var last: [Int32] = []
    /// The opcodes of a class's nodes, as bits.
    private(set) var opcodes: [UInt64] = []
    /// Where the values of a class lie, at the points that matter.
    private(set) var bounds: [Bounds] = []
    /// The value of a class that is one number.
    private(set) var numbers: [Double?] = []

    /// Open addressing over nodes; -1 is free.
    private var slots = [Int32](repeating: -1, count: 1024)
    private var hasMerged = false
    /// A part is not defined anywhere, or something was merged that has two different values.
    package private(set) var isContradictory = false

    var classCount: Int { merged.indices.count { merged[$0] == Class($0) } }

    package init() {}

    package func find(_ id: Class) -> Class {
        var id = id
        while merged[Int(id)] != id { id = merged[Int(id)] }
        return id
    }

    /// The number of a class that has one value.
    package func number(_ id: Class) -> Double? { numbers[Int(find(id))] }

    /// - Precondition: the term is elementwise, without `let`, and its draws are marked.
    package mutating func insert(_ term: Expr) -> Class {
        var stack: [Class] = []
        for node in term.nodes {
            let arity = Int(node.arity)
            let arguments = stack.suffix(arity)
            let id = insert(node, arguments)
            stack.removeLast(arity)
            stack.append(id)
        }
        return stack[0]
    }

    mutating func insert(_ head: Expr.Node, _ arguments: ArraySlice<Class>) -> Class {
        let base = arguments.startIndex
        return insert(head, arguments.count > 0 ? arguments[base] : -1, arguments.count > 1 ? arguments[base + 1] : -1, arguments.count > 2 ? arguments[base + 2] : -1)
    }

    mutating func insert(_ head: Expr.Node, _ a: Class, _ b: Class, _ c: Class) -> Class {
        var node = Node(head: head, a: a < 0 ? a : find(a), b: b < 0 ? b : find(b), c: c < 0 ? c : find(c))
        node.head.length = 1
        // One zero: what tells -0 from 0 is not defined there.
        if node.head.value == 0 { node.head.value = 0 }
        EGraph.sort(&node)
        if 2 * (nodes.count + 1) > slots.count { grow() }
        let slot = slot(of: node)
        if slots[slot] >= 0 { return find(owner[Int(slots[slot])]) }
        let id = Class(merged.count), index = Int32(nodes.count)
        slots[slot] = index
        nodes.append(node)
        owner.append(id)
        next.append(-1)
        isDouble.append(false)
        merged.append(id)
        first.append(index)
        last.append(index)
        opcodes.append(head.kind == .primitive ? 1 << UInt64(head.opcode) : 0)
        let number = node.head.kind == .number ? node.head.value : folded(node)
        numbers.append(number)
        bounds.append(number.map(Bounds.only) ?? bounds(of: node))
        if let number, head.kind != .number { merge(insert(EGraph.number(number), -1, -1, -1), id) }
        return find(id)
    }

    static func number(_ value: Double) -> Expr.Node {
        var node = Expr.Node(.number)
        node.value = value
        return node
    }

    /// Makes two classes one; ``rebuild()`` then finds what else is equal for that reason.
    package mutating func merge(_ first: Class, _ second: Class) {
        let one = find(first), two = find(second)
        if one == two { return }
        let (kept, gone) = one < two ? (one, two) : (two, one)
        let k = Int(kept), g = Int(gone)
        merged[g] = kept
        hasMerged = true
        next[Int(last[k])] = self.first[g]
        last[k] = last[g]
        opcodes[k] |= opcodes[g]
        narrow(kept, to: bounds[g])
        if let number = numbers[g] {
            if let known = numbers[k], !EGraph.isSame(known, number) { isContradictory = true }
            // Of two that differ by rounding the earlier one stands.
            numbers[k] = numbers[k] ?? number
        }
    }

    /// Two classes whose nodes have become the same are merged, until none is left; then what is known of the values is worked out anew.
    package mutating func rebuild() {
        while hasMerged, !isContradictory {
            while hasMerged {
                hasMerged = false
                joinEqualNodes()
            }
            for index in nodes.indices where !isDouble[index] && nodes[index].head.kind == .primitive { refine(index) }
        }
    }

    private mutating func joinEqualNodes() {
        for slot in slots.indices { slots[slot] = -1 }
        for index in nodes.indices {
            owner[index] = find(owner[index])
            if isDouble[index] { continue }
            var node = nodes[index]
            if node.a >= 0 { node.a = find(node.a) }
            if node.b >= 0 { node.b = find(node.b) }
            if node.c >= 0 { node.c = find(node.c) }
            EGraph.sort(&node)
            nodes[index] = node
            let slot = slot(of: node)
            if slots[slot] < 0 {
                slots[slot] = Int32(index)
            } else {
                isDouble[index] = true
                merge(owner[index], owner[Int(slots[slot])])
            }
        }
    }

    private mutating func refine(_ index: Int) {
        let id = find(owner[index]), node = nodes[index]
        if numbers[Int(id)] != nil { return }
        if let number = folded(node) {
            numbers[Int(id)] = number
            narrow(id, to: .only(number))
            let literal = insert(EGraph.number(number), -1, -1, -1)
            merge(literal, id)
        } else {
            let range = bounds(of: node)
            narrow(id, to: range)
        }
    }

    private mutating func narrow(_ id: Class, to other: Bounds) {
        guard let both = bounds[Int(id)].intersection(other) else {
            isContradictory = true
            return
        }
        bounds[Int(id)] = both
    }

    private static func isSame(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= 1e-9 * max(abs(a), abs(b)) }

    /// What an operation on numbers computes, the same double as at run time; nil where that is not finite: then nothing is defined anywhere.
    private mutating func folded(_ node: Node) -> Double? {
        guard node.head.kind == .primitive, !node.head.primitive.isRandom else { return nil }
        // `x / 0` makes the whole undefined everywhere, so that nothing can be said about it.
        if node.head.primitive == .div || node.head.primitive == .mod, node.b >= 0, numbers[Int(node.b)] == 0 { isContradictory = true }
        guard node.a >= 0, let a = numbers[Int(node.a)] else { return nil }
        var b = 0.0, c = 0.0
        if node.b >= 0 { guard let number = numbers[Int(node.b)] else { return nil }; b = number }
        if node.c >= 0 { guard let number = numbers[Int(node.c)] else { return nil }; c = number }
        let value = node.head.primitive.row.evaluate(a, b, c)
        if !value.isFinite { isContradictory = true }
        return value.isFinite ? value == 0 ? 0 : value : nil
    }

    private func bounds(of node: Node) -> Bounds {
        guard node.head.kind == .primitive, node.a >= 0 else { return Bounds(of: node.head, []) }
        let value = Bounds.value(
            of: node.head.primitive, bounds[Int(node.a)], node.b < 0 ? .all : bounds[Int(node.b)], node.c < 0 ? .all : bounds[Int(node.c)])
        return value.lower <= value.upper ? value : .all
    }

    private static func sort(_ node: inout Node) {
        if node.a > node.b, node.b >= 0, node.head.kind == .primitive, node.head.primitive.isCommutative { swap(&node.a, &node.b) }
    }

    /// Where the node stands in `slots`, or would.
    private func slot(of node: Node) -> Int {
        var state = UInt64(node.head.kind.rawValue) << 8 | UInt64(node.head.opcode)
        state.mix(UInt64(UInt32(bitPattern: node.head.symbol.id)))
        state.mix(node.head.value.bitPattern)
        state.mix(UInt64(UInt32(bitPattern: node.a)) << 32 | UInt64(UInt32(bitPattern: node.b)))
        state.mix(UInt64(UInt32(bitPattern: node.c)))
        var slot = Int(truncatingIfNeeded: state >> 1) & (slots.count - 1)
        while slots[slot] >= 0, !isSame(nodes[Int(slots[slot])], node) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private func isSame(_ a: Node, _ b: Node) -> Bool {
        a.a == b.a && a.b == b.b && a.c == b.c && a.head.kind == b.head.kind && a.head.opcode == b.head.opcode && a.head.symbol == b.head.symbol
            && a.head.value.bitPattern == b.head.value.bitPattern
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for index in nodes.indices where !isDouble[index] { slots[slot(of: nodes[index])] = Int32(index) }
    }
}
