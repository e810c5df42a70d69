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

    /// The program of `tree` with `change` at `place`.
    private func grown(_ tree: DerivationTree, at place: Int, _ change: Regrowth.Plan, _ stream: inout RandomStream) -> Sample {
        var regrowth = Regrowth(of: tree, place, change)
        if model.hasTies { return grownApart(&regrowth, &stream) }
        let grown = withDrawing { automaton, room in
            let logProbability = automaton.derive(into: &room, atMost: Space.longestVariation) { automaton, id in
                let node = automaton.nodes[Int(id)]
                let numbers = hasNumbers ? automaton.model.nonterminals[Int(node.nonterminal)].numbers : nil
                let choice = regrowth.choice(at: Int(node.site), automaton.allowed[Int(id)], automaton.priors[Int(id)], numbers, &stream)
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
            guard derivation.choose(regrowth.choice(at: decision.site, decision.allowed, decision.priors, decision.numbers, &stream)) else { break }
            regrowth.descend(derivation.productions.last.map { model.productions[Int($0)].slots.count } ?? 0, &stream)
        }
        return derivation.sample ?? sample(&stream)
    }

    /// A grammar without limits may draw for ever.
    static let longestVariation = 10_000
}
