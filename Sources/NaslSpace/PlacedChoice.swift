/// One choice of a derivation and where it stands in the tree of its draws.
public struct PlacedChoice: Sendable {
    /// What was to be decided.
    public let decision: Decision
    /// As a derivation holds it: the number of an alternative, or a number on a continuous scale by its ``RealRange/choice(_:)``.
    public let choice: Int
    /// The place, among the derivation's choices, of the one whose template holds this draw; nil at the start.
    public let parent: Int?

    public var site: Int { decision.site }
    /// Which of its parent's draws this is, from 0.
    public var slot: Int { decision.slot }
}

extension Space {
    /// The choices of a derivation in drawing order, each with its place; nil where they are no derivation of the space.
    public func placed(_ choices: [Int]) -> [PlacedChoice]? {
        var derivation = derivation()
        var placed: [PlacedChoice] = []
        placed.reserveCapacity(choices.count)
        // The choices with draws that wait, the innermost last, and how many wait.
        var open: [(place: Int, draws: Int)] = []
        for choice in choices {
            guard let decision = derivation.decision, derivation.choose(choice) else { return nil }
            while let last = open.last, last.draws == 0 { open.removeLast() }
            placed.append(PlacedChoice(decision: decision, choice: choice, parent: open.last?.place))
            if !open.isEmpty { open[open.count - 1].draws -= 1 }
            open.append((placed.count - 1, derivation.productions.last.map { model.productions[Int($0)].slots.count } ?? 0))
        }
        return derivation.isComplete ? placed : nil
    }
}
