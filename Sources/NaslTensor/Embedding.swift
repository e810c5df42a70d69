import CKernels

extension Tracer {
    /// Rows of a table, side by side: tokens [B, k] of a table [V, d] -> [B, k * d]; tokens [B] -> [B, d]. A token outside the table
    /// gives NaN and no gradient.
    public func embedding(_ tokens: Tokens, table: Variable) -> Variable {
        let (words, width) = (table.rows, table.columns)
        let batch = tokens.shape.first ?? 1
        let output = variable([batch, tokens.count / max(batch, 1) * width])
        record(NASL_EMBEDDING, [output.id, tokens.id, table.id], sizes: [tokens.count, width, words])
        addToTape([table], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: table) else { return }
            if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
            tracer.record(NASL_EMBEDDING_GRADIENT, [target.id, tokens.id, adjoint.id], sizes: [tokens.count, width, words])
        }
        return output
    }
}
