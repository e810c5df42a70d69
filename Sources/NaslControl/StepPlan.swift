import NaslTensor

/// One step of the policy for a batch of sequences; the state is carried from step to step.
final class StepPlan {
    private var plan: Plan
    private let network: PolicyNetwork
    private let tokens: Tracer.Tokens
    private let before: [Tracer.Variable]
    private let after: [Tracer.Variable]
    private let logits: Tracer.Variable
    private let columns: Int
    let batch: Int

    init(batch: Int, _ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) {
        let tracer = Tracer(precision: settings.precision)
        self.batch = batch
        network = PolicyNetwork(tracer, settings, vocabulary)
        tokens = tracer.tokens([batch, PolicyVocabulary.inputs])
        let (h, c) = (tracer.input([batch, settings.width]), tracer.input([batch, settings.width]))
        var tables: [Tracer.Variable] = []
        let network = network
        tracer.section("tables") { tables = [network.inputTables()] }
        let result = network.unroll(tokens, tables: tables[0], batch: batch, steps: 1, h: h, c: c)
        before = [h, c]
        after = [result.h, result.c]
        logits = result.logits
        columns = vocabulary.choices
        plan = tracer.finish()
    }

    func setWeights(_ weights: [Double]) {
        plan.setWeights(weights, network.weights)
        plan.run("tables")
    }

    /// Back to the state before the first step.
    func reset() {
        for state in before { plan.clear(state) }
    }

    /// Runs one step. `steps` holds what each sequence sees, nil for one that has ended.
    func run(_ steps: [Episode.Step?]) {
        plan.withTokens(tokens) { buffer in
            for row in 0..<batch {
                let inputs = (row < steps.count ? steps[row]?.inputs : nil) ?? (0, 0, 0, 0)
                let start = row * PolicyVocabulary.inputs
                (buffer[start], buffer[start + 1], buffer[start + 2], buffer[start + 3]) = inputs
            }
        }
        plan.run()
        for (old, new) in zip(before, after) { plan.copy(new, to: old) }
    }

    /// Puts what the last step makes of the alternatives of a sequence into `distribution`.
    func read(_ step: Episode.Step, row: Int, _ vocabulary: PolicyVocabulary, into distribution: inout Distribution) {
        let start = row * columns + vocabulary.offsets[step.site]
        switch plan.precision {
        case .float: plan.withFloats(of: logits) { all in distribution.set(step.logPriors) { Double(all[start + $0]) } }
        case .double: plan.withDoubles(of: logits) { all in distribution.set(step.logPriors) { all[start + $0] } }
        }
    }
}

extension Plan {
    /// Sets the parameters from one flat array, in their order.
    mutating func setWeights(_ weights: [Double], _ variables: [Tracer.Variable]) {
        var start = 0
        for variable in variables {
            write(Array(weights[start..<start + variable.count]), to: variable)
            start += variable.count
        }
    }

    /// The values of one variable become those of another of the same shape.
    fileprivate func copy(_ source: Tracer.Variable, to target: Tracer.Variable) {
        switch precision {
        case .float: withFloats(of: source) { from in withFloats(of: target) { _ = $0.update(from: from) } }
        case .double: withDoubles(of: source) { from in withDoubles(of: target) { _ = $0.update(from: from) } }
        }
    }
}
