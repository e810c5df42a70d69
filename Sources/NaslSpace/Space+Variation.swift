import NaslRandom

/// One small change of a program.
public enum Variation: Int, Sendable, Hashable, CaseIterable {
    /// A part is drawn anew.
    case redraw
    /// Another alternative is taken, and the draws below it are kept where they fit.
    case exchange
    /// A part becomes one of its own parts.
    case hoist
    /// A part is drawn anew around what stood there.
    case wrap
}

/// Programs from other programs. Every change keeps to the masks: what stood behind it is kept wherever it is still possible, and drawn anew
/// where it is not, so that the result is a program of the space and nothing is ever rejected.
extension Space {
    /// A copy of a program with one change at a random choice.
    public func varied(_ tree: DerivationTree, _ variation: Variation, _ stream: inout RandomStream) -> Sample {
        guard !tree.choices.isEmpty else { return sample(&stream) }
        let place = stream.below(tree.choices.count)
        switch variation {
        case .redraw: return grown(tree, at: place, .fresh, &stream)
        case .exchange: return grown(tree, at: place, .exchanged(tree, place), &stream)
        case .wrap: return grown(tree, at: place, .wrapped(tree, place), &stream)
        case .hoist:
            let inner = (place + 1..<tree.end(of: place)).filter { tree.sites[$0] == tree.sites[place] }
            guard !inner.isEmpty else { return grown(tree, at: place, .fresh, &stream) }
            return grown(tree, at: place, .kept(tree, inner[stream.below(inner.count)]), &stream)
        }
    }

    /// A copy of a program in which a part of another one, drawn at the same site, has taken the place of one of its own. Where the two have
    /// no site in common, a part is drawn anew.
    public func crossed(_ tree: DerivationTree, _ other: DerivationTree, _ stream: inout RandomStream) -> Sample {
        guard !tree.choices.isEmpty else { return sample(&stream) }
        let known = Set(other.sites)
        // The whole program would be a copy of the other one.
        let places = tree.choices.indices.filter { $0 > 0 && known.contains(tree.sites[$0]) }
        guard !places.isEmpty else { return grown(tree, at: stream.below(tree.choices.count), .fresh, &stream) }
        let place = places[stream.below(places.count)]
        let parts = other.choices.indices.filter { other.sites[$0] == tree.sites[place] }
        return grown(tree, at: place, .kept(other, parts[stream.below(parts.count)]), &stream)
    }

    /// What a draw that waits should become.
    private enum Plan {
        case fresh
        /// That choice of the program and all below it, but for the change.
        case own(Int)
        /// That choice of a tree and all below it.
        case kept(DerivationTree, Int)
        /// Another alternative than that one, with the same draws below it.
        case exchanged(DerivationTree, Int)
        /// Anything, with that choice at one of its draws.
        case wrapped(DerivationTree, Int)
    }

    /// The program of `tree` with `change` at `place`.
    private func grown(_ tree: DerivationTree, at place: Int, _ change: Plan, _ stream: inout RandomStream) -> Sample {
        var derivation = derivation()
        // The draws that wait, the next one last.
        var plans: [Plan] = [.own(0)]
        while let decision = derivation.decision {
            if derivation.choices.count >= Space.longestVariation {
                derivation.finish()
                break
            }
            var plan = plans.popLast() ?? .fresh
            if case .own(place) = plan { plan = change }
            let (choice, isPlanned) = choice(for: plan, of: tree, decision, &stream)
            guard derivation.choose(choice) else { break }
            let draws = derivation.productions.last.map { model.productions[Int($0)].slots.count } ?? 0
            plans += below(isPlanned ? plan : .fresh, of: tree, draws: draws, &stream).reversed()
        }
        return derivation.sample ?? sample(&stream)
    }

    /// A grammar without limits may draw for ever.
    static let longestVariation = 10_000

    /// The choice at a draw, and whether it is what the plan says.
    private func choice(for plan: Plan, of own: DerivationTree, _ decision: Decision, _ stream: inout RandomStream) -> (Int, isPlanned: Bool) {
        func kept(_ tree: DerivationTree, _ position: Int) -> Int? {
            tree.sites[position] == decision.site && decision.alternative(of: tree.choices[position]) != nil ? tree.choices[position] : nil
        }
        switch plan {
        case .own(let position): if let choice = kept(own, position) { return (choice, true) }
        case .kept(let tree, let position): if let choice = kept(tree, position) { return (choice, true) }
        case .exchanged(let tree, let position): return (drawn(decision, without: kept(tree, position), &stream), true)
        case .wrapped: return (drawn(decision, without: nil, &stream), true)
        case .fresh: break
        }
        return (drawn(decision, without: nil, &stream), false)
    }

    /// By the grammar's weights; `unwanted` only where nothing else is possible.
    func drawn(_ decision: Decision, without unwanted: Int?, _ stream: inout RandomStream) -> Int {
        if let numbers = decision.numbers { return RealRange.choice(numbers.number(at: stream.uniform())) }
        var weights = decision.priors
        if let unwanted, weights.indices.contains(where: { $0 != unwanted && weights[$0] > 0 }) { weights[unwanted] = 0 }
        var point = stream.uniform() * weights.reduce(0, +)
        for (alternative, weight) in weights.enumerated() where weight > 0 {
            if point < weight { return alternative }
            point -= weight
        }
        // Rounding has left the sum a little below the total.
        return weights.lastIndex { $0 > 0 } ?? 0
    }

    /// What becomes of the draws of a choice, in drawing order.
    private func below(_ plan: Plan, of own: DerivationTree, draws: Int, _ stream: inout RandomStream) -> [Plan] {
        var plans = [Plan](repeating: .fresh, count: draws)
        switch plan {
        case .fresh: break
        case .own(let position): for (slot, child) in own.children(of: position).prefix(draws).enumerated() { plans[slot] = .own(child) }
        case .kept(let tree, let position), .exchanged(let tree, let position):
            for (slot, child) in tree.children(of: position).prefix(draws).enumerated() { plans[slot] = .kept(tree, child) }
        case .wrapped(let tree, let position): if draws > 0 { plans[stream.below(draws)] = .kept(tree, position) }
        }
        return plans
    }
}
