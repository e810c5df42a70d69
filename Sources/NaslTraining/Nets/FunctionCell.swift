import NaslTensor

/// A cell that is a function of the language, hand-written or drawn from a grammar: `(x, h, c) -> (h: .., c: ..)`, called once for each step
/// of a trace. A layer that it mentions has the same weights at every step.
public final class FunctionCell: RecurrentCell {
    public let summary: String
    private let body: @Sendable (_ x: TracedTensor, _ h: TracedTensor, _ c: TracedTensor) throws -> (h: TracedTensor, c: TracedTensor)

    public init(
        summary: String,
        _ body: @escaping @Sendable (_ x: TracedTensor, _ h: TracedTensor, _ c: TracedTensor) throws -> (h: TracedTensor, c: TracedTensor)
    ) {
        self.summary = summary
        self.body = body
    }

    public func unroll(_ x: CellInputs, steps: Int, width: Int, in net: NetTracer) throws -> Tracer.Variable {
        let batch = x.count / steps, shape = [batch, width]
        try net.reserve([x.count, x.columns + 2 * width], summary)
        let vectors = net.tracer.unstack(x.vectors(), rows: batch)
        let (firstH, firstC) = (net.state(shape), net.state(shape))
        var h = TracedTensor(firstH, in: net), c = TracedTensor(firstC, in: net)
        var outputs: [Tracer.Variable] = []
        let outer = net.cellWidth
        net.cellWidth = width
        defer { net.cellWidth = outer }
        let first = net.nextPlace
        for vector in vectors {
            let own = TracedTensor(vector, in: net)
            (h, c) = try net.again(from: first) { try body(own, h, c) }
            try check((h, c), shape: shape)
            outputs.append(try h.variable(for: summary))
        }
        net.carry(from: try h.variable(for: summary), to: firstH)
        net.carry(from: try c.variable(for: summary), to: firstC)
        return net.tracer.stack(outputs)
    }

    private func check(_ next: (h: TracedTensor, c: TracedTensor), shape: [Int]) throws {
        for (name, state) in [("h", next.h), ("c", next.c)] where state.fullShape != shape {
            throw NetError(summary, "its `\(name)` has the shape \(shapeText(state.shape)), but the state of this cell is as wide as the cell, [\(shape[1])]")
        }
    }
}

extension FunctionCell {
    /// One step with new weights, for an input of `columns` numbers and a state of `width`: what an export prints. Its output is the new h.
    ///
    /// - Throws: ``NetError`` where the shapes do not fit.
    package func recorded(columns: Int, width: Int) throws -> RecordedNet {
        let net = NetTracer(precision: .float, classes: 0, seed: 0, repeat: 0), engine = net.tracer
        engine.journal = []
        let batch = RecordedNet.batch
        let x = engine.input([batch, columns]), h = net.state([batch, width]), c = net.state([batch, width])
        var ends: (h: Tracer.Variable, c: Tracer.Variable)?
        net.cellWidth = width
        try net.trace("step") {
            let next = try body(TracedTensor(x, in: net), TracedTensor(h, in: net), TracedTensor(c, in: net))
            try check(next, shape: [batch, width])
            ends = (try next.h.variable(for: summary), try next.c.variable(for: summary))
        }
        guard let ends else { throw NetError(summary, "nothing was recorded") }
        var plan = engine.finish()
        net.initialize(&plan)
        let weights = plan.parameters.map { RecordedNet.Weight(name: $0.name, variable: $0.variable, values: plan.values(of: $0.variable)) }
        return RecordedNet(
            summary: summary, input: .values(x), steps: engine.journal ?? [], output: ends.h, states: [(h, ends.h), (c, ends.c)], weights: weights,
            classes: 0, vocabulary: [])
    }
}
