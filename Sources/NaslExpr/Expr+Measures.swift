/// Size and depth of the printed program, which is all that constraints read.
extension Expr {
    /// A name or number counts 1, an operator or a call 1 and its arguments, a `let` its two parts.
    public var size: Int {
        var total = 0
        for node in nodes { total += node.kind.ownSize }
        for (position, node) in nodes.enumerated() where node.kind == .lambda {
            _ = position
            total -= Int(node.arity) - 1  // parameters are not counted
        }
        return total
    }

    /// A name or number has depth 1, an operator or a call one more than its deepest argument, a `let` the larger of its parts.
    public var depth: Int {
        var stack: [Int] = []
        for node in nodes {
            let count = Int(node.arity)
            let children = stack.suffix(count)
            let depth = Expr.depth(of: node.kind, children: Array(children))
            stack.removeLast(count)
            stack.append(depth)
        }
        return stack.last ?? 0
    }

    package static func depth(of kind: Kind, children: [Int]) -> Int {
        switch kind {
        case .number, .variable, .fitted, .parameter, .text: 1
        case .hole: 0
        case .binding, .labelled: children.max() ?? 0
        case .lambda: 1 + (children.last ?? 0)
        case .call: Swift.max(children[0], 1 + (children.dropFirst().max() ?? 0))
        case .primitive, .list, .record, .field, .index, .compose: 1 + (children.max() ?? 0)
        }
    }
}

extension Expr.Kind {
    /// What a node adds to the size of the program; a call's name is its callee's node.
    package var ownSize: Int {
        switch self {
        case .binding, .labelled, .call, .hole: 0
        default: 1
        }
    }
}
