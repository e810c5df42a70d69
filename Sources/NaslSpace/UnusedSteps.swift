import NaslExpr

/// `unused(steps)`: which of a chain's steps nobody took is known only once the program is complete, so it is printed with all of them,
/// marked, and those that stand elsewhere are left out here.
enum UnusedSteps {
    /// The `opcode` of a marked list.
    static let mark: UInt8 = 1

    static func leavingOut(_ program: Expr) -> Expr {
        let resolved = ResolvedProgram(program, [])
        var isListed = [Bool](repeating: false, count: program.nodes.count)
        for (position, node) in program.nodes.enumerated() where node.kind == .list && node.opcode == mark {
            for child in resolved.children[position] { isListed[child] = true }
        }
        var taken = Set<ResolvedProgram.Meaning>()
        for (position, meaning) in resolved.meanings where !isListed[position] { taken.insert(meaning) }
        var nodes: [Expr.Node] = []
        nodes.reserveCapacity(program.nodes.count)
        var lengths: [Int32] = []
        for (position, node) in program.nodes.enumerated() {
            if isListed[position], let meaning = resolved.meanings[position], taken.contains(meaning) { continue }
            var node = node
            if node.kind == .list, node.opcode == mark {
                node.opcode = 0
                node.arity -= Int32(resolved.children[position].count { child in resolved.meanings[child].map(taken.contains) ?? false })
            }
            node.length = lengths.suffix(Int(node.arity)).reduce(1, +)
            lengths.removeLast(Int(node.arity))
            lengths.append(node.length)
            nodes.append(node)
        }
        return Expr(nodes: nodes)
    }
}
