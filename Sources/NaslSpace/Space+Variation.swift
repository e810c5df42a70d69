import NaslExpr
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
        case .exchange: return grown(tree, at: place, .exchanged(place), &stream)
        case .wrap: return grown(tree, at: place, .wrapped(place), &stream)
        case .hoist:
            let inner = (place + 1..<tree.end(of: place)).filter { tree.sites[$0] == tree.sites[place] }
            guard !inner.isEmpty else { return grown(tree, at: place, .fresh, &stream) }
            return grown(tree, at: place, .kept(inner[stream.below(inner.count)]), &stream)
        }
    }

    /// A copy of a program in which a part of another one, drawn at the same site, has taken the place of one of its own. Where the two have
    /// no site in common, a part is drawn anew.
    public func crossed(_ tree: DerivationTree, _ other: DerivationTree, _ stream: inout RandomStream) -> Sample {
        guard !tree.choices.isEmpty else { return sample(&stream) }
        var isShared = [Bool](repeating: false, count: model.sites.count)
        for site in other.sites { isShared[site] = true }
        // The whole program would be a copy of the other one.
        let place = Space.drawn(1..<max(1, tree.sites.count), &stream) { isShared[tree.sites[$0]] }
        guard let place else { return grown(tree, at: stream.below(tree.choices.count), .fresh, &stream) }
        let site = tree.sites[place]
        guard let part = Space.drawn(other.sites.indices, &stream, where: { other.sites[$0] == site }) else { return sample(&stream) }
        return grown(tree, at: place, .kept(part), from: other, &stream)
    }

    /// One of the positions that fit, all as likely; nil, and nothing is drawn, where none does.
    @inline(__always)
    private static func drawn(_ positions: Range<Int>, _ stream: inout RandomStream, where fits: (Int) -> Bool) -> Int? {
        var count = 0
        for position in positions where fits(position) { count += 1 }
        if count == 0 { return nil }
        var left = stream.below(count)
        for position in positions where fits(position) {
            if left == 0 { return position }
            left -= 1
        }
        return nil
    }

    /// The program of `tree` with `change` at `place`; `source` is where what the change keeps comes from, nil: the tree itself.
    private func grown(
        _ tree: DerivationTree, at place: Int, _ change: Regrowth.Plan, from source: DerivationTree? = nil, _ stream: inout RandomStream
    ) -> Sample {
        var regrowth = Regrowth(of: tree, place, change, from: source ?? tree)
        if model.hasTies { return grownApart(&regrowth, &stream) }
        let grown = withDrawing { automaton, room in
            let logProbability = automaton.derive(into: &room, atMost: Space.longestVariation) { automaton, id in
                let node = automaton.nodes[Int(id)]
                let numbers = hasNumbers ? automaton.model.nonterminals[Int(node.nonterminal)].numbers : nil
                let choice = regrowth.choice(
                    at: Int(node.site), numbers, isAllowed: { automaton.isAllowed($0, at: node) }, priors: { automaton.priors[Int(id)] }, &stream)
                let alternative = numbers == nil ? choice : 0
                regrowth.descend(Int(automaton.options[Int(node.first) + alternative].childCount), &stream)
                return (alternative, choice)
            }
            let choices = Array(room.choices.elements)
            guard let logProbability else { return Sample(program: Expr(nodes: []), choices: choices, logProbability: .nan) }
            return Sample(program: printer.program(room.productions.elements, room.choices.elements), choices: choices, logProbability: logProbability)
        }
        if !grown.logProbability.isNaN { return grown }
        var derivation = (try? follow(grown.choices)) ?? derivation()
        derivation.finish()
        return derivation.sample ?? sample(&stream)
    }

    /// The same where some draws must differ: such programs end by themselves.
    private func grownApart(_ regrowth: inout Regrowth, _ stream: inout RandomStream) -> Sample {
        var derivation = derivation()
        while let decision = derivation.decision {
            let choice = regrowth.choice(
                at: decision.site, decision.numbers, isAllowed: { decision.allowed.indices.contains($0) && decision.allowed[$0] },
                priors: { decision.priors }, &stream)
            guard derivation.choose(choice) else { break }
            regrowth.descend(derivation.productions.last.map { model.productions[Int($0)].slots.count } ?? 0, &stream)
        }
        return derivation.sample ?? sample(&stream)
    }

    /// A grammar without limits may draw for ever.
    static let longestVariation = 10_000
}
