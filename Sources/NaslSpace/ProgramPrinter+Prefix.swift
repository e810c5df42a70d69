import NaslExpr

/// The commonest case: every template is one node over its draws, at most two of them, so a derivation is its program in prefix order.
///
/// Which way a program branches cannot be foreseen, so the code has no branch on it. At position i of the derivation stands a node; the subtree of its first
/// draw begins at i + 1, that of its second behind that.
extension ProgramPrinter {
    /// The nodes of all productions; nil where one prints anything else.
    static func prefixNodes(_ productions: [Production]) -> [Expr.Node]? {
        var nodes: [Expr.Node] = []
        for production in productions {
            guard let last = production.steps.last, last.kind == .node, (0...2).contains(last.node.arity), isInReadingOrder(production),
                Int(last.node.arity) == production.steps.count - 1, production.steps.dropLast().allSatisfy({ $0.kind == .draw })
            else { return nil }
            nodes.append(last.node)
        }
        return nodes
    }

    func program(_ derivation: UnsafeBufferPointer<Int32>, prefixNodes own: UnsafeBufferPointer<Expr.Node>) -> Expr {
        let count = derivation.count
        let nodes = [Expr.Node](unsafeUninitializedCapacity: count) { nodes, printed in
            // The length of each subtree, and where it begins in the program. There is one behind the last, which is read and not used.
            withUnsafeTemporaryAllocation(of: (length: Int32, start: Int32).self, capacity: count + 1) { places in
                places[count] = (0, 0)
                for index in stride(from: count - 1, through: 0, by: -1) {
                    let arity = own[Int(derivation[index])].arity
                    let first = places[index + 1].length, second = places[index + 1 + Int(first)].length
                    places[index] = (1 + (arity > 0 ? first : 0) + (arity > 1 ? second : 0), 0)
                }
                for index in 0..<count {
                    var node = own[Int(derivation[index])]
                    let (length, start) = places[index], first = places[index + 1].length, next = index + 1 + Int(first)
                    places[index + 1].start = node.arity > 0 ? start : places[index + 1].start
                    places[next].start = node.arity > 1 ? start + first : places[next].start
                    node.length = length
                    (nodes.baseAddress! + Int(start + length - 1)).initialize(to: node)
                }
            }
            printed = count
        }
        return Expr(nodes: nodes)
    }
}
