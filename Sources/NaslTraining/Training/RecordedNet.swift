import NaslTensor

/// A trained net as a list of operations, with its weights: what an export prints.
package struct RecordedNet: Sendable {
    package enum Input: Sendable {
        /// Numbers of this shape, without the batch; pictures have their channels last.
        case values(Tracer.Variable)
        /// [B, context] characters.
        case tokens(Tracer.Tokens)
        /// One character of each of B streams, [1, B]: a step of a recurrent net.
        case stream(Tracer.Tokens)
    }

    /// Numbers that belong to the net: weights, and averages that batch normalisation keeps.
    package struct Weight: Sendable {
        package let name: String
        package let variable: Tracer.Variable
        package let values: [Double]
    }

    package let summary: String
    package let input: Input
    package let steps: [Tracer.Step]
    package let output: Tracer.Variable
    /// What a recurrent net carries from step to step, and what it becomes.
    package let states: [(start: Tracer.Variable, end: Tracer.Variable)]
    package let weights: [Weight]
    /// 0 where a number is predicted.
    package let classes: Int
    /// The characters by number, where it reads text.
    package let vocabulary: [UInt8]

    /// The shape of a value, with the batch.
    package func shape(of id: Int32) -> [Int]? {
        if case .values(let x) = input, x.id == id { return x.shape }
        for state in states where state.start.id == id { return state.start.shape }
        for step in steps { for output in step.outputs where output.id == id { return output.shape } }
        return nil
    }

    /// How many examples the net was recorded for; no other length of the net is taken for it.
    package static let batch = 2
}

extension Fit {
    /// The net as it was trained, as it works in evaluation.
    package func recorded() throws -> RecordedNet {
        let tracer = NetTracer(precision: settings.precision, classes: data.classes, seed: settings.seed, repeat: settings.repeat)
        let engine = tracer.tracer
        engine.journal = []
        let input: RecordedNet.Input
        let x: TracedTensor
        let batch = RecordedNet.batch
        if let vocabulary = data.vocabulary {
            if net.window != nil {
                let tokens = engine.tokens([1, batch])
                input = .stream(tokens)
                x = TracedTensor(tokens, vocabulary: vocabulary.count, in: tracer)
            } else {
                let tokens = engine.tokens([batch, net.context ?? 1])
                input = .tokens(tokens)
                x = TracedTensor(tokens, vocabulary: vocabulary.count, in: tracer)
            }
        } else {
            let values = engine.input([batch] + data.shape)
            input = .values(values)
            x = TracedTensor(values, in: tracer)
        }
        var output: Tracer.Variable?
        try tracer.trace("evaluate") { output = try net.apply(to: x).variable(for: net.summary) }
        guard let output else { throw NetError(net.summary, "nothing was recorded") }
        var plan = engine.finish()
        plan.restore(weights)
        let parameters = plan.parameters.map { RecordedNet.Weight(name: $0.name, variable: $0.variable, values: plan.values(of: $0.variable)) }
        let buffers = tracer.buffers.map { RecordedNet.Weight(name: $0.name, variable: $0.variable, values: plan.values(of: $0.variable)) }
        return RecordedNet(
            summary: net.summary, input: input, steps: engine.journal ?? [], output: output, states: tracer.carried, weights: parameters + buffers,
            classes: data.classes, vocabulary: data.vocabulary?.characters ?? [])
    }
}
