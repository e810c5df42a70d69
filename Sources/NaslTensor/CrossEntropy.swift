import CKernels

extension Tracer {
    /// The cross-entropy of each row's softmax with its label: [B, C] and labels [B] -> [B], `log(sum_j exp x_j) - x_label`, with the
    /// row's maximum taken out first. A label outside 0..<C gives NaN.
    public func softmaxCrossEntropy(_ logits: Variable, labels: Tokens) -> Variable {
        let (rows, columns) = (logits.rows, logits.columns)
        precondition(labels.count == rows, "\(ShapeMismatch(operation: "softmaxCrossEntropy", shapes: [logits.shape, labels.shape]))")
        let losses = variable([rows])
        let probabilities = variable([rows, columns])
        reserveRows(2, columns: columns)
        record(NASL_CROSS_ENTROPY, [losses.id, probabilities.id, logits.id, labels.id], sizes: [rows, columns])
        addToTape([logits], [losses]) { tracer in
            guard let adjoint = tracer.adjoint(of: losses), let (target, accumulate) = tracer.contribution(to: logits) else { return }
            tracer.record(
                NASL_CROSS_ENTROPY_GRADIENT, [target.id, probabilities.id, labels.id, adjoint.id], sizes: [rows, columns],
                flags: accumulate ? 1 : 0)
        }
        return losses
    }

    /// For each row 1 if its largest value stands at its label (the first of equals counts), else 0: [B, C] and labels [B] -> [B].
    /// It has no gradient.
    public func correct(_ logits: Variable, labels: Tokens) -> Variable {
        precondition(labels.count == logits.rows, "\(ShapeMismatch(operation: "correct", shapes: [logits.shape, labels.shape]))")
        let output = variable([logits.rows])
        record(NASL_CORRECT, [output.id, logits.id, labels.id], sizes: [logits.rows, logits.columns])
        return output
    }
}
