/// A net that cannot be built for the data: shapes that do not fit, or one that would be too large.
///
///     dense(10): a net for text begins with an embedding, but this layer was given 6 characters
public struct NetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The layer or net, as the user would write it.
    public let layer: String
    /// What does not fit, with both shapes where there are two.
    public let message: String

    public init(_ layer: String, _ message: String) {
        self.layer = layer
        self.message = message
    }

    public var description: String { "\(layer): \(message)" }
}

/// `[8, 8, 1]`.
func shapeText(_ shape: [Int]) -> String { "[\(shape.map(String.init).joined(separator: ", "))]" }
