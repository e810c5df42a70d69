/// The order of terms in which a law may only lead downwards: first by size, then by the number of sums in it, then by head, then by
/// arguments, the last one first.
///
/// It is total but for draws of their own (two mentions of `noise(1)` stand equally), and a term becomes smaller in it when a part does
/// that keeps its size. Sums and products come out grouped to the left, the way they are read: `x^2 + x + 1`, `2 * x * y`. With the laws of
/// commutativity, associativity and exchange this order makes their forms unique (Martin & Nipkow, "Ordered rewriting and confluence",
/// CADE 1990).
extension TermStore {
    /// Whether `a` comes before `b`.
    func isEarlier(_ a: Ref, than b: Ref) -> Bool { compare(a, b) < 0 }

    private func compare(_ a: Ref, _ b: Ref) -> Int {
        if a == b { return 0 }
        let (first, second) = (cells[Int(a)], cells[Int(b)])
        if first.size != second.size { return first.size < second.size ? -1 : 1 }
        if first.sums != second.sums { return first.sums < second.sums ? -1 : 1 }
        let byHead = compareHeads(first.node, second.node)
        if byHead != 0 { return byHead }
        for slot in (0..<Int(first.node.arity)).reversed() {
            let byArgument = compare(child(slot, of: a), child(slot, of: b), under: first.node)
            if byArgument != 0 { return byArgument }
        }
        return 0
    }

    private func compareHeads(_ a: Expr.Node, _ b: Expr.Node) -> Int {
        let ranks = (TermStore.rank(a), TermStore.rank(b))
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 ? -1 : 1 }
        if a.arity != b.arity { return a.arity < b.arity ? -1 : 1 }
        if a.value != b.value { return a.value < b.value ? -1 : 1 }
        // What draws is told apart by its mark only while it is rewritten.
        if a.symbol == b.symbol || a.drawsAnew { return 0 }
        return a.symbol.text < b.symbol.text ? -1 : 1
    }

    /// Numbers, then names, then operations; a minus leads and a product follows, so that both come to stand outside.
    private static func rank(_ node: Expr.Node) -> Int {
        guard node.kind == .primitive else { return node.kind.isConstant ? -2 : node.kind == .variable ? -1 : 1000 + Int(node.kind.rawValue) }
        switch node.primitive {
        case .neg: return 0
        case .mul: return 1
        default: return 2 + Int(node.opcode)
        }
    }

    /// Arguments of one head: in sums the larger terms stand first and the number last, in products the number first; names by the alphabet.
    private func compare(_ a: Ref, _ b: Ref, under head: Expr.Node) -> Int {
        guard a != b, head.kind == .primitive, head.primitive.isCommutative else { return compare(a, b) }
        let (first, second) = (cells[Int(a)], cells[Int(b)])
        if first.node.kind == .variable, second.node.kind == .variable { return -compare(a, b) }
        let nested = (isSameOperation(first.node, head), isSameOperation(second.node, head))
        if nested.0 != nested.1 { return nested.0 ? 1 : -1 }
        guard head.primitive == .mul else { return compare(a, b) }
        let constant = (first.node.kind.isConstant, second.node.kind.isConstant)
        if constant.0 != constant.1 { return constant.0 ? 1 : -1 }
        if !nested.0, first.size != second.size { return first.size > second.size ? -1 : 1 }
        return compare(a, b)
    }

    private func isSameOperation(_ node: Expr.Node, _ head: Expr.Node) -> Bool { node.kind == .primitive && node.opcode == head.opcode }
}

extension Expr.Kind {
    /// A number, now or after fitting.
    var isConstant: Bool { self == .number || self == .fitted || self == .parameter }
}
