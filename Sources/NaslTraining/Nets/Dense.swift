import NaslTensor

/// `x w + b`: a fully connected layer, [B, ..] -> [B, units]; all axes but the batch are taken as one.
///
/// Weights start by He's rule, biases at zero.
public final class Dense: Layer {
    /// Nil: as many as the data has classes (one where numbers are predicted).
    public let units: Int?

    public init(_ units: Int) { self.units = units }

    private init() { units = nil }

    /// As many units as the data has classes (one where it has numbers), weights by Glorot's rule.
    static func classes() -> Dense { Dense() }

    public var summary: String { units.map { "dense(\($0))" } ?? "classify" }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let units = self.units ?? max(x.net.classes, 1)
        guard (1...NetTracer.limit).contains(units) else { throw NetError(summary, "a layer has 1 to \(NetTracer.limit) units") }
        let input = try x.rows(for: summary)
        let width = input.columns
        try x.net.reserve([input.rows, units], summary)
        let start: Initializer = self.units == nil ? .glorot(inputs: width, outputs: units) : .he(inputs: width)
        let weight = try x.net.parameter("weight", [width, units], start, of: self, summary)
        let bias = try x.net.parameter("bias", [units], .constant(0), of: self, summary)
        return TracedTensor(x.net.tracer.dense(input, weight: weight, bias: bias), in: x.net)
    }
}
