/// What an equation has to look like.
extension Law {
    /// Operations on the left side whose arguments may be swapped; each doubles the forms in which it is looked for.
    package static let mostCommutative = 8

    static func checkForm(_ left: Expr, _ right: Expr, _ conditions: [Condition]) throws(LawMistake) {
        let sides = [left, right] + conditions.compactMap { if case .comparison(let term) = $0 { term } else { nil } }
        for side in sides {
            for (position, node) in side.nodes.enumerated() {
                let isElementwise = node.kind == .number || node.kind == .hole || (node.kind == .primitive && !node.primitive.isRandom)
                guard isElementwise else { throw .notElementwise(side.subterm(at: position).text) }
            }
        }
        guard left.nodes[left.root].kind == .primitive else { throw .nothingToFind }
        guard left.nodes.count(where: { $0.kind == .primitive && $0.primitive.isCommutative }) <= Law.mostCommutative else { throw .tooLarge }
        let known = left.placeholders
        for side in sides.dropFirst() {
            if let unknown = side.placeholders.first(where: { !known.contains($0) }) { throw .unknownPlaceholder(unknown) }
            if side.nodes.contains(where: { $0.isWildcard }) { throw .unknownPlaceholder("_") }
        }
        for case .number(let name) in conditions where !known.contains(name) { throw .unknownPlaceholder(name) }
        try checkSize(left, right, Law.numberPlaceholders(conditions))
    }

    /// For no terms in place of the placeholders may the right side be larger.
    private static func checkSize(_ left: Expr, _ right: Expr, _ numbers: Set<Symbol>) throws(LawMistake) {
        if left != right, left.partCounts == right.partCounts { return }
        let computed = right.computedParts(from: numbers)
        var sizes = (left: 0, right: 0)
        var uses: [Symbol: Int] = [:]
        for node in left.nodes {
            sizes.left += 1
            if node.isPlaceholder { uses[node.symbol, default: 0] += 1 }
        }
        for position in right.nodes.indices where !computed.contains(position) {
            sizes.right += 1
            if right.nodes[position].isPlaceholder { uses[right.nodes[position].symbol, default: 0] -= 1 }
        }
        let shrinks = sizes.right < sizes.left || (sizes.right == sizes.left && uses.contains { $0.value > 0 && !numbers.contains($0.key) })
        if uses.contains(where: { $0.value < 0 }) || sizes.right > sizes.left { throw .grows }
        if !shrinks { throw .neither }
    }
}

extension Expr {
    /// The holes `?a`, in the order of reading.
    var placeholders: [Symbol] {
        var names: [Symbol] = []
        for node in nodes where node.isPlaceholder && !names.contains(node.symbol) { names.append(node.symbol) }
        return names
    }

    /// How often each head and each placeholder occurs.
    var partCounts: [Node: Int] {
        var counts: [Node: Int] = [:]
        for var node in nodes {
            node.length = 1
            counts[node, default: 0] += 1
        }
        return counts
    }

    /// The positions inside of terms that can be computed from these placeholders alone, the roots of such terms not among them.
    func computedParts(from numbers: Set<Symbol>) -> Set<Int> {
        var parts: Set<Int> = []
        for position in nodes.indices where isComputed(position, from: numbers) { parts.formUnion((position - Int(nodes[position].length) + 1)..<position) }
        return parts
    }

    /// Whether the term whose root stands there is an operation on such placeholders and numbers.
    func isComputed(_ position: Int, from numbers: Set<Symbol>) -> Bool {
        guard nodes[position].kind == .primitive else { return false }
        let leaves = nodes[(position - Int(nodes[position].length) + 1)...position].filter { $0.kind != .primitive }
        return leaves.contains { $0.kind == .hole } && leaves.allSatisfy { $0.kind == .number || numbers.contains($0.symbol) }
    }
}

extension Expr.Node {
    var isPlaceholder: Bool { kind == .hole && symbol.text.hasPrefix("?") }
    var isWildcard: Bool { kind == .hole && !isPlaceholder }
}
