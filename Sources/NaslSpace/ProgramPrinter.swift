import NaslExpr

/// Builds the program of a derivation in post-order, straight from the templates and without recursion.
struct ProgramPrinter: Sendable {
    let steps: [Production.Step]
    /// For each production its stretch of `steps`, and how many draws it has.
    let shapes: [Shape]
    /// Whether some programs list the steps of a chain that nobody took.
    let leavesOut: Bool
    /// Whether some `let`s vanish around a single name or number.
    private let vanishes: Bool
    private let isInReadingOrder: Bool
    private let prefixNodes: [Expr.Node]?

    struct Shape: Sendable {
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
        isInReadingOrder = productions.allSatisfy(ProgramPrinter.isInReadingOrder)
        prefixNodes = ProgramPrinter.prefixNodes(productions)
        vanishes = steps.contains { $0.kind == .value }
        self.shapes = shapes
        leavesOut = steps.contains { $0.kind == .node && $0.node.kind == .list && $0.node.opcode == UnusedSteps.mark }
    }

    /// The program of these productions and choices, which must be in drawing order.
    ///
    /// - Parameter open: what stands for the draws that are not made yet, in drawing order; empty for a complete derivation.
    func program(_ derivation: [Int32], _ choices: [Int], open pending: [Symbol] = []) -> Expr {
        if !pending.isEmpty { return inAnyOrder(derivation, choices, open: pending) }
        return derivation.withUnsafeBufferPointer { derivation in choices.withUnsafeBufferPointer { program(derivation, $0) } }
    }

    /// The program of a complete derivation.
    func program(_ derivation: UnsafeBufferPointer<Int32>, _ choices: UnsafeBufferPointer<Int>) -> Expr {
        if !leavesOut, let prefixNodes { return prefixNodes.withUnsafeBufferPointer { program(derivation, prefixNodes: $0) } }
        return isInReadingOrder ? programInReadingOrder(derivation, choices) : inAnyOrder(Array(derivation), Array(choices), open: [])
    }

    private func inAnyOrder(_ derivation: [Int32], _ choices: [Int], open pending: [Symbol]) -> Expr {
        // The draws of the production at `i` are the productions at `children[firstChild[i]...]`; what is not drawn yet is numbered on.
        let count = derivation.count + pending.count
        var firstChild = [Int32](repeating: 0, count: derivation.count), children = [Int32](repeating: 0, count: max(count - 1, 0))
        var open: [(child: Int32, end: Int32)] = []
        var next: Int32 = 0, stepCount: Int32 = 0
        for index in 0..<count {
            while let last = open.last, last.child == last.end { open.removeLast() }
            if !open.isEmpty {
                children[Int(open[open.count - 1].child)] = Int32(index)
                open[open.count - 1].child += 1
            }
            guard index < derivation.count else { continue }
            let shape = shapes[Int(derivation[index])], slots = shape.slots
            stepCount += shape.end - shape.first
            firstChild[index] = next
            if slots > 0 { open.append((next, next + slots)) }
            next += slots
        }
        // Which of them print as a single name or number, and whose.
        var atom = [Int32](repeating: -1, count: vanishes ? count : 0)
        for index in derivation.indices.reversed() where vanishes {
            let shape = shapes[Int(derivation[index])]
            if shape.isAtom { atom[index] = Int32(index) }
            if shape.isUnit { atom[index] = atom[Int(children[Int(firstChild[index])])] }
        }

        var nodes: [Expr.Node] = []
        nodes.reserveCapacity(Int(stepCount))
        var lengths: [Int32] = [], lists: [Int] = []
        func emit(_ node: Expr.Node) {
            var node = node
            node.length = 1
            for _ in 0..<node.arity { node.length += lengths.removeLast() }
            lengths.append(node.length)
            nodes.append(node)
        }
        func emit(_ step: Production.Step, of index: Int32) {
            var node = step.node
            if step.kind == .number { node.value = RealRange.number(choices[Int(index)]) }
            emit(node)
        }
        if derivation.isEmpty, let name = pending.first { return .hole(name) }
        var work: [(index: Int32, step: Int32)] = [(0, shapes[Int(derivation[0])].first)]
        while let (index, position) = work.last {
            if position == shapes[Int(derivation[Int(index)])].end {
                work.removeLast()
                continue
            }
            work[work.count - 1].step += 1
            let step = steps[Int(position)]
            switch step.kind {
            case .node, .number:
                emit(step, of: index)
                continue
            case .open:
                lists.append(lengths.count)
                continue
            case .close:
                var node = step.node
                node.arity = Int32(lengths.count - (lists.popLast() ?? 0))
                emit(node)
                continue
            case .draw, .value, .use, .bind: break
            }
            let child = children[Int(firstChild[Int(index)] + step.slot)]
            let single = vanishes ? atom[Int(child)] : -1
            switch step.kind {
            case .use:
                if single >= 0 { emit(steps[Int(shapes[Int(derivation[Int(single)])].first)], of: single) } else { emit(step.node) }
            case .bind: if single < 0 { emit(step.node) }
            case .value where single >= 0: break
            default:
                if child >= derivation.count {
                    var hole = Expr.Node(.hole)
                    hole.symbol = pending[Int(child) - derivation.count]
                    emit(hole)
                } else {
                    work.append((child, shapes[Int(derivation[Int(child)])].first))
                }
            }
        }
        return leavesOut ? UnusedSteps.leavingOut(Expr(nodes: nodes)) : Expr(nodes: nodes)
    }
}
