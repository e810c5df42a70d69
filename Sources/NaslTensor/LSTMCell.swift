import CKernels

extension Tracer {
    /// One step of a long short-term memory (Hochreiter & Schmidhuber 1997; with forget gate, Gers et al. 2000):
    ///
    ///     c' = sigmoid(f) * c + sigmoid(i) * tanh(g),   h = sigmoid(o) * tanh(c')
    ///
    /// - Parameters:
    ///   - x: [B, 4H], the gates' sums before their functions: i, f, g, o.
    ///   - c: [B, H].
    /// - Returns: the output h and the cell c', each [B, H].
    public func lstmCell(x: Variable, c: Variable) -> (h: Variable, c: Variable) {
        let (rows, width) = (c.rows, c.columns)
        precondition(x.rows == rows && x.columns == 4 * width, "\(ShapeMismatch(operation: "lstmCell", shapes: [x.shape, c.shape]))")
        let h = variable(c.shape), next = variable(c.shape)
        note(.lstm, [x, c], [h, next])
        let gates = variable([rows, 5 * width])  // i, f, g, o after their functions, and tanh(c')
        record(NASL_LSTM, [h.id, next.id, gates.id, x.id, c.id], sizes: [rows, width])
        addToTape([x, c], [h, next]) { tracer in
            let toX = tracer.contribution(to: x), toC = tracer.contribution(to: c)
            let flags: Int32 = (toX?.accumulate == true ? 1 : 0) | (toC?.accumulate == true ? 2 : 0)
            tracer.record(
                NASL_LSTM_GRADIENT,
                [toX?.0.id, toC?.0.id, gates.id, c.id, tracer.adjoint(of: h)?.id, tracer.adjoint(of: next)?.id],
                sizes: [rows, width], flags: flags)
        }
        return (h, next)
    }
}
