import NaslRandom

/// Programs beside a given one, for telling what a choice is worth.
extension Space {
    /// The program in which one choice is another one, and everything else as it was wherever it is still possible; what has no counterpart is
    /// drawn by the grammar's weights. Nil where that alternative is not possible there.
    public func exchanging(_ tree: DerivationTree, at place: Int, for choice: Int, _ stream: (Int) -> RandomStream) -> Sample? {
        var isTaken = false
        let sample = redrawn(tree, stream) { position, decision in
            guard position == place else { return tree.choices[position] }
            isTaken = decision.alternative(of: choice) != nil
            return choice
        }
        return isTaken ? sample : nil
    }

    /// The program in which some choices stand, wherever they are still possible, and all others are drawn anew by the grammar's weights; the
    /// draws below a new choice stand for those below the old one, one by one.
    public func redrawing(_ tree: DerivationTree, keeping isKept: [Bool], _ stream: (Int) -> RandomStream) -> Sample {
        redrawn(tree, stream) { position, _ in isKept[position] ? tree.choices[position] : nil }
    }

    /// - Parameters:
    ///   - stream: where a new choice comes from, by the place of `tree` that it stands for, so that what is drawn at one place does not change what is
    ///     drawn at another.
    ///   - choice: what is wanted at a place of `tree`; nil: anything.
    private func redrawn(_ tree: DerivationTree, _ stream: (Int) -> RandomStream, choice: (Int, Decision) -> Int?) -> Sample {
        var derivation = derivation()
        // The places of `tree` that the draws which wait stand for, the next one last; nil: none.
        var places: [Int?] = [0]
        while let decision = derivation.decision {
            if derivation.choices.count >= Space.longestVariation {
                derivation.finish()
                break
            }
            let place = places.popLast().flatMap { $0 }.flatMap { tree.choices.indices.contains($0) && tree.sites[$0] == decision.site ? $0 : nil }
            let wanted = place.flatMap { choice($0, decision) }
            if wanted.map({ derivation.choose($0) }) != true {
                // What stands for nothing in `tree` is numbered behind it.
                var numbers = stream(place ?? tree.choices.count + derivation.choices.count)
                guard derivation.choose(Regrowth.drawn(decision.priors, decision.numbers, without: nil, &numbers)) else { break }
            }
            let draws = derivation.productions.last.map { model.productions[Int($0)].slots.count } ?? 0
            var below = [Int?](repeating: nil, count: draws)
            if let place { for (slot, child) in tree.children(of: place).prefix(draws).enumerated() { below[slot] = child } }
            places += below.reversed()
        }
        if let sample = derivation.sample { return sample }
        var numbers = stream(0)
        return sample(&numbers)
    }
}
