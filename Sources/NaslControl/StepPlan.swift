import NaslTensor

/// One step of the policy for a batch of sequences; the state is carried from step to step.
final class StepPlan {
    private var plan: Plan
    private let network: PolicyNetwork
    private let tokens: Tracer.Tokens
    private let state: [Tracer.Variable]
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
        logits = network.step(tokens, tables: tables[0], h: h, c: c)
        state = [h, c]
        columns = vocabulary.choices
        tracer.reserveDraws(columns: columns)
        plan = tracer.finish()
    }

    func setWeights(_ weights: [Double]) {
        plan.setWeights(weights, network.weights)
        plan.run("tables")
    }

    /// Back to the state before the first step.
    func reset() {
        for variable in state { plan.clear(variable) }
    }

    /// Runs one step of all sequences.
    func run(_ steps: [Episode.Step]) {
        plan.withTokens(tokens) { words in
            for (row, step) in steps.enumerated() {
                let start = row * PolicyVocabulary.inputs
                (words[start], words[start + 1], words[start + 2], words[start + 3]) = step.inputs
            }
        }
        plan.run()
    }

    /// Draws a choice in each sequence from what the last step makes of its alternatives.
    func draw(_ draws: inout [PolicyDraw], _ priors: PriorTable) {
        priors.withValues { plan.draw(&draws, logits: logits, columns: columns, priors: $0) }
    }

    /// Puts what the last step makes of the alternatives of a sequence into `distribution`.
    func read(_ step: Episode.Step, row: Int, _ vocabulary: PolicyVocabulary, _ priors: PriorTable, into distribution: inout Distribution) {
        let start = row * columns + vocabulary.offsets[Int(step.site)], logPriors = priors.rows[Int(step.priors)].logarithms
        switch plan.precision {
        case .float: plan.withFloats(of: logits) { all in distribution.set(logPriors) { Double(all[start + $0]) } }
        case .double: plan.withDoubles(of: logits) { all in distribution.set(logPriors) { all[start + $0] } }
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
}
