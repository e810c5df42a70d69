import NaslSpace

/// A derivation as a policy reads it: at each step what it saw, what was possible, what was taken. It belongs to that policy, whose table of
/// priors it names.
package struct Episode {
    struct Step: BitwiseCopyable {
        /// The words it saw.
        var inputs: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        var site: Int32 = 0
        /// What was possible, as a row of the policy's ``PriorTable``.
        var priors: Int32 = 0
        /// The alternative taken.
        var taken: Int32 = 0
        /// Where a number on a continuous scale lies on it.
        var position = 0.0
        /// Where the alternatives are earlier values: their stretch of ``Episode/anchors``.
        var anchors: (start: Int32, count: Int32) = (0, 0)
    }

    var steps: [Step] = []
    /// The steps with which earlier values were complete, for all steps that attend to some; -1: before the first.
    private(set) var anchors: [Int32] = []
    /// The draw that it comes from, and its number there.
    var origin: (draw: Int, slot: Int)?

    /// The word of the choice before the next step.
    func previous(_ vocabulary: PolicyVocabulary) -> Int32 { Int32(steps.last.map { vocabulary.choice(Int($0.site), Int($0.taken)) } ?? vocabulary.none) }

    /// Takes in the anchors of the next step, and gives their stretch.
    mutating func attend(_ next: [Int]) -> (start: Int32, count: Int32) {
        defer { anchors += next.map(Int32.init) }
        return (Int32(anchors.count), Int32(next.count))
    }

    /// - Parameter room: for so many steps.
    init(room: Int = 0) { steps.reserveCapacity(room) }

    /// The derivation of these choices; nil where they are none.
    init?(_ choices: [Int], in space: Space, _ vocabulary: PolicyVocabulary, _ priors: inout PriorTable) {
        var derivation = space.derivation()
        for choice in choices {
            guard let decision = derivation.decision, let alternative = decision.alternative(of: choice) else { return nil }
            let site = decision.site
            let inputs = (previous(vocabulary), vocabulary.word(decision.parent), vocabulary.word(decision.sibling), vocabulary.word(site: site))
            let row = priors.row(of: decision, in: &derivation, step: steps.count)
            let position = decision.numbers.map { $0.position(of: RealRange.number(choice)) } ?? 0
            let attended = vocabulary.attention[site] == .none ? (0, 0) : attend(derivation.anchors)
            steps.append(Step(inputs: inputs, site: Int32(site), priors: Int32(row), taken: Int32(alternative), position: position, anchors: attended))
            guard derivation.choose(choice) else { return nil }
        }
        if !derivation.isComplete { return nil }
    }
}
