import NaslTensor

/// `x w + b` along the last axis, as wide as its input, or in a cell as wide as the cell. Weights start by Glorot's rule.
public final class Linear: Layer {
    /// Nil: as wide as the input, or the cell.
    public let units: Int?

    public init(_ units: Int? = nil) { self.units = units }

    public var summary: String { units.map { "linear(\($0))" } ?? "linear" }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let input = try x.variable(for: summary), net = x.net
        let width = units ?? net.cellWidth ?? input.columns
        try net.reserve([input.rows, width], summary)
        let weight = try net.parameter("weight", [input.columns, width], .glorot(inputs: input.columns, outputs: width), of: self, summary)
        let bias = try net.parameter("bias", [width], .constant(0), of: self, summary)
        return TracedTensor(net.tracer.dense(input, weight: weight, bias: bias), in: net)
    }
}
