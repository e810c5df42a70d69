import NaslExpr
import NaslTensor

/// While training each value is 0 with probability `rate`, and the others are made larger by `1 / (1 - rate)`; in evaluation nothing
/// happens (Srivastava et al. 2014).
public final class Dropout: Layer {
    public let rate: Double

    /// - Parameter rate: at least 0 and below 1.
    public init(_ rate: Double) { self.rate = rate }

    public var summary: String { "dropout(\(numberText(rate)))" }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        guard rate >= 0, rate < 1 else { throw NetError(summary, "a rate is at least 0 and below 1, but it is \(numberText(rate))") }
        _ = try x.variable(for: summary)
        guard x.net.isTraining, rate > 0 else { return x }
        let kept = Expr.apply(.mul, .apply(.drop, .variable("x"), .number(rate)), .number(1 / (1 - rate)))
        return try x.applying(FunctionTerm(parameters: ["x"], body: kept))
    }
}
