import NaslTensor

/// The largest value, or the mean, of each window of each channel: [H, W, C] -> [H / stride, W / stride, C], rounded down.
public final class Pool: Layer {
    public let kind: Tracer.Pooling
    public let size: [Int]
    public let stride: Int
    /// `same`: windows reach over the edge, and nothing is rounded down.
    public let padding: ConvolutionWindow.Padding

    public init(_ kind: Tracer.Pooling, size: [Int], stride: Int, padding: ConvolutionWindow.Padding = .valid) {
        self.kind = kind
        self.size = size
        self.stride = stride
        self.padding = padding
    }

    public var summary: String {
        let side = size[0] == size[1] ? "\(size[0])" : shapeText(size)
        let step = stride == size[0] ? "" : ", stride: \(stride)"
        return "\(kind == .max ? "max_pool" : "average_pool")(\(side)\(step)\(padding == .same ? ", padding: same" : ""))"
    }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let image = try x.image(for: summary)
        let window = try x.window(size, stride: stride, padding, for: summary)
        try x.net.reserve([image.shape[0]] + window.output + [image.columns], summary)
        return TracedTensor(x.net.tracer.pool(image, kind, window: window), in: x.net)
    }
}

/// One value for each channel, the mean or the largest over the whole picture: [H, W, C] -> [C].
public final class GlobalPool: Layer {
    public let kind: Tracer.Pooling

    public init(_ kind: Tracer.Pooling) { self.kind = kind }

    public var summary: String { kind == .max ? "global_max_pool" : "global_pool" }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let size = Array(try x.image(for: summary).shape[1...2])
        return try Flatten().apply(to: try Pool(kind, size: size, stride: 1).apply(to: x))
    }
}
