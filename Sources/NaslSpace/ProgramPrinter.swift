import NaslExpr

/// Builds the program of a derivation in post-order, straight from the templates and without recursion.
struct ProgramPrinter: Sendable {
    private let steps: [Production.Step]
    /// For each production its stretch of `steps`, and how many draws it has.
    private let shapes: [Shape]

    private struct Shape: Sendable {
        let first: Int32
        let end: Int32
        let slots: Int32
        let isAtom: Bool
        let isUnit: Bool
    }

    init(_ productions: [Production]) {
        var steps: [Production.Step] = []
        var shapes: [Shape] = []
        for production in productions {
            let first = steps.count
            steps += production.steps
            shapes.append(Shape(
                first: Int32(first), end: Int32(steps.count), slots: Int32(production.slots.count), isAtom: production.isAtom,
                isUnit: production.isUnit))
        }
        self.steps = steps
        self.shapes = shapes
    }

    /// The program of these productions, which must be complete and in drawing order.
    func program(_ derivation: [Int32]) -> Expr {
        // The draws of the production at `i` are the productions at `children[firstChild[i]...]`.
        var firstChild = [Int32](repeating: 0, count: derivation.count)
        var children = [Int32](repeating: 0, count: max(derivation.count - 1, 0))
        var open: [(child: Int32, end: Int32)] = []
        var next: Int32 = 0
        for index in derivation.indices {
            while let last = open.last, last.child == last.end { open.removeLast() }
            if !open.isEmpty {
                children[Int(open[open.count - 1].child)] = Int32(index)
                open[open.count - 1].child += 1
            }
            let slots = shapes[Int(derivation[index])].slots
            firstChild[index] = next
            if slots > 0 { open.append((next, next + slots)) }
            next += slots
        }
        // Which of them print as a single name or number, and as which.
        var atom = [Int32](repeating: -1, count: derivation.count)
        for index in derivation.indices.reversed() {
            let shape = shapes[Int(derivation[index])]
            if shape.isAtom { atom[index] = shape.first }
            if shape.isUnit { atom[index] = atom[Int(children[Int(firstChild[index])])] }
        }

        var nodes: [Expr.Node] = []
        nodes.reserveCapacity(derivation.count * 2)
        var lengths: [Int32] = []
        func emit(_ node: Expr.Node) {
            var node = node
            node.length = 1
            for _ in 0..<node.arity { node.length += lengths.removeLast() }
            lengths.append(node.length)
            nodes.append(node)
        }
        var work: [(index: Int32, step: Int32)] = [(0, shapes[Int(derivation[0])].first)]
        while let (index, position) = work.last {
            if position == shapes[Int(derivation[Int(index)])].end {
                work.removeLast()
                continue
            }
            work[work.count - 1].step += 1
            let step = steps[Int(position)]
            if step.kind == .node {
                emit(step.node)
                continue
            }
            let child = children[Int(firstChild[Int(index)] + step.slot)]
            let single = atom[Int(child)]
            switch step.kind {
            case .use: emit(single >= 0 ? steps[Int(single)].node : step.node)
            case .bind: if single < 0 { emit(step.node) }
            case .value where single >= 0: break
            default: work.append((child, shapes[Int(derivation[Int(child)])].first))
            }
        }
        return Expr(nodes: nodes)
    }
}
