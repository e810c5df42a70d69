import NaslTensor
import Testing

@Suite struct TrainingTests {
    /// 50 steps against the plain implementation: losses and final weights.
    @Test(arguments: ["sgd", "momentum", "adam"], [Precision.float, .double])
    func followsThePlainImplementation(_ name: String, _ precision: Precision) throws {
        let rules = ["sgd": (UpdateRule.sgd(), 0.2), "momentum": (.momentum(), 0.05), "adam": (.adam(), 0.01)]
        let (rule, rate) = try #require(rules[name])
        var child = try Child(rule, precision: precision)
        var naive = NaiveChild(
            words: Child.words, width: Child.width, context: Child.context, hidden: Child.hidden, classes: Child.classes,
            parameters: child.plan.parameters.map { child.plan.values(of: $0.variable) })
        let tolerance = precision == .float ? 1e-4 : 1e-10
        var losses: [Double] = []
        for step in 1...50 {
            let loss = child.step(step, rate: rate)
            let (tokens, labels) = Child.batchOf(step)
            let (expected, gradients) = naive.lossAndGradients(tokens: tokens, labels: labels)
            naive.update(name, gradients, step: step, rate: rate)
            #expect(abs(loss - expected) < tolerance)
            losses.append(loss)
        }
        #expect(Set(losses).count == 50)
        for (part, parameter) in child.plan.parameters.enumerated() {
            let error = zip(child.plan.values(of: parameter.variable), naive.parameters[part]).map { abs($0 - $1) }.max() ?? 0
            #expect(error < tolerance)
        }
    }
}
