import CKernels

/// One masked choice to be drawn in a row of logits: `count` alternatives from `column` on, their logarithms of priors from `priors` on in
/// a table, `point` uniform in [0, 1); then `choice` and the logarithm of its probability, `log_p`. Nothing is drawn where `count` is 0.
package typealias PolicyDraw = nasl_draw

extension Tracer {
    /// Makes room for drawing from logits [B, V].
    package func reserveDraws(columns: Int) { reserveRows(2, columns: columns) }
}

extension Plan {
    /// Draws one choice in each row of the logits, a variable [B, V], with the probabilities softmax(logits + priors).
    ///
    /// - Parameter priors: the table in the plan's precision, 16 values longer than what the draws name.
    package func draw(_ draws: inout [PolicyDraw], logits: Tracer.Variable, columns: Int, priors: UnsafeRawPointer) {
        let at = memory.arena + places[Int(logits.id)].at
        precondition(draws.count * columns <= places[Int(logits.id)].count, "\(draws.count) draws from fewer rows of logits")
        drawing(at, Int64(columns), priors, &draws, Int64(draws.count), memory.scratch.assumingMemoryBound(to: CChar.self))
    }
}
