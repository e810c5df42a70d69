import CKernels

extension Tracer {
    /// Rows of a table, side by side: tokens [B, k] of a table [V, d] -> [B, k * d]; tokens [B] -> [B, d]. A token outside the table
    /// gives NaN and no gradient.
    public func embedding(_ tokens: Tokens, table: Variable) -> Variable {
        let (words, width) = (table.rows, table.columns)
        let batch = tokens.shape.first ?? 1
        let output = variable([batch, tokens.count / max(batch, 1) * width])
        journal?.append(Step(kind: .embedding, inputs: [tokens.id, table.id], outputs: [output]))
        record(NASL_EMBEDDING, [output.id, tokens.id, table.id], sizes: [tokens.count, width, words])
        addToTape([table], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: table) else { return }
            if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
            tracer.record(NASL_EMBEDDING_GRADIENT, [target.id, tokens.id, adjoint.id], sizes: [tokens.count, width, words])
        }
        return output
    }
    /// A row of each of several tables, added up: tokens [B, k] (or [B]), tables [k * words, d] one below another and a bias [d] -> [B, d]. It is what
    /// a dense layer makes of embeddings side by side, when the tables are the products of the embedding table with the layer's weights.
    /// A token outside its table gives NaN and no gradient.
    public func embeddingSum(_ tokens: Tokens, tables: Variable, bias: Variable) -> Variable {
        let (batch, count, width) = (tokens.shape[0], tokens.shape.count > 1 ? tokens.shape[1] : 1, tables.columns)
        precondition(
            tables.rows % max(count, 1) == 0 && bias.count == width, "\(ShapeMismatch(operation: "embeddingSum", shapes: [tokens.shape, tables.shape, bias.shape]))")
        let output = variable([batch, width])
        let sizes = [batch, width, count, tables.rows / max(count, 1)]
        record(NASL_EMBEDDING_SUM, [output.id, tokens.id, tables.id, bias.id], sizes: sizes)
        addToTape([tables, bias], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            if let (target, accumulate) = tracer.contribution(to: bias) {
                tracer.record(NASL_COLUMN_SUM, [target.id, adjoint.id], sizes: [batch, width], flags: accumulate ? 1 : 0)
            }
            if let (target, accumulate) = tracer.contribution(to: tables) {
                if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
                tracer.record(NASL_EMBEDDING_SUM_GRADIENT, [target.id, tokens.id, adjoint.id], sizes: sizes)
            }
        }
        return output
    }
}
