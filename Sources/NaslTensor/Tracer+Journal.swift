import NaslExpr

extension Tracer {
    /// What a net does, operation by operation, where somebody wants to know: for exports.
    package struct Step: Sendable {
        package enum Kind: Sendable {
            /// A function of the inputs; the last of them, so many, are the weights of its `param(..)`.
            case elementwise(FunctionTerm, weights: Int)
            /// Inputs a, b: `a b`; further a summand or a bias.
            case product
            case reshape
            case concatenate
            /// Pictures of different sizes, filled up with zeros below and to the right.
            case concatenateImages
            /// Every so many pixels; further channels are zero.
            case subsample(stride: Int)
            /// Inputs x, filters and, if there is one, a bias.
            case convolution(ConvolutionWindow)
            case pool(Pooling, ConvolutionWindow)
            /// Inputs x, running mean and variance, scale, shift: by the running numbers.
            case batchNorm(epsilon: Double)
            /// Inputs x, scale, shift.
            case layerNorm(epsilon: Double)
            /// Inputs tokens, table.
            case embedding
            /// Inputs the gates' sums and c; outputs h and c.
            case lstm
            /// The input under another name.
            case same
        }

        package let kind: Kind
        /// The numbers of variables or tokens.
        package let inputs: [Int32]
        package let outputs: [Variable]
    }

    /// Adds to the journal, if one is kept.
    func note(_ kind: Step.Kind, _ inputs: [Variable], _ outputs: [Variable]) {
        journal?.append(Step(kind: kind, inputs: inputs.map(\.id), outputs: outputs))
    }
}
