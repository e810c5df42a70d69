/// A derivation as a tree: at which site each choice was made, and which choices its draws lead to.
///
///     let tree = space.tree(of: choices)
///     tree.end(of: 0) == choices.count
///
/// Choices are numbered in drawing order, so those below a choice follow it.
public struct DerivationTree: Sendable {
    public let choices: [Int]
    /// Of each choice, an index into ``Space/sites``.
    public let sites: [Int]
    /// Of each choice, how many draws its alternative has.
    let draws: [Int]
    /// Of each choice, the number behind the last one below it.
    let ends: [Int]

    init(choices: [Int], sites: [Int], draws: [Int]) {
        (self.choices, self.sites, self.draws) = (choices, sites, draws)
        var ends = [Int](repeating: 0, count: choices.count)
        // The ends of the trees that stand behind, the nearest last.
        var open: [Int] = []
        for position in choices.indices.reversed() {
            var end = position + 1
            for _ in 0..<draws[position] { end = open.popLast() ?? choices.count }
            ends[position] = end
            open.append(end)
        }
        self.ends = ends
    }

    public func end(of position: Int) -> Int { ends[position] }

    /// The choices that the draws of a choice lead to, in drawing order.
    func children(of position: Int) -> [Int] {
        var children: [Int] = []
        var child = position + 1
        for _ in 0..<draws[position] {
            children.append(child)
            child = ends[child]
        }
        return children
    }
}

extension Space {
    /// Nil where the choices are no derivation of the space.
    public func tree(of choices: [Int]) -> DerivationTree? {
        if model.hasTies { return treeApart(of: choices) }
        return withDrawing { automaton, room in
            var sites: [Int] = []
            sites.reserveCapacity(choices.count)
            var isPossible = true
            let ended = automaton.derive(into: &room, atMost: choices.count + 1) { automaton, id in
                let node = automaton.nodes[Int(id)]
                let numbers = hasNumbers ? automaton.model.nonterminals[Int(node.nonterminal)].numbers : nil
                let next = sites.count
                sites.append(Int(node.site))
                let choice = next < choices.count ? choices[next] : -1
                if let numbers {
                    isPossible = isPossible && next < choices.count && numbers.contains(RealRange.number(choice))
                    return (0, choice)
                }
                if automaton.isAllowed(choice, at: node) { return (choice, choice) }
                // It leads somewhere, and is given up.
                isPossible = false
                return ((0..<Int(node.count)).first { automaton.isAllowed($0, at: node) } ?? 0, choice)
            }
            guard ended != nil, isPossible, sites.count == choices.count else { return nil }
            return DerivationTree(choices: choices, sites: sites, draws: room.productions.elements.map { model.productions[Int($0)].slots.count })
        }
    }

    /// The same where some draws must differ.
    private func treeApart(of choices: [Int]) -> DerivationTree? {
        var derivation = derivation()
        var sites: [Int] = []
        for choice in choices {
            guard let decision = derivation.decision, derivation.choose(choice) else { return nil }
            sites.append(decision.site)
        }
        guard derivation.isComplete else { return nil }
        return DerivationTree(choices: choices, sites: sites, draws: derivation.productions.map { model.productions[Int($0)].slots.count })
    }
}
