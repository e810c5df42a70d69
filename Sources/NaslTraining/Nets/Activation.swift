import NaslExpr
import NaslTensor

/// A function of the language on every element, built in, hand-written or drawn from a grammar. Each `param(..)` in it is a weight of this
/// layer, one per channel, trained with the net.
public final class Activation: Layer {
    public let function: FunctionTerm

    public init(_ function: FunctionTerm) { self.function = function }

    public var summary: String {
        if function.parameters.count == 1, function.body.size == 2, case let node = function.body.nodes[function.body.root], node.kind == .primitive {
            return node.primitive.name
        }
        return "(\(function.text))"
    }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        try TracedTensor.apply(function, to: [.tensor(x)], owner: self)
    }
}
