/// A part of a net: a tensor in, a tensor out. A layer object owns its weights; applied twice in one net it shares them.
///
///     let net = LayerSequence([Dense(64), Activation(relu), Dense(10)])
///     net.summary    // "dense(64) >> relu >> dense(10)"
public protocol Layer: AnyObject, Sendable {
    /// As the user would write it.
    var summary: String { get }
    /// How many characters it looks at, where it begins a net for text and knows.
    var context: Int? { get }
    /// How many characters of each stream a step sees, where it is a net that goes over a text and predicts each next character.
    var window: Int? { get }
    func apply(to x: TracedTensor) throws -> TracedTensor
}

extension Layer {
    public var context: Int? { nil }
    public var window: Int? { nil }
}

/// Layers one after another: `a >> b`.
public final class LayerSequence: Layer {
    public let layers: [any Layer]
    private let name: String?

    /// - Parameter summary: the name of the net, where it has one of its own.
    public init(_ layers: [any Layer], summary: String? = nil) {
        self.layers = layers
        name = summary
    }

    public var summary: String { name ?? layers.map(\.summary).joined(separator: " >> ") }
    public var context: Int? { layers.lazy.compactMap(\.context).first }
    public var window: Int? { layers.lazy.compactMap(\.window).first }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        try layers.reduce(x) { try $1.apply(to: $0) }
    }
}

/// A net that is a function: called once for each trace, on the input as a traced tensor.
public final class FunctionNet: Layer {
    public let summary: String
    public let context: Int?
    public let window: Int?
    private let body: @Sendable (TracedTensor) throws -> TracedTensor

    public init(summary: String, context: Int? = nil, window: Int? = nil, _ body: @escaping @Sendable (TracedTensor) throws -> TracedTensor) {
        self.summary = summary
        self.context = context
        self.window = window
        self.body = body
    }

    public func apply(to x: TracedTensor) throws -> TracedTensor { try body(x) }
}
