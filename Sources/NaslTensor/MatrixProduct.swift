import CKernels

extension Tracer {
    /// The matrix product `a b`, or `a b^T`: [m, k] x [k, n] (or [n, k]) -> [m, n]. Leading axes of `a` are rows.
    public func matmul(_ a: Variable, _ b: Variable, transposeB: Bool = false) -> Variable {
        let (m, k) = (a.rows, a.columns)
        let n = transposeB ? b.rows : b.columns
        precondition((transposeB ? b.columns : b.rows) == k, "\(ShapeMismatch(operation: "matmul", shapes: [a.shape, b.shape]))")
        let output = variable(a.shape.dropLast() + [n])
        if !transposeB { note(.product, [a, b], [output]) }
        gemm(a, b, into: output, m, n, k, transposeB: transposeB)
        addToTape([a, b], [output]) { tracer in tracer.matmulGradient(a, b, output, transposeB: transposeB) }
        return output
    }

    /// `x w + b`: [B, in] x [in, out] + [out] -> [B, out]. Leading axes of `x` are rows.
    ///
    /// - Parameter transposed: the weight's transpose, for the way back, where it is at hand.
    public func dense(_ x: Variable, weight: Variable, bias: Variable?, transposed: Variable? = nil) -> Variable {
        guard let bias else { return matmul(x, weight) }
        let (m, k, n) = (x.rows, x.columns, weight.columns)
        precondition(weight.rows == k && bias.count == n, "\(ShapeMismatch(operation: "dense", shapes: [x.shape, weight.shape, bias.shape]))")
        let output = variable(x.shape.dropLast() + [n])
        note(.product, [x, weight, bias], [output])
        gemm(x, weight, into: output, m, n, k, row: bias)
        addToTape([x, weight, bias], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            if let (target, accumulate) = tracer.contribution(to: bias) {
                tracer.record(NASL_COLUMN_SUM, [target.id, adjoint.id], sizes: [m, n], flags: accumulate ? 1 : 0)
            }
            tracer.matmulGradient(x, weight, output, transposeB: false, transposed: transposed)
        }
        return output
    }

    /// `a b + c` with c of the product's shape, which is not read again: its memory becomes the result.
    ///
    /// - Parameter transposed: the transpose of b, for the way back, where it is at hand.
    public func matmul(_ a: Variable, _ b: Variable, plus c: Variable, transposed: Variable? = nil) -> Variable {
        let (m, k, n) = (a.rows, a.columns, b.columns)
        precondition(b.rows == k && c.count == m * n, "\(ShapeMismatch(operation: "matmul", shapes: [a.shape, b.shape, c.shape]))")
        let output = view(c, shape: c.shape)
        note(.product, [a, b, c], [output])
        gemm(a, b, into: output, m, n, k, accumulate: true)
        addToTape([a, b, c], [output]) { tracer in
            tracer.matmulGradient(a, b, output, transposeB: false, transposed: transposed)
            guard let adjoint = tracer.adjoint(of: output), !tracer.adopt(adjoint, asAdjointOf: c) else { return }
            if let (target, accumulate) = tracer.contribution(to: c) { tracer.copy(adjoint, to: target, rows: 1, columns: c.count, accumulate: accumulate) }
        }
        return output
    }

    /// For `c = a b`: `da = dc b^T`, `db = a^T dc`; for `c = a b^T`: `da = dc b`, `db = dc^T a`.
    private func matmulGradient(_ a: Variable, _ b: Variable, _ output: Variable, transposeB: Bool, transposed: Variable? = nil) {
        guard let adjoint = adjoint(of: output) else { return }
        let (m, n, k) = (a.rows, output.columns, a.columns)
        if let (target, accumulate) = contribution(to: b) {
            if transposeB {
                gemm(adjoint, a, into: target, n, k, m, transposeA: true, accumulate: accumulate)
            } else {
                gemm(a, adjoint, into: target, k, n, m, transposeA: true, accumulate: accumulate)
            }
        }
        if let (target, accumulate) = contribution(to: a) {
            if let transposed {
                gemm(adjoint, transposed, into: target, m, k, n, accumulate: accumulate)
            } else {
                gemm(adjoint, b, into: target, m, k, n, transposeB: !transposeB, accumulate: accumulate)
            }
        }
    }

    /// `into (+)= op(a) op(b)` with the result of m rows and n columns and k products in each sum; each row starts from `row`, if given.
    func gemm(
        _ a: Variable, _ b: Variable, into c: Variable, _ m: Int, _ n: Int, _ k: Int, transposeA: Bool = false, transposeB: Bool = false,
        accumulate: Bool = false, row: Variable? = nil
    ) {
        let flags: Int32 = (transposeA ? 1 : 0) | (transposeB ? 2 : 0)
        // A panel of the transposed factor is laid out anew.
        if transposeB { reserveRows(min(k, Int(NASL_SMALL_PRODUCT_DEPTH)), columns: 64) }
        record(NASL_GEMM, [c.id, a.id, b.id, row?.id], sizes: [m, n, k], values: [1, accumulate ? 1 : 0], flags: flags)
    }
}
