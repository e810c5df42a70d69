import NaslExpr
import NaslTensor

/// A tensor inside a net that is being traced: layers and functions applied to it are recorded.
///
///     let hidden = try Dense(64).apply(to: x)             // x: [B, 96]
///     let bent = try hidden.applying(swish)               // [B, 64]
public struct TracedTensor: Sendable {
    public let net: NetTracer
    package let content: Content

    package enum Content: Sendable {
        case values(Tracer.Variable)
        /// Characters, [B, context], out of a vocabulary of so many.
        case tokens(Tracer.Tokens, vocabulary: Int)
    }

    package init(_ variable: Tracer.Variable, in net: NetTracer) {
        self.net = net
        content = .values(variable)
    }

    init(_ tokens: Tracer.Tokens, vocabulary: Int, in net: NetTracer) {
        self.net = net
        content = .tokens(tokens, vocabulary: vocabulary)
    }

    /// Of one example, without the batch.
    public var shape: [Int] { Array(fullShape.dropFirst()) }

    /// With the batch first.
    package var fullShape: [Int] {
        switch content {
        case .values(let variable): variable.shape
        case .tokens(let tokens, _): tokens.shape
        }
    }

    /// The numbers it stands for; an error where it is text that no embedding has turned into numbers.
    package func variable(for layer: String) throws -> Tracer.Variable {
        switch content {
        case .values(let variable): return variable
        case .tokens(let tokens, _):
            throw NetError(layer, "a net for text begins with an embedding, but this layer was given \(tokens.shape[1]) characters")
        }
    }

    /// One axis besides the batch: [B, n].
    package func rows(for layer: String) throws -> Tracer.Variable {
        let variable = try variable(for: layer)
        guard variable.shape.count != 2 else { return variable }
        let batch = variable.shape.first ?? 1
        return net.tracer.reshape(variable, [batch, variable.count / max(batch, 1)])
    }

    /// A function of one argument, element by element.
    public func applying(_ function: FunctionTerm) throws -> TracedTensor {
        try TracedTensor.apply(function, to: [.tensor(self)])
    }

    /// What a function may be applied to inside a net.
    public enum Operand: Sendable {
        case tensor(TracedTensor)
        case number(Double)
    }

    /// A function of several arguments, element by element; at least one operand is a tensor. Each `param(..)` in it becomes a weight of
    /// its own, one per channel.
    ///
    /// - Parameter owner: the layer that the weights belong to; nil: this application alone.
    public static func apply(_ function: FunctionTerm, to operands: [Operand], owner: AnyObject? = nil) throws -> TracedTensor {
        let name = "`\(function.text)`"
        guard operands.count == function.parameters.count else {
            throw NetError(name, "it takes \(function.parameters.count) arguments, but \(operands.count) were given")
        }
        var numbers: [Symbol: Expr] = [:]
        var names: [Symbol] = []
        var tensors: [TracedTensor] = []
        for (parameter, operand) in zip(function.parameters, operands) {
            switch operand {
            case .number(let value): numbers[parameter] = .number(value)
            case .tensor(let tensor):
                names.append(parameter)
                tensors.append(tensor)
            }
        }
        guard let net = tensors.first?.net, tensors.allSatisfy({ $0.net === net }) else {
            throw NetError(name, "its operands belong to different nets, or to none")
        }
        if function.body.constantCount > 0 {
            throw NetError(name, "the derivative by which `const` is fitted does not reach into a net; `param(1.0)` is trained with it")
        }
        net.note(function, on: operands)
        let term = numbers.isEmpty ? function : FunctionTerm(parameters: names, body: function.body.substituting(numbers))
        let variables = try tensors.map { try $0.variable(for: name) }
        let largest = variables.max { $0.count < $1.count }?.shape ?? []
        try net.reserve(largest, name)
        var weights: [Tracer.Variable] = []
        let owner = owner ?? Anonymous()
        for (slot, start) in term.body.weights.enumerated() {
            weights.append(try net.parameter("param \(slot + 1)", [largest.last ?? 1], .constant(start), of: owner, name))
        }
        do {
            return TracedTensor(try net.tracer.elementwise(term, variables, weights: weights), in: net)
        } catch let error as ShapeMismatch {
            let shapes = error.shapes.prefix(variables.count).map { shapeText(Array($0.dropFirst())) }
            throw NetError(name, "shapes \(shapes.joined(separator: " and ")) do not fit; they must be equal")
        } catch let error as NotElementwise {
            throw NetError(name, error.description)
        }
    }

    /// Owns the weights of one application.
    private final class Anonymous {}
}
