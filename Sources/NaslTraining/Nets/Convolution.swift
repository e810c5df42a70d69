import NaslTensor

/// Filters over a picture, with as many results as places (padding `same`): [H, W, C] -> [H / stride, W / stride, filters], rounded up.
///
///     Convolution(16, size: [3, 3])      // 16 filters of 3 x 3
///
/// Weights start by He's rule, biases at zero.
public final class Convolution: Layer {
    public let filters: Int
    public let size: [Int]
    public let stride: Int
    public let padding: ConvolutionWindow.Padding
    private let hasBias: Bool

    public init(_ filters: Int, size: [Int] = [3, 3], stride: Int = 1, padding: ConvolutionWindow.Padding = .same, bias: Bool = true) {
        self.filters = filters
        self.size = size
        self.stride = stride
        self.padding = padding
        hasBias = bias
    }

    public var summary: String {
        var parts = ["\(filters)"]
        if size != [3, 3] { parts.append("size: \(shapeText(size))") }
        if stride != 1 { parts.append("stride: \(stride)") }
        if padding == .valid { parts.append("padding: valid") }
        if !hasBias { parts.append("bias: false") }
        return "conv(\(parts.joined(separator: ", ")))"
    }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let image = try x.image(for: summary)
        let window = try x.window(size, stride: stride, padding, for: summary)
        guard (1...NetTracer.limit).contains(filters) else { throw NetError(summary, "a layer has 1 to \(NetTracer.limit) filters") }
        let shape = size + [image.columns, filters], inputs = size[0] * size[1] * image.columns
        // The picture with its border and its adjoint are held too.
        try x.net.reserve([image.shape[0]] + window.bordered + [image.columns], summary)
        try x.net.reserve([image.shape[0]] + window.output + [filters], summary)
        let weight = try x.net.parameter("filters", shape, .he(inputs: inputs), of: self, summary)
        let bias = hasBias ? try x.net.parameter("bias", [filters], .constant(0), of: self, summary) : nil
        return TracedTensor(x.net.tracer.convolution(image, filters: weight, bias: bias, window: window), in: x.net)
    }
}

extension TracedTensor {
    /// The numbers of a picture, [B, height, width, channels]; an error where it is none.
    package func image(for layer: String) throws -> Tracer.Variable {
        let variable = try variable(for: layer)
        guard variable.shape.count == 4 else {
            throw NetError(layer, "it takes a picture of shape [height, width, channels], but it was given \(shapeText(shape))")
        }
        return variable
    }

    /// Windows over the picture; an error where none fits.
    func window(_ size: [Int], stride: Int, _ padding: ConvolutionWindow.Padding, for layer: String) throws -> ConvolutionWindow {
        let picture = Array(try image(for: layer).shape[1...2])
        guard let window = ConvolutionWindow(image: picture, size: size, stride: stride, padding: padding) else {
            throw NetError(layer, "a window of \(shapeText(size)) does not fit into a picture of shape \(shapeText(shape))")
        }
        return window
    }
}
