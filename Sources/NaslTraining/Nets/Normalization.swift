import NaslTensor

/// Normalises each channel over the batch while training, and by running averages in evaluation (Ioffe & Szegedy 2015); then scale and shift,
/// trained, per channel. Momentum 0.1 and epsilon 1e-5 as in PyTorch.
public final class BatchNorm: Layer {
    public init() {}

    public let summary = "batch_norm"

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let input = try x.variable(for: summary), net = x.net
        try net.reserve(input.shape, summary)
        let scale = try net.parameter("scale", [input.columns], .constant(1), of: self, summary)
        let shift = try net.parameter("shift", [input.columns], .constant(0), of: self, summary)
        let ones = [Double](repeating: 0, count: input.columns) + [Double](repeating: 1, count: input.columns)
        let running = try net.buffer("running", [2, input.columns], ones, of: self, summary)
        let result = net.isTraining
            ? net.tracer.batchNorm(input, scale: scale, shift: shift, running: running)
            : try net.tracer.batchNormEvaluated(input, scale: scale, shift: shift, running: running)
        return TracedTensor(result, in: net)
    }
}

/// Normalises along the last axis of each example (Ba, Kiros & Hinton 2016); then scale and shift, trained, per channel.
public final class LayerNorm: Layer {
    public init() {}

    public let summary = "layer_norm"

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let input = try x.variable(for: summary), net = x.net
        try net.reserve(input.shape, summary)
        let scale = try net.parameter("scale", [input.columns], .constant(1), of: self, summary)
        let shift = try net.parameter("shift", [input.columns], .constant(0), of: self, summary)
        return TracedTensor(net.tracer.layerNorm(input, scale: scale, shift: shift), in: net)
    }
}
