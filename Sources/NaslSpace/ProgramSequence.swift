import BigInt
import NaslExpr

/// The programs of a space one after the other: by size, then by their choices.
///
///     for sample in space.programs { print(sample.program) }
///
/// Every step keeps to the masks, so none is found and thrown away; a next one costs as many choices as differ. Infinite where the space is;
/// it ends before programs of more than 1,023 names, numbers and operators.
public struct ProgramSequence: Sequence, IteratorProtocol {
    private let space: Space
    private var size = 0
    private var number = 0
    private var automaton: Automaton?
    /// What waits, as a list that earlier choices share.
    private var waiting: [(item: Automaton.Item, next: Int32)] = []
    private var top: Int32 = -1
    private var sum: Int32 = 0
    private var choices: [Frame] = []

    private struct Frame {
        let node: Int32
        var alternative: Int
        /// What waited, and the sum, when this was chosen.
        let top: Int32
        let waiting: Int
    }

    init(_ space: Space) { self.space = space }

    public mutating func next() -> Sample? {
        if space.model.hasTies {
            // What is possible depends on earlier draws, so each is found by its number.
            defer { number += 1 }
            return space.choices(at: BigInt(number)).flatMap { try? space.replay($0) }
        }
        while !space.isGivenUp() {
            if automaton == nil {
                guard open() else { return nil }
            } else if !turn() {
                automaton = nil
                continue
            }
            complete()
            return sample()
        }
        return nil
    }

    /// Begins with the programs of the next size.
    private mutating func open() -> Bool {
        guard let (next, model) = space.withOrder({ order -> (Int, Model)? in
            guard let next = order.size(after: size, space.isGivenUp) else { return nil }
            return (next, order.model.accepting(order.accepted(ofSize: next)))
        }) else { return false }
        size = next
        let automaton = Automaton(model)
        waiting = [(Automaton.Item(kind: .draw, id: automaton.startState), -1)]
        top = 0
        sum = 0
        choices = []
        self.automaton = automaton
        return true
    }

    /// Takes the last choice that has a later alternative back, and that alternative.
    private mutating func turn() -> Bool {
        while var frame = choices.popLast() {
            guard let node = automaton?.nodes[Int(frame.node)] else { return false }
            for alternative in (frame.alternative + 1)..<Int(node.count) where isPossible(node, alternative) {
                frame.alternative = alternative
                waiting.removeSubrange(frame.waiting...)
                take(frame, node)
                return true
            }
        }
        return false
    }

    /// Finishes the program with the first alternative at every choice.
    private mutating func complete() {
        while top >= 0 {
            let (item, below) = waiting[Int(top)]
            top = below
            switch item.kind {
            case .result, .back: sum = automaton?.closed(item, sum) ?? sum
            case .bordered:
                guard let (back, draw) = automaton?.opened(item, sum) else { return }
                push(back)
                push(draw)
                sum = 0
            case .draw:
                guard let id = automaton?.node(item.id, sum), let node = automaton?.nodes[Int(id)],
                      let first = (0..<Int(node.count)).first(where: { isPossible(node, $0) }) else { return }
                take(Frame(node: id, alternative: first, top: top, waiting: waiting.count), node)
            }
        }
    }

    private mutating func take(_ frame: Frame, _ node: Automaton.Node) {
        guard let automaton else { return }
        let option = automaton.options[Int(node.first) + frame.alternative]
        choices.append(frame)
        top = frame.top
        sum = option.sum
        if option.result >= 0 { push(Automaton.Item(kind: .result, id: option.result)) }
        for child in (Int(option.children)..<Int(option.children + option.childCount)).reversed() { push(automaton.item(child)) }
    }

    private mutating func push(_ item: Automaton.Item) {
        waiting.append((item, top))
        top = Int32(waiting.count - 1)
    }

    private func isPossible(_ node: Automaton.Node, _ alternative: Int) -> Bool {
        automaton.map { $0.options[Int(node.first) + alternative].production >= 0 } ?? false
    }

    private func sample() -> Sample? {
        guard let automaton else { return nil }
        let options = choices.map { automaton.options[Int(automaton.nodes[Int($0.node)].first) + $0.alternative] }
        let made = zip(choices, options).map { frame, option -> Int in
            let production = space.model.productions[Int(option.production)]
            return production.numbers.map { RealRange.choice($0.number(at: 0.5)) } ?? frame.alternative
        }
        return Sample(
            program: space.printer.program(options.map(\.production), made), choices: made,
            logProbability: space.logProbability(made))
    }
}

extension Space {
    /// All programs, in the order of their numbers.
    public var programs: ProgramSequence { ProgramSequence(self) }
}
