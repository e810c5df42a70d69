import NaslSpace

/// A derivation as a policy reads it: at each step what it saw, what was possible, what was taken.
package struct Episode {
    struct Step {
        /// The words it saw.
        let inputs: (Int32, Int32, Int32, Int32)
        let site: Int
        /// Of each alternative of the site; -infinity where it is not allowed.
        let logPriors: [Double]
        /// The alternative taken.
        var taken = 0
    }

    var steps: [Step] = []

    /// The step for an open decision, after what this episode holds.
    func step(_ decision: Decision, _ vocabulary: PolicyVocabulary, _ logarithms: inout PriorLogarithms) -> Step {
        let previous = steps.last.map { Int32(vocabulary.choice($0.site, $0.taken)) } ?? Int32(vocabulary.none)
        return Step(
            inputs: (previous, vocabulary.word(decision.parent), vocabulary.word(decision.sibling), vocabulary.word(site: decision.site)),
            site: decision.site, logPriors: logarithms.of(decision.priors, site: decision.site))
    }

    init() {}

    /// The derivation of these choices; nil where they are none.
    init?(_ choices: [Int], in space: Space, _ vocabulary: PolicyVocabulary) {
        var derivation = space.derivation()
        var logarithms = PriorLogarithms(sites: space.sites.count)
        for choice in choices {
            guard let decision = derivation.decision, let alternative = decision.alternative(of: choice) else { return nil }
            var step = step(decision, vocabulary, &logarithms)
            step.taken = alternative
            steps.append(step)
            guard derivation.choose(choice) else { return nil }
        }
        if !derivation.isComplete { return nil }
    }
}
