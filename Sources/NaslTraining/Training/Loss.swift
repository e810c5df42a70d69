import NaslExpr

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What training makes small.
public enum Loss: Hashable, Sendable {
    /// `-log p(label)` with p the softmax of the net's output, mean over the examples.
    case crossEntropy
    /// `(output - target)^2`, mean over examples and outputs; the target of a class is its one-hot row.
    case squaredError
    /// A function of `p`, the softmax of the net's output (the output itself where numbers are predicted), and `y`, the one-hot class
    /// (the number), summed over the classes, mean over the examples: `(p, y) -> -y * log(p)` is the cross-entropy.
    case expression(FunctionTerm)

    public var summary: String {
        switch self {
        case .crossEntropy: "cross_entropy"
        case .squaredError: "squared_error"
        case .expression(let term): term.text
        }
    }

    /// A validation loss above this says that the net has not learnt but blown up: ten times the cross-entropy of guessing all classes
    /// alike. Finite but astronomical losses would otherwise drown every mean of rewards. Other losses have no such scale.
    func hopeless(classes: Int) -> Double {
        self == .crossEntropy && classes > 1 ? 10 * log(Double(classes)) : .infinity
    }

    /// Whether it is the negative logarithm of a probability, so that its exponential is a perplexity.
    var hasPerplexity: Bool { self == .crossEntropy }
}
