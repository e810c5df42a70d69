import NaslControl
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

/// What a policy keeps in another space.
@Suite struct TransferTests {
    private func grammar(_ rules: [(Symbol, [Expr])]) throws -> Space {
        try Space(Grammar(name: "G", parameters: [("x", "Tensor")], resultType: "Tensor",
                          rules: rules.map { Rule(name: $0.0, alternatives: $0.1.map { Alternative($0) }) }, constraints: [Constraint(.depth(atMost: 4))]))
    }

    private let x = Expr.variable("x"), e = Expr.hole("E")

    /// A policy that has learned to write `sin`.
    private func trained(_ space: Space) -> ReinforceController {
        let controller = ReinforceController(space: space, seed: 1)
        for round in 0..<60 {
            controller.learn(controller.propose(round: round, count: controller.roundSize).map { proposal in
                Outcome(proposal: proposal, reward: Double(occurrences(of: .sin, in: proposal.sample.program)))
            })
        }
        return controller
    }

    private func told(_ kept: PolicyKnowledge.Kept) -> String {
        let rules = kept.rules.map { "\($0.name) \($0.shared)/\($0.alternatives)" }
        return "\(rules.joined(separator: ", ")); anew \(kept.fresh.joined(separator: ", "))"
    }

    @Test func inTheSameSpaceAllIsKept() throws {
        let rules: [(Symbol, [Expr])] = [("E", [x, .apply(.sin, e), .apply(.tanh, e), .apply(.add, e, e)])]
        let old = trained(try grammar(rules))
        let space = try grammar(rules)
        let new = ReinforceController(space: space, seed: 2)
        let knowledge = PolicyKnowledge(old.policy)
        #expect(new.policy.adopt(knowledge))
        var stream = RandomStream(seed: 3)
        for _ in 0..<20 {
            let choices = space.sample(&stream).choices
            #expect(abs(new.logProbability(of: choices) - old.logProbability(of: choices)) < 1e-6)
        }
        #expect(told(knowledge.kept(in: space)) == "E 4/4; anew ")
    }

    /// Alternatives in another order, one more, one less, and a rule that is new.
    @Test func whatIsSharedIsKept() throws {
        let old = trained(try grammar([("E", [x, .apply(.sin, e), .apply(.tanh, e), .apply(.add, e, e)])]))
        let space = try grammar([("E", [.apply(.mul, e, .hole("C")), .apply(.add, e, e), x, .apply(.sin, e)]), ("C", [.number(1), .number(2)])])
        let fresh = ReinforceController(space: space, seed: 2)
        let begun = ReinforceController(space: space, seed: 2)
        let knowledge = PolicyKnowledge(old.policy)
        #expect(begun.policy.adopt(knowledge))
        #expect(told(knowledge.kept(in: space)) == "E 3/4; anew C")
        // The first choice of sin(x): a sum, the old one's favourite, since it has room for more sines.
        let first = try #require(begun.probabilities(of: [3, 2])?.first), before = try #require(fresh.probabilities(of: [3, 2])?.first)
        #expect(first[1] > 0.6 && before[1] < 0.35, "\(first) \(before)")
        func sines(_ controller: ReinforceController) -> Double {
            let drawn = (0..<20).flatMap { controller.propose(round: $0, count: controller.roundSize) }
            return drawn.reduce(0) { $0 + Double(occurrences(of: .sin, in: $1.sample.program)) } / Double(drawn.count)
        }
        #expect(sines(begun) > 1.5 * sines(fresh))
    }

    @Test func nothingIsKeptOfAnotherShapeOrOtherRules() throws {
        let old = trained(try grammar([("E", [x, .apply(.sin, e)])]))
        var settings = PolicyGradientSettings()
        settings.width = 8
        let space = try grammar([("F", [x, .apply(.sin, .hole("F"))])])
        let knowledge = PolicyKnowledge(old.policy)
        #expect(told(knowledge.kept(in: space)) == "; anew F")
        let narrow = ReinforceController(space: try grammar([("E", [x, .apply(.sin, e)])]), seed: 1, settings: settings)
        let weights = narrow.policy.weights
        #expect(!narrow.policy.adopt(knowledge) && narrow.policy.weights == weights)
    }
}
