extension Expr {
    /// The term with the arguments of commutative primitives in one order: equal for terms that differ only by swaps.
    public func sortedBySwaps(of commutative: Set<Primitive> = Primitive.commutative) -> Expr {
        // Post-order, so that arguments are sorted before what holds them.
        var stack: [[Node]] = []
        for node in nodes {
            var parts = Array(stack.suffix(Int(node.arity)))
            stack.removeLast(Int(node.arity))
            if node.kind == .primitive, parts.count == 2, commutative.contains(node.primitive), precedes(parts[1], parts[0]) { parts.swapAt(0, 1) }
            stack.append(parts.flatMap { $0 } + [node])
        }
        return Expr(nodes: stack.last ?? [])
    }
}

/// A total order of terms: shorter ones first, then node by node.
private func precedes(_ a: [Expr.Node], _ b: [Expr.Node]) -> Bool {
    if a.count != b.count { return a.count < b.count }
    for (x, y) in zip(a, b) where x != y {
        if x.kind != y.kind { return x.kind.rawValue < y.kind.rawValue }
        if x.opcode != y.opcode { return x.opcode < y.opcode }
        if x.arity != y.arity { return x.arity < y.arity }
        if x.symbol != y.symbol { return x.symbol.text < y.symbol.text }
        return x.value < y.value
    }
    return false
}
