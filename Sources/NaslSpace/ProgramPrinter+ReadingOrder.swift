import NaslExpr

/// The usual case: every template prints each of its draws once, in the order in which they are drawn, so the next production is always the
/// next to be printed.
extension ProgramPrinter {
    static func isInReadingOrder(_ production: Production) -> Bool {
        var next: Int32 = 0
        for step in production.steps {
            switch step.kind {
            case .node, .number, .open, .close: continue
            case .draw where step.slot == next: next += 1
            case .draw, .value, .use, .bind: return false
            }
        }
        return Int(next) == production.slots.count
    }

    /// The program of a complete derivation. A node's children stand before it already, so their lengths are read there.
    func programInReadingOrder(_ derivation: UnsafeBufferPointer<Int32>, _ choices: UnsafeBufferPointer<Int>) -> Expr {
        let room = derivation.reduce(0) { $0 + Int(shapes[Int($1)].end - shapes[Int($1)].first) }
        let nodes = [Expr.Node](unsafeUninitializedCapacity: room) { nodes, count in
            withUnsafeTemporaryAllocation(of: Frame.self, capacity: derivation.count) { frames in
                steps.withUnsafeBufferPointer { steps in
                    count = print(derivation, choices, steps, frames, into: nodes)
                }
            }
        }
        return leavesOut ? UnusedSteps.leavingOut(Expr(nodes: nodes)) : Expr(nodes: nodes)
    }

    /// What is left to print of a production above the one that is printed now.
    private struct Frame: BitwiseCopyable {
        let index: Int32
        let position: Int32
        let end: Int32
    }

    /// - Returns: how many nodes were printed.
    private func print(
        _ derivation: UnsafeBufferPointer<Int32>, _ choices: UnsafeBufferPointer<Int>, _ steps: UnsafeBufferPointer<Production.Step>,
        _ frames: UnsafeMutableBufferPointer<Frame>, into nodes: UnsafeMutableBufferPointer<Expr.Node>
    ) -> Int {
        var count = 0, depth = 0, drawn = 1, index = 0
        // Where the elements of the open lists begin.
        var lists: [Int] = []
        var shape = shapes[Int(derivation[0])]
        var position = shape.first, end = shape.end
        while true {
            if position == end {
                if depth == 0 { return count }
                depth -= 1
                let frame = frames[depth]
                (index, position, end) = (Int(frame.index), frame.position, frame.end)
                continue
            }
            let step = steps[Int(position)]
            position += 1
            var node = step.node
            switch step.kind {
            case .draw:
                // A frame with nothing left to print need not be come back to.
                if position < end {
                    frames[depth] = Frame(index: Int32(index), position: position, end: end)
                    depth += 1
                }
                index = drawn
                drawn += 1
                shape = shapes[Int(derivation[index])]
                (position, end) = (shape.first, shape.end)
                continue
            case .open:
                lists.append(count)
                continue
            case .close:
                let first = lists.popLast() ?? count
                node.arity = 0
                var last = count
                while last > first {
                    last -= Int(nodes[last - 1].length)
                    node.arity += 1
                }
            case .number: node.value = RealRange.number(choices[index])
            case .node, .value, .use, .bind: break
            }
            var first = count
            for _ in 0..<node.arity { first -= Int(nodes[first - 1].length) }
            node.length = Int32(count - first + 1)
            (nodes.baseAddress! + count).initialize(to: node)
            count += 1
        }
    }
}
