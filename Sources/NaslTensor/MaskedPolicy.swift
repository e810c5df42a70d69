import CKernels

extension Tracer {
    /// The policy-gradient loss of one decision in each row (Williams 1992, REINFORCE, with the entropy bonus of Williams & Peng 1991):
    ///
    ///     p = softmax(logits + mask),   loss = -advantage * log p[choice] - entropyWeight * H(p),   H(p) = -sum_j p_j log p_j
    ///
    /// A row with advantage 0 and weight 0 contributes nothing, whatever its logits are.
    ///
    /// - Parameters:
    ///   - logits: [B, V].
    ///   - mask: [B, V], added to the logits: 0 or the logarithm of a prior where a choice is possible, -inf where it is not.
    ///   - choice: [B]; one outside 0..<V gives NaN unless the row's advantage is 0.
    ///   - advantage: [B].
    ///   - entropyWeight: [1] or [B].
    /// - Returns: the losses, [B].
    public func maskedPolicy(logits: Variable, mask: Variable, choice: Tokens, advantage: Variable, entropyWeight: Variable) -> Variable {
        let (rows, columns) = (logits.rows, logits.columns)
        precondition(
            mask.count == logits.count && choice.count == rows && advantage.count == rows
                && (entropyWeight.count == 1 || entropyWeight.count == rows),
            "\(ShapeMismatch(operation: "maskedPolicy", shapes: [logits.shape, mask.shape, choice.shape, advantage.shape, entropyWeight.shape]))")
        let losses = variable([rows])
        let logProbabilities = variable([rows, columns])
        let entropies = variable([rows])
        reserveRows(3, columns: columns)
        let weightFlag: Int32 = entropyWeight.count == rows ? 4 : 0
        record(
            NASL_POLICY,
            [losses.id, logProbabilities.id, entropies.id, logits.id, mask.id, choice.id, advantage.id, entropyWeight.id],
            sizes: [rows, columns], flags: weightFlag)
        addToTape([logits], [losses]) { tracer in
            guard let adjoint = tracer.adjoint(of: losses), let (target, accumulate) = tracer.contribution(to: logits) else { return }
            tracer.record(
                NASL_POLICY_GRADIENT,
                [target.id, logProbabilities.id, entropies.id, choice.id, advantage.id, entropyWeight.id, adjoint.id],
                sizes: [rows, columns], flags: weightFlag | (accumulate ? 1 : 0))
        }
        return losses
    }
}
