import NaslRandom

/// Room for drawing one program after the other.
struct DrawingRoom: ~Copyable {
    fileprivate var pending = PlainStack<Automaton.Item>()
    /// The productions and choices drawn last, in drawing order.
    fileprivate(set) var productions = PlainStack<Int32>()
    fileprivate(set) var choices = PlainStack<Int>()
}

extension Automaton {
    /// Draws a derivation into the room by the grammar's weights, renormalised over what is possible at each choice.
    ///
    /// - Returns: the logarithm of its probability, or nil where it has not ended after `most` choices.
    mutating func draw(_ stream: inout RandomStream, into room: inout DrawingRoom, hasNumbers: Bool, atMost most: Int) -> Double? {
        derive(into: &room, atMost: most) { automaton, id in
            let node = automaton.nodes[Int(id)]
            if hasNumbers, let numbers = automaton.model.nonterminals[Int(node.nonterminal)].numbers {
                return (0, RealRange.choice(numbers.number(at: stream.uniform())))
            }
            let alternative = node.count == 1 ? 0 : automaton.alternative(at: node, stream.uniform())
            return (alternative, alternative)
        }
    }

    /// Goes down a derivation into the room; `choose` gives the alternative at a node, which has to be possible, and the choice that stands for it.
    ///
    /// - Returns: the logarithm of its probability under the grammar's weights, or nil where it has not ended after `most` choices.
    @inline(__always)
    mutating func derive(into room: inout DrawingRoom, atMost most: Int, _ choose: (inout Automaton, Int32) -> (alternative: Int, choice: Int)) -> Double? {
        var logProbability = 0.0, sum: Int32 = 0
        room.pending.removeAll()
        room.productions.removeAll()
        room.choices.removeAll()
        var next: Item? = Item(kind: .draw, id: startState)
        while var item = next {
            switch item.kind {
            case .result, .back:
                sum = closed(item, sum)
                next = room.pending.pop()
                continue
            case .bordered:
                let opened = opened(item, sum)
                room.pending.push(opened.back)
                item = opened.draw
                sum = 0
            case .draw: break
            }
            let id = self.node(item.id, sum)
            let (alternative, choice) = choose(&self, id)
            let option = options[Int(nodes[Int(id)].first) + alternative]
            if option.result >= 0 { room.pending.push(Item(kind: .result, id: option.result)) }
            if option.childCount > 0 {
                var child = Int(option.children + option.childCount) - 1
                while child > Int(option.children) {
                    room.pending.push(self.item(child))
                    child -= 1
                }
                next = self.item(child)
            } else {
                next = room.pending.pop()
            }
            sum = option.sum
            room.choices.push(choice)
            room.productions.push(option.production)
            logProbability += option.logPrior
            if room.choices.count == most { return nil }
        }
        return logProbability
    }

    /// The alternative at which the cumulative probability passes `point`, which lies in [0, 1).
    @inline(__always)
    private func alternative(at node: Node, _ point: Double) -> Int {
        // One that is not possible is as cumulative as the one before it, so it is never the first that passes the point.
        var low = Int(node.first), count = Int(node.count)
        while count > 1 {
            let half = count / 2
            low = cumulative[low + half - 1] > point ? low : low + half
            count -= half
        }
        if cumulative[low] > point { return low - Int(node.first) }
        // The sum of the priors fell short of the point by rounding.
        return (0..<Int(node.count)).last { options[Int(node.first) + $0].production >= 0 } ?? 0
    }
}
