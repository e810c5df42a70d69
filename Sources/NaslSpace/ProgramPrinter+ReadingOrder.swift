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
            withUnsafeTemporaryAllocation(of: Frame.self, capacity: derivation.count + 1) { frames in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: room + 2) { lengths in
                    steps.withUnsafeBufferPointer { steps in
                        count = print(derivation, choices, steps, frames, lengths, into: nodes)
                    }
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

    /// Which way a program branches cannot be foreseen, so there are as few branches here as can be.
    ///
    /// - Parameter lengths: room for those of the terms that no node has taken yet.
    /// - Returns: how many nodes were printed.
    private func print(
        _ derivation: UnsafeBufferPointer<Int32>, _ choices: UnsafeBufferPointer<Int>, _ steps: UnsafeBufferPointer<Production.Step>,
        _ frames: UnsafeMutableBufferPointer<Frame>, _ lengths: UnsafeMutableBufferPointer<Int32>, into nodes: UnsafeMutableBufferPointer<Expr.Node>
    ) -> Int {
        // Two places below the first term, so that two can always be read.
        (lengths[0], lengths[1]) = (0, 0)
        var terms = 2
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
                frames[depth] = Frame(index: Int32(index), position: position, end: end)
                depth += position < end ? 1 : 0
                index = drawn
                drawn += 1
                shape = shapes[Int(derivation[index])]
                (position, end) = (shape.first, shape.end)
                continue
            case .open:
                lists.append(terms)
                continue
            case .close:
                node.arity = Int32(terms - (lists.popLast() ?? terms))
            case .number: node.value = RealRange.number(choices[index])
            case .node, .value, .use, .bind: break
            }
            var length: Int32 = 1
            length += lengths[terms - 1] & (node.arity > 0 ? -1 : 0)
            length += lengths[terms - 2] & (node.arity > 1 ? -1 : 0)
            if node.arity > 2 { for slot in 3...Int(node.arity) { length += lengths[terms - slot] } }
            terms -= Int(node.arity)
            lengths[terms] = length
            terms += 1
            node.length = length
            (nodes.baseAddress! + count).initialize(to: node)
            count += 1
        }
    }
}
