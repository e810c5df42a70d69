/// Parts of which each mention is one of its own: a random draw, a constant to be fitted, a weight, a layer with its weights.
///
/// `noise(1) - noise(1)` is not 0. While a term is rewritten each of them carries a mark, so that two mentions are different terms.
extension Expr {
    /// Whether writing this term twice means the same as sharing it.
    public var isRepeatable: Bool { !nodes.contains(where: \.drawsAnew) }

    /// Whether it holds a random draw; such a term equals nothing.
    public var isRandom: Bool { nodes.contains { $0.kind == .primitive && $0.primitive.isRandom } }

    /// Each mention of such a part told apart from the others.
    func marked() -> Expr {
        guard !isRepeatable else { return self }
        var term = self
        var count = 0
        for position in term.nodes.indices where term.nodes[position].drawsAnew {
            count += 1
            term.nodes[position].symbol = Symbol("#\(count)")
        }
        return term
    }

    /// The marks taken off again.
    func unmarked() -> Expr {
        guard !isRepeatable else { return self }
        var term = self
        for position in term.nodes.indices where term.nodes[position].drawsAnew { term.nodes[position].symbol = Expr.noSymbol }
        return term
    }
}

extension Expr.Node {
    var drawsAnew: Bool {
        switch kind {
        case .fitted, .parameter, .call: true
        case .primitive: primitive.isRandom
        default: false
        }
    }
}
