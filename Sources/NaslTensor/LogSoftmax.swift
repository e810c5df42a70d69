import CKernels

extension Tracer {
    /// `x - log(sum_j exp x_j)` along the last axis; entries of -inf stay -inf and have probability 0.
    public func logSoftmax(_ x: Variable) -> Variable {
        let (rows, columns) = (x.rows, x.columns)
        let output = variable(x.shape)
        reserveRows(2, columns: columns)
        record(NASL_LOG_SOFTMAX, [output.id, x.id], sizes: [rows, columns])
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            // dx = dy - softmax * sum(dy)
            tracer.record(
                NASL_LOG_SOFTMAX_GRADIENT, [target.id, output.id, adjoint.id], sizes: [rows, columns], flags: accumulate ? 1 : 0)
        }
        return output
    }
}
