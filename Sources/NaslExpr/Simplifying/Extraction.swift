extension EGraph {
    /// The smallest term of a class, and of those the one that is cheapest to compute; nil where it has none.
    ///
    /// Sizes only fall while better nodes are found, so a few passes over the nodes settle them.
    package func smallest(_ root: Class) -> Expr? {
        let none = Measure(size: .max / 8, cost: 0)
        var best = [(measure: Measure, node: Int)](repeating: (none, -1), count: first.count)
        var changed = true
        while changed {
            changed = false
            for index in nodes.indices where !isDouble[index] {
                let node = nodes[index]
                var measure = Measure(size: 1, cost: node.head.kind == .primitive ? node.head.primitive.cost : 0)
                for child in [node.a, node.b, node.c] where child >= 0 { measure.add(best[Int(find(child))].measure) }
                let id = Int(find(owner[index]))
                if measure < best[id].measure {
                    best[id] = (measure, index)
                    changed = true
                }
            }
        }
        return term(find(root), best.map(\.node))
    }

    private func term(_ id: Class, _ best: [Int]) -> Expr? {
        guard best[Int(id)] >= 0 else { return nil }
        let node = nodes[best[Int(id)]]
        var arguments: [Expr] = []
        for child in [node.a, node.b, node.c] where child >= 0 {
            guard let argument = term(find(child), best) else { return nil }
            arguments.append(argument)
        }
        return Expr(node.head, arguments)
    }
}

/// What a term is chosen by: first its size, then what it costs.
struct Measure: Comparable {
    var size: Int
    var cost: Int

    mutating func add(_ other: Measure) {
        size = min(size + other.size, .max / 8)
        cost = min(cost + other.cost, .max / 8)
    }

    static func < (a: Measure, b: Measure) -> Bool { (a.size, a.cost) < (b.size, b.cost) }
}

extension Expr {
    var measure: Measure {
        Measure(size: size, cost: nodes.reduce(0) { $0 + ($1.kind == .primitive ? $1.primitive.cost : 0) })
    }
}

extension Primitive {
    /// About how long it takes, in additions.
    var cost: Int {
        switch self {
        case .id, .left: 0
        case .neg, .abs, .add, .sub, .mul, .square, .max, .min, .relu, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: 1
        case .cube, .sign, .clip, .select, .floor, .round: 2
        case .div, .sqrt, .mod: 4
        case .pow: 24
        default: 12
        }
    }
}
