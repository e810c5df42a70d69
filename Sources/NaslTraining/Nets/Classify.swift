import NaslTensor

/// The end of a classifier: the mean of each channel where it is given a picture, then a dense layer with one unit for each class of the data
/// (one unit where numbers are predicted). Weights start by Glorot's rule.
public final class Classify: Layer {
    private let last = Dense.classes()

    public init() {}

    public let summary = "classify"

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        let isPicture = try x.variable(for: summary).shape.count == 4
        return try last.apply(to: isPicture ? try GlobalPool(.average).apply(to: x) : x)
    }
}
