import NaslExpr

/// The nets of the library.
public enum Nets {
    /// Dense layers of these sizes with `activation` between them, not after the last: `mlp([64, 64, 10], activation: f)`.
    public static func mlp(_ sizes: [Int], activation: FunctionTerm) -> LayerSequence {
        var layers: [any Layer] = []
        for (place, size) in sizes.enumerated() {
            if place > 0 { layers.append(Activation(activation)) }
            layers.append(Dense(size))
        }
        return LayerSequence(layers, summary: "mlp(\(shapeText(sizes)), activation: \(activation.text))")
    }

    /// A net that predicts the next character from those before it: an embedding, dense layers with `activation`, a last layer as wide
    /// as the vocabulary (Bengio et al., "A Neural Probabilistic Language Model", JMLR 2003, on characters).
    ///
    /// - Parameters:
    ///   - context: how many characters it looks at.
    ///   - hidden: the sizes of the hidden layers.
    ///   - dimension: of a character's vector.
    public static func charMLP(context: Int, hidden: [Int], activation: FunctionTerm, dimension: Int = 16) -> LayerSequence {
        var layers: [any Layer] = [Embedding(dimension, context: context)]
        for size in hidden {
            layers.append(Dense(size))
            layers.append(Activation(activation))
        }
        layers.append(Dense.classify())
        return LayerSequence(layers, summary: "char_mlp(context: \(context), hidden: \(shapeText(hidden)), activation: \(activation.text))")
    }
}
