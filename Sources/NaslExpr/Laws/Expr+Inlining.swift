extension Expr {
    /// A `let` whose value would have to be written out into a larger term stays.
    static let largestInlined = 2_000

    /// The term with the value of each `let` written in place of its name: sharing is no part of what a program computes. A random draw, a
    /// weight or a layer that is used more than once stays shared, since each mention would be another one.
    ///
    /// - Parameter keepingDraws: false where marks tell which mentions are the same draw.
    package func inlined(keepingDraws: Bool = true) -> Expr {
        nodes.contains { $0.kind == .binding } ? inlined(root, keepingDraws) : self
    }

    private func inlined(_ position: Int, _ keepingDraws: Bool) -> Expr {
        let node = nodes[position]
        let children = children(of: position)
        if children.isEmpty { return subterm(at: position) }
        let parts = children.map { inlined($0, keepingDraws) }
        guard node.kind == .binding else { return Expr(node, parts) }
        let uses = parts[1].occurrences(of: node.symbol)
        let size = parts[1].nodes.count + uses * parts[0].nodes.count
        guard uses <= 1 || size <= Expr.largestInlined else { return Expr(node, parts) }
        // Inside a function it would be drawn again at each call.
        let staysShared = uses > 1 || parts[1].nodes.contains { $0.kind == .lambda }
        if keepingDraws, staysShared, !parts[0].isRepeatable { return Expr(node, parts) }
        return parts[1].substituting([node.symbol: parts[0]])
    }

    /// Whether nothing but primitives, names and numbers stands in it.
    public var isElementwise: Bool {
        nodes.allSatisfy { node in
            switch node.kind {
            case .number, .variable, .primitive, .fitted, .parameter, .binding: true
            default: false
            }
        }
    }
}
