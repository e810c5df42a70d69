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
