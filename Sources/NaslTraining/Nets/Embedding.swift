import NaslTensor

/// Turns characters into vectors and puts those of the context side by side: [B, context] -> [B, context * dimension].
public final class Embedding: Layer {
    public let dimension: Int
    public let context: Int?

    /// - Parameter context: how many characters the net looks at, if it is this layer that says so.
    public init(_ dimension: Int, context: Int? = nil) {
        self.dimension = dimension
        self.context = context
    }

    public var summary: String { "embedding(\(dimension))" }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        guard (1...NetTracer.limit).contains(dimension) else { throw NetError(summary, "a vector has 1 to \(NetTracer.limit) numbers") }
        guard case .tokens(let tokens, let vocabulary) = x.content else {
            throw NetError(summary, "an embedding takes characters, but it was given numbers of shape \(shapeText(x.shape))")
        }
        try x.net.reserve([tokens.count, dimension], summary)
        let table = try x.net.parameter("table", [vocabulary, dimension], .normal(Embedding.deviation), of: self, summary)
        return TracedTensor(x.net.tracer.embedding(tokens, table: table), in: x.net)
    }

    /// Of the starting vectors: He's rule for the layer above assumes inputs of variance 1.
    static let deviation = 1.0
}
