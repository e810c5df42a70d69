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
        layers.append(Classify())
        return LayerSequence(layers, summary: "char_mlp(context: \(context), hidden: \(shapeText(hidden)), activation: \(activation.text))")
    }
}

extension Nets {
    /// For each count 3 x 3 filters, `activation` and max-pooling by 2 where the picture is large enough; then a dense layer for the classes.
    public static func convnet(_ filters: [Int], classes: Int?, activation: FunctionTerm) -> LayerSequence {
        var layers: [any Layer] = []
        for count in filters { layers += [Convolution(count), Activation(activation), Halve()] as [any Layer] }
        layers.append(Flatten())
        layers.append(classes.map { Dense($0) } ?? Classify())
        return LayerSequence(layers, summary: "convnet(\(shapeText(filters)), classes: \(classes.map(String.init) ?? "of the data"))")
    }

    /// The residual net of 20 layers for small pictures (He, Zhang, Ren & Sun, CVPR 2016, section 4.2): three stages of 16, 32 and 64 filters.
    public static func resnet20(classes: Int?, activation: FunctionTerm) -> LayerSequence {
        var layers: [any Layer] = [Convolution(16, bias: false), BatchNorm(), Activation(activation)]
        for (stage, filters) in [16, 32, 64].enumerated() {
            for block in 0..<3 {
                let inner: [any Layer] = [
                    Convolution(filters, stride: stage > 0 && block == 0 ? 2 : 1, bias: false), BatchNorm(), Activation(activation),
                    Convolution(filters, bias: false), BatchNorm(),
                ]
                layers += [Residual(LayerSequence(inner)), Activation(activation)] as [any Layer]
            }
        }
        layers += [GlobalPool(.average), classes.map { Dense($0) } ?? Classify()] as [any Layer]
        return LayerSequence(layers, summary: "resnet20(classes: \(classes.map(String.init) ?? "of the data"))")
    }

    /// Max-pooling by 2, of pictures that have two rows and columns.
    private final class Halve: Layer {
        let summary = "max_pool(2)"
        func apply(to x: TracedTensor) throws -> TracedTensor {
            let picture = try x.image(for: summary).shape
            return picture[1] < 2 || picture[2] < 2 ? x : try Pool(.max, size: [2, 2], stride: 2).apply(to: x)
        }
    }
}
