extension Tracer {
    /// A tensor of the plan being traced: row-major, contiguous, at most four axes. `shape[0]` is the batch where there is one.
    public struct Variable: Hashable, Sendable {
        public let id: Int32
        public let shape: [Int]

        /// The number of values.
        public var count: Int { shape.reduce(1, *) }
        /// The length of the last axis.
        public var columns: Int { shape.last ?? 1 }
        /// The product of all axes but the last.
        public var rows: Int { shape.dropLast().reduce(1, *) }
    }

    /// A tensor of indices (characters, classes, choices), 32-bit, fed by the host.
    public struct Tokens: Hashable, Sendable {
        public let id: Int32
        public let shape: [Int]

        public var count: Int { shape.reduce(1, *) }
    }
}

/// Operands whose shapes do not fit together, in the words of the engine.
public struct ShapeMismatch: Error, Hashable, CustomStringConvertible {
    public let operation: String
    public let shapes: [[Int]]

    public var description: String {
        let texts = shapes.map { shape in "[" + shape.map(String.init).joined(separator: ", ") + "]" }
        return "\(operation) cannot take tensors of shapes \(texts.joined(separator: " and "))"
    }
}
