import NaslTensor

/// All axes but the batch as one: [B, 8, 8, 1] -> [B, 64].
public final class Flatten: Layer {
    public init() {}

    public var summary: String { "flatten" }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        TracedTensor(try x.rows(for: summary), in: x.net)
    }
}
