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
            for (name, state) in [("h", h), ("c", c)] where state.fullShape != shape {
                throw NetError(summary, "its `\(name)` has the shape \(shapeText(state.shape)), but the state of this cell is as wide as the cell, [\(width)]")
            }
            outputs.append(try h.variable(for: summary))
        }
        net.carry(from: try h.variable(for: summary), to: firstH)
        net.carry(from: try c.variable(for: summary), to: firstC)
        return net.tracer.stack(outputs)
    }
}
