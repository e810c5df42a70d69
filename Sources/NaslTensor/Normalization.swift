import CKernels
import NaslExpr

extension Tracer {
    /// Batch normalisation of each channel, as it is while training (Ioffe & Szegedy 2015): [.., C] less its mean over the batch, by its
    /// deviation, times `scale` plus `shift`.
    ///
    /// - Parameters:
    ///   - running: [2, C], mean and variance for evaluation: moved by `momentum` towards those of each batch, the variance without bias.
    public func batchNorm(
        _ x: Variable, scale: Variable, shift: Variable, running: Variable, momentum: Double = 0.1, epsilon: Double = 1e-5
    ) -> Variable {
        let (rows, columns) = (x.rows, x.columns)
        precondition(
            scale.count == columns && shift.count == columns && running.count == 2 * columns,
            "\(ShapeMismatch(operation: "batchNorm", shapes: [x.shape, scale.shape, running.shape]))")
        let output = variable(x.shape), saved = variable([2, columns])
        reserveRows(16, columns: columns)
        record(
            NASL_BATCH_NORM, [output.id, x.id, scale.id, shift.id, saved.id, running.id], sizes: [rows, columns], values: [epsilon, momentum])
        addNormToTape(NASL_BATCH_NORM_GRADIENT, x, scale, shift, saved, output)
        return output
    }

    /// Batch normalisation by the running mean and variance.
    public func batchNormEvaluated(_ x: Variable, scale: Variable, shift: Variable, running: Variable, epsilon: Double = 1e-5) throws -> Variable {
        let columns = x.columns
        let mean = view(running, shape: [columns]), variance = view(running, shape: [columns], offset: columns)
        let a = Expr.variable("x"), deviation = Expr.apply(.sqrt, .apply(.add, .variable("v"), .number(epsilon)))
        let body = Expr.apply(
            .add, .apply(.mul, .apply(.sub, a, .variable("m")), .apply(.div, .variable("s"), deviation)), .variable("b"))
        let result = try elementwise(FunctionTerm(parameters: ["x", "m", "v", "s", "b"], body: body), [x, mean, variance, scale, shift])
        if journal?.popLast() != nil { note(.batchNorm(epsilon: epsilon), [x, running, scale, shift], [result]) }
        return result
    }

    /// Layer normalisation along the last axis (Ba, Kiros & Hinton 2016), then `scale` and `shift`, [C] each.
    public func layerNorm(_ x: Variable, scale: Variable, shift: Variable, epsilon: Double = 1e-5) -> Variable {
        let (rows, columns) = (x.rows, x.columns)
        precondition(scale.count == columns && shift.count == columns, "\(ShapeMismatch(operation: "layerNorm", shapes: [x.shape, scale.shape]))")
        let output = variable(x.shape), saved = variable([rows, 2])
        note(.layerNorm(epsilon: epsilon), [x, scale, shift], [output])
        reserveRows(3, columns: columns)
        record(NASL_LAYER_NORM, [output.id, x.id, scale.id, shift.id, saved.id], sizes: [rows, columns], values: [epsilon])
        addNormToTape(NASL_LAYER_NORM_GRADIENT, x, scale, shift, saved, output)
        return output
    }

    private func addNormToTape(_ kernel: nasl_kernel, _ x: Variable, _ scale: Variable, _ shift: Variable, _ saved: Variable, _ output: Variable) {
        addToTape([x, scale, shift], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            let targets = [x, scale, shift].map { tracer.contribution(to: $0) }
            var flags: Int32 = 0
            for (slot, target) in targets.enumerated() where target?.accumulate == true { flags |= 1 << Int32(slot) }
            tracer.record(
                kernel, targets.map { $0?.0.id } + [x.id, scale.id, saved.id, adjoint.id], sizes: [x.rows, x.columns], flags: flags)
        }
    }
}
