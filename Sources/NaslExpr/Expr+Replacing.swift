extension Expr {
    /// This term with another one in the place of the subtree whose root stands at `position`.
    ///
    ///     sum.replacing(at: sum.root, with: 0).text   // "0"
    ///
    /// - Precondition: nothing is bound between the two places: a primitive replaced by one of its parts, or by a number, is safe.
    public func replacing(at position: Int, with part: Expr) -> Expr {
        let first = position - Int(nodes[position].length) + 1
        let difference = Int32(part.nodes.count) - nodes[position].length
        var result = Array(nodes[..<first]) + part.nodes
        for (place, var node) in nodes.enumerated().dropFirst(position + 1) {
            // What holds the replaced subtree begins before it.
            if place - Int(node.length) + 1 <= first { node.length += difference }
            result.append(node)
        }
        return Expr(nodes: result)
    }
}
