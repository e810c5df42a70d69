import CKernels

/// One masked choice to be drawn in a row of logits: `count` alternatives from `column` on, their logarithms of priors from `priors` on in
/// a table, `point` uniform in [0, 1); then `choice` and the logarithm of its probability, `log_p`. Nothing is drawn where `count` is 0.
package typealias PolicyDraw = nasl_draw

/// One such choice that was made: the alternative `taken`, its `advantage`, the weight of the entropy; then `log_p`, the logarithm of its probability.
package typealias PolicyChoice = nasl_choice

extension Tracer {
    /// Makes room for drawing from logits [B, V], and for judging what was drawn.
    package func reserveDraws(columns: Int) { reserveRows(32, columns: columns) }
}

extension Plan {
    /// Draws one choice in each row of the logits, a variable [B, V], with the probabilities softmax(logits + priors).
    ///
    /// - Parameters:
    ///   - priors: the table in the plan's precision, 16 values longer than what the draws name.
    ///   - frame: where the logits are kept in frames.
    package func draw(_ draws: inout [PolicyDraw], logits: Tracer.Variable, frame: Int = 0, priors: UnsafeRawPointer) {
        precondition(draws.count <= logits.rows, "\(draws.count) draws from fewer rows of logits")
        kernels.pointee.draw(
            address(of: logits.id, frame: frame), Int64(logits.columns), priors, &draws, Int64(draws.count), memory.scratch.assumingMemoryBound(to: CChar.self))
    }

    /// Finds the logarithms of the probabilities of choices that were made in the rows of the logits.
    package func logProbabilities(_ choices: inout [PolicyChoice], logits: Tracer.Variable, frame: Int = 0, priors: UnsafeRawPointer) {
        judge(&choices, logits: logits, frame: frame, priors: priors, slopes: nil)
    }

    /// The policy-gradient loss of choices that were made (Williams 1992, REINFORCE, with the entropy bonus of Williams & Peng 1991):
    ///
    ///     p = softmax(logits + priors),   loss = sum of  -advantage * log p[taken] - entropyWeight * H(p),   H(p) = -sum_j p_j log p_j
    ///
    /// - Parameter slopes: as the logits; it gets the derivatives by them, zero in rows without a choice.
    package mutating func loss(
        _ choices: inout [PolicyChoice], logits: Tracer.Variable, frame: Int = 0, priors: UnsafeRawPointer, slopes: Tracer.Variable
    ) -> Double {
        precondition(choices.count == logits.rows && slopes.count == logits.count, "\(choices.count) choices in \(logits.rows) rows of logits")
        return judge(&choices, logits: logits, frame: frame, priors: priors, slopes: address(of: slopes.id))
    }

    @discardableResult
    private func judge(
        _ choices: inout [PolicyChoice], logits: Tracer.Variable, frame: Int, priors: UnsafeRawPointer, slopes: UnsafeMutableRawPointer?
    ) -> Double {
        precondition(choices.count <= logits.rows, "\(choices.count) choices in fewer rows of logits")
        var loss = 0.0
        kernels.pointee.judge(
            address(of: logits.id, frame: frame), Int64(logits.columns), priors, &choices, Int64(choices.count), slopes, &loss,
            memory.scratch.assumingMemoryBound(to: CChar.self))
        return loss
    }
}
