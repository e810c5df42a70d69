import Foundation
import NaslExpr
import NaslTensor
import Testing

/// Each rule against its paper's formulas, over parameters of awkward lengths, in both precisions.
@Suite struct UpdateRuleTests {
    /// One weight's step: its value, its gradient and its two states, changed in place.
    typealias Formula = @Sendable (_ w: inout Double, _ g: Double, _ m: inout Double, _ v: inout Double, _ step: Int, _ rate: Double) -> Void

    static let rules: [(rule: UpdateRule, formula: Formula)] = [
        (.sgd(), { w, g, _, _, _, rate in w -= rate * g }),
        (.momentum(beta: 0.8), { w, g, m, _, _, rate in
            m = 0.8 * m + g
            w -= rate * m
        }),
        (.nesterov(beta: 0.8), { w, g, m, _, _, rate in
            m = 0.8 * m + g
            w -= rate * (g + 0.8 * m)
        }),
        (.rmsprop(beta: 0.9, epsilon: 1e-3), { w, g, m, _, _, rate in
            m = 0.9 * m + 0.1 * g * g
            w -= rate * g / (m.squareRoot() + 1e-3)
        }),
        (.adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3), { w, g, m, v, step, rate in
            m = 0.8 * m + 0.2 * g
            v = 0.95 * v + 0.05 * g * g
            w -= rate * (m / (1 - pow(0.8, Double(step)))) / ((v / (1 - pow(0.95, Double(step)))).squareRoot() + 1e-3)
        }),
        (.adamw(beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1), { w, g, m, v, step, rate in
            m = 0.9 * m + 0.1 * g
            v = 0.99 * v + 0.01 * g * g
            let corrected = (v / (1 - pow(0.99, Double(step)))).squareRoot() + 1e-8
            w = w - rate * 0.1 * w - rate * (m / (1 - pow(0.9, Double(step)))) / corrected
        }),
        (.lion(beta1: 0.9, beta2: 0.95), { w, g, m, _, _, rate in
            let direction = 0.9 * m + 0.1 * g
            w -= rate * (direction > 0 ? 1 : direction < 0 ? -1 : 0)
            m = 0.95 * m + 0.05 * g
        }),
        // Searched rules: the average of cubes, and Adam as a term.
        (searched(["w", "q"], .apply(.add, .variable("q"), .apply(.mul, 0.1, .variable("w")))), { w, g, m, _, step, rate in
            m = 0.999 * m + 0.001 * g * g * g
            w -= rate * (m / (1 - pow(0.999, Double(step))) + 0.1 * w)
        }),
        (searched(["m", "v"], .apply(.div, .variable("m"), .apply(.add, .apply(.sqrt, .variable("v")), 1e-3))), { w, g, m, v, step, rate in
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g * g
            w -= rate * (m / (1 - pow(0.9, Double(step)))) / ((v / (1 - pow(0.999, Double(step)))).squareRoot() + 1e-3)
        }),
        // A state that needs the weight from before the step, which the same pass overwrites.
        (UpdateRule(name: "lagging", states: 2, scalars: [.learningRate]) { w, g, states, scalars in
            [w - scalars[0] * (g + states[0]), 0.5 * w, w * states[0]]
        }, { w, g, m, v, _, rate in
            let old = w
            w -= rate * (g + m)
            v = old * m
            m = 0.5 * old
        }),
    ]

    /// Where the term makes no rule, plain descent, which then does not follow the formula.
    private static func searched(_ parameters: [Symbol], _ body: Expr) -> UpdateRule {
        (try? UpdateRule(FunctionTerm(parameters: parameters, body: body))) ?? .sgd()
    }

    @Test(arguments: rules.indices, [Precision.float, .double])
    func followsItsFormula(_ number: Int, _ precision: Precision) {
        let (rule, formula) = Self.rules[number]
        let tracer = Tracer(precision: precision)
        let parameters = [[3, 7], [1], [600]].map { tracer.parameter($0, name: "p") }
        let targets = parameters.map { tracer.input($0.shape) }
        tracer.section("train") {
            let losses = zip(parameters, targets).map { tracer.sum(tracer.squaredError($0, $1)) }
            tracer.gradient(of: tracer.add(tracer.add(losses[0], losses[1]), losses[2]))
            tracer.update(rule)
        }
        var plan = tracer.finish()
        var weights: [[Double]] = [], goals: [[Double]] = []
        for (slot, parameter) in parameters.enumerated() {
            weights.append(randomValues(parameter.count, seed: slot))
            goals.append(randomValues(parameter.count, seed: slot + 10))
            plan.write(weights[slot], to: parameter)
            plan.write(goals[slot], to: targets[slot])
        }
        var first = weights.map { [Double](repeating: 0, count: $0.count) }, second = first
        for step in 1...12 {
            plan.prepareUpdate(step: step, learningRate: 0.03)
            plan.run("train")
            for slot in weights.indices {
                for index in weights[slot].indices {
                    let gradient = 2 * (weights[slot][index] - goals[slot][index])
                    formula(&weights[slot][index], gradient, &first[slot][index], &second[slot][index], step, 0.03)
                }
            }
        }
        let tolerance = precision == .float ? 2e-5 : 1e-12
        for (slot, parameter) in parameters.enumerated() {
            let worst = zip(plan.values(of: parameter), weights[slot]).map { abs($0 - $1) }.max() ?? .infinity
            #expect(worst < tolerance, "\(rule.name)")
        }
    }

    @Test func rulesSayWhatTheyNeed() {
        #expect(UpdateRule.adam().scalars.map(\.name) == ["learning rate", "1 - beta1^t", "1 - beta2^t"])
        #expect(abs(UpdateRule.adam().scalars[2].value(UpdateRule.Moment(step: 2, learningRate: 0.1)) - 0.001999) < 1e-12)
        #expect(UpdateRule.sgd().stateCount == 0 && UpdateRule.adam().stateCount == 2)
    }
}
