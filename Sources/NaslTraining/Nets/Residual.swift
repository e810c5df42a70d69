import NaslExpr
import NaslTensor

/// `x + layer(x)` (He, Zhang, Ren & Sun, CVPR 2016). Where the layer makes a picture smaller or gives it more channels, every so many pixels of x
/// are taken and further channels are zero (their option A, a shortcut without weights).
public final class Residual: Layer {
    public let layer: any Layer

    public init(_ layer: any Layer) { self.layer = layer }

    public var summary: String { "residual(\(layer.summary))" }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let result = try layer.apply(to: x)
        let term = FunctionTerm(parameters: ["a", "b"], body: .apply(.add, .variable("a"), .variable("b")))
        return try TracedTensor.apply(term, to: [.tensor(try shortcut(x, like: result)), .tensor(result)])
    }

    private func shortcut(_ x: TracedTensor, like result: TracedTensor) throws -> TracedTensor {
        if x.shape == result.shape { return x }
        let (from, to) = (try x.variable(for: summary), try result.variable(for: summary))
        guard from.shape.count == 4, to.shape.count == 4, to.columns >= from.columns, let stride = Residual.stride(from.shape, to.shape) else {
            throw NetError(summary, "it adds its input, of shape \(shapeText(x.shape)), to the layer's result, of shape \(shapeText(result.shape)); "
                + "they must be equal, or pictures of which the second is smaller by a whole stride or has more channels")
        }
        try x.net.reserve(to.shape, summary)
        return TracedTensor(x.net.tracer.subsample(from, stride: stride, channels: to.columns), in: x.net)
    }

    /// The stride that leaves as many rows and columns as wanted.
    private static func stride(_ from: [Int], _ to: [Int]) -> Int? {
        (1...max(from[1], 1)).first { ($0 + from[1] - 1) / $0 == to[1] && ($0 + from[2] - 1) / $0 == to[2] }
    }
}
