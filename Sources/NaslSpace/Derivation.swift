import BigInt
import NaslExpr

/// A program being drawn, choice by choice: a value, so that copies go their own ways.
///
///     var derivation = space.derivation()
///     while let decision = derivation.decision { derivation.choose(policy(decision)) }
///     derivation.program
///
/// Every draw of a rule is one choice, also of a rule with one alternative; the draws come in reading order, a function before its
/// arguments. An allowed alternative can always be finished, so this never ends anywhere but in a program of the space.
public struct Derivation: Sendable {
    public let space: Space
    /// The choices made so far.
    public private(set) var choices: [Int] = []
    /// The sum of the logarithms of their probabilities under the grammar's weights.
    public private(set) var logProbability = 0.0
    var productions: [Int32] = []
    private var pending: [Pending]
    private var sum: Int32 = 0
    private(set) var node: Int32
    /// Where some draws must differ: the same derivation, walked to find what is possible.
    private var walk: Numbering<BigInt>.Walk?

    /// A draw that waits, or what becomes of the sum in between.
    private struct Pending {
        var item: Automaton.Item
        var parent: Decision.Choice?
        var sibling: Decision.Choice?
        var slot = 0
        var depth = 0
        /// Whether the next draw on the stack is of the same template.
        var hasNext = false
    }

    /// - Parameter room: for so many choices.
    init(_ space: Space, room: Int) {
        self.space = space
        let (state, node) = space.start
        pending = []
        pending.reserveCapacity(8)
        choices.reserveCapacity(room)
        productions.reserveCapacity(room)
        pending.append(Pending(item: Automaton.Item(kind: .draw, id: state)))
        self.node = node
        if space.model.hasTies { walk = space.withNumbering { $0.beginning() } }
    }

    /// Whether nothing is left to choose.
    public var isComplete: Bool { pending.isEmpty }

    /// What is to be chosen next; nil once the program is complete.
    public var decision: Decision? {
        guard let open = pending.last else { return nil }
        var options = space.options(at: node)
        if let possible { (options.allowed, options.priors) = restricted(options, to: possible) }
        return Decision(
            site: options.site, allowed: options.allowed, priors: options.priors, labels: options.labels, numbers: options.numbers,
            parent: open.parent, slot: open.slot, sibling: open.sibling, depth: open.depth)
    }

    /// By alternative of the present decision, whether it draws nothing further.
    package var endings: [Bool] {
        space.withAutomaton { automaton in
            let row = automaton.nodes[Int(node)]
            return (0..<Int(row.count)).map { automaton.options[Int(row.first) + $0].childCount == 0 }
        }
    }

    /// Whether one draw is open and no other. Changes nothing, as ``place()``.
    package mutating func isAtLastDraw() -> Bool {
        pending.withUnsafeMutableBufferPointer { pending in
            !pending.dropLast().contains { $0.item.kind == .draw || $0.item.kind == .bordered }
        }
    }

    /// Where a derivation stands, in plain numbers.
    package struct Place {
        /// The number of the place in the space: equal ones have the same site, mask and weights. Nil where what is possible depends on more
        /// (some draws must differ).
        package let node: Int?
        /// As in ``Decision``.
        package let parent: Decision.Choice?
        package let sibling: Decision.Choice?
    }

    /// Where the next choice is made; nil once the program is complete. Changes nothing: it is `mutating` so that a derivation in an array is
    /// read in place and not copied.
    package mutating func place() -> Place? {
        pending.withUnsafeMutableBufferPointer { pending in
            guard let open = pending.last else { return nil }
            return Place(node: walk == nil ? Int(node) : nil, parent: open.parent, sibling: open.sibling)
        }
    }

    /// Takes an alternative of the present decision, or a number of a continuous scale by its ``RealRange/choice(_:)``; returns false, and
    /// does nothing, where it is not allowed.
    @discardableResult
    public mutating func choose(_ choice: Int) -> Bool {
        guard let open = pending.last else { return false }
        var alternative = choice
        if let numbers = space.numbers(at: node) {
            guard numbers.contains(RealRange.number(choice)) else { return false }
            alternative = 0
        }
        var logPrior: Double?
        if let possible {
            let options = space.options(at: node)
            guard possible.indices.contains(alternative), possible[alternative] else { return false }
            logPrior = logarithm(restricted(options, to: possible).priors[alternative])
        }
        let isTaken = space.withAutomaton { automaton in
            let row = automaton.nodes[Int(node)]
            guard alternative >= 0, alternative < Int(row.count) else { return false }
            let option = automaton.options[Int(row.first) + alternative]
            guard option.production >= 0 else { return false }
            let made = Decision.Choice(site: Int(row.site), alternative: alternative)
            pending.removeLast()
            if open.hasNext, let next = pending.lastIndex(where: { $0.item.kind == .draw || $0.item.kind == .bordered }) { pending[next].sibling = made }
            if option.result >= 0 { pending.append(Pending(item: Automaton.Item(kind: .result, id: option.result))) }
            let slots = space.model.productions[Int(option.production)].slots
            for slot in (0..<Int(option.childCount)).reversed() {
                pending.append(Pending(
                    item: automaton.item(Int(option.children) + slot), parent: made, slot: slot,
                    depth: open.depth + slots[slot].offset, hasNext: slot + 1 < Int(option.childCount)))
            }
            choices.append(choice)
            productions.append(option.production)
            logProbability += logPrior ?? option.logPrior
            sum = option.sum
            reachNextDraw(&automaton)
            return true
        }
        if isTaken, var next = walk {
            walk = space.withNumbering { numbering in
                numbering.take(choice, &next)
                return next
            }
        }
        return isTaken
    }

    /// By alternative, what is possible where some draws must differ; nil where none must.
    private var possible: [Bool]? {
        guard var walk else { return nil }
        let count = space.options(at: node).allowed.count
        return space.withNumbering { $0.possible(&walk, count) }
    }

    private func restricted(_ options: (site: Int, allowed: [Bool], priors: [Double], labels: [String], numbers: RealRange?), to possible: [Bool]) -> (allowed: [Bool], priors: [Double]) {
        let priors = zip(options.priors, possible).map { $1 ? $0 : 0 }
        let total = priors.reduce(0, +)
        return (zip(options.allowed, possible).map { $0 && $1 }, priors.map { total > 0 ? $0 / total : 0 })
    }

    /// Takes from the stack what is no draw, and opens the next one.
    private mutating func reachNextDraw(_ automaton: inout Automaton) {
        while let next = pending.last {
            switch next.item.kind {
            case .draw:
                node = automaton.node(next.item.id, sum)
                return
            case .result, .back:
                sum = automaton.closed(next.item, sum)
                pending.removeLast()
            case .bordered:
                let (back, draw) = automaton.opened(next.item, sum)
                pending[pending.count - 1].item = draw
                pending.insert(Pending(item: back), at: pending.count - 1)
                sum = 0
            }
        }
    }

    /// Completes the program, each pending draw in turn with the fewest choices that leave the rest possible.
    ///
    /// For policies that have drawn long enough: without a limit in the grammar a policy, unlike its weights, may go on for ever.
    public mutating func finish() {
        if walk != nil { return finishApart() }
        while !isComplete { if !finishNext() { return } }
    }

    /// Completes the next pending draw with the fewest choices that leave the rest possible; false where there is none.
    @discardableResult
    mutating func finishNext() -> Bool {
        guard let open = pending.last else { return false }
        let choices = space.shortestChoices(open.item.id, sum)
        for choice in choices { choose(choice) }
        return !choices.isEmpty
    }

    /// The same where draws must differ: such spaces are finite, so any way ends; at each draw the alternative with the fewest draws.
    private mutating func finishApart() {
        while let decision {
            let draws = space.withAutomaton { automaton in
                let row = automaton.nodes[Int(node)]
                return (0..<Int(row.count)).map { Int(automaton.options[Int(row.first) + $0].childCount) }
            }
            guard let shortest = decision.allowed.indices.filter({ decision.allowed[$0] }).min(by: { draws[$0] < draws[$1] }), choose(shortest) else { return }
        }
    }

    /// The program, once complete.
    public var program: Expr? { isComplete ? space.printer.program(productions, choices) : nil }

    /// The program with its derivation, once complete.
    public var sample: Sample? { program.map { Sample(program: $0, choices: choices, logProbability: logProbability) } }

    /// The program as far as it goes: a hole for each draw that is still open, named after its rule; the next one stands in `< >`.
    public var open: Expr {
        let names = pending.reversed().filter { $0.item.kind == .draw || $0.item.kind == .bordered }.enumerated().map { number, open in
            let (name, arguments) = space.mention(of: open.item)
            return Symbol(number == 0 ? "<\(name)>\(arguments)" : "\(name)\(arguments)")
        }
        return space.printer.program(productions, choices, open: names)
    }

    /// The choices as a person reads them: numbers of alternatives, and the drawn numbers themselves.
    public var readableChoices: [Double] {
        zip(choices, productions).map { space.model.productions[Int($1)].numbers == nil ? Double($0) : RealRange.number($0) }
    }
}
