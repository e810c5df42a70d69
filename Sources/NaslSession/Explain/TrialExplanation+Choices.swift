#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslControl
import NaslExpr
import NaslLanguage
import NaslSpace

extension TrialExplanation {
    /// One choice of the derivation.
    struct Choice: Sendable {
        /// The rule, or the draw that is none.
        let draw: String
        let taken: String
        /// Of what was taken: by whoever drew, and by the grammar's weights. Of a number on a continuous scale the density on it, which is 1 by the grammar.
        let probability: Double
        let prior: Double
        /// Of the choice, in bits: 0 where it was certain.
        let entropy: Double
        let alternatives: [(text: String, choice: Int, probability: Double)]
        /// The program after the choice, with a hole for each draw that waits.
        let program: String

        /// - Returns: the choices, and whether a controller's probabilities are known.
        static func all(_ choices: [Int], in grammar: GrammarValue, by controller: (any Controller)?) -> ([Choice], Bool) {
            let learned = controller?.probabilities(of: choices)
            var derivation = grammar.space.derivation()
            var result: [Choice] = []
            for (number, choice) in choices.enumerated() {
                guard let decision = derivation.decision, let alternative = decision.alternative(of: choice), derivation.choose(choice) else { return ([], false) }
                let isNumber = decision.numbers != nil
                let all = learned?[number] ?? decision.priors
                let possible = decision.labels.indices.filter { !isNumber && decision.allowed[$0] }
                result.append(Choice(
                    draw: grammar.space.sites[decision.site].name.text, taken: isNumber ? numberText(RealRange.number(choice)) : decision.labels[alternative],
                    probability: all[alternative], prior: decision.priors[alternative], entropy: isNumber ? 0 : entropy(all),
                    alternatives: possible.map { (decision.labels[$0], $0, all[$0]) }, program: StepValue(grammar, derivation).text))
            }
            return (result, learned != nil)
        }

        private static func entropy(_ probabilities: [Double]) -> Double { probabilities.reduce(0) { $0 - ($1 > 0 ? $1 * log2($1) : 0) } }
    }
}
