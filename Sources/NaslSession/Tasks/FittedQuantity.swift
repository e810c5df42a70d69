import NaslExpr
import NaslLanguage
import NaslTraining

/// Numbers of a task that depend on the constants of its candidate, while it is found out how: what is done with them is noted, not computed.
final class FittedQuantity: TracedOperand {
    let quantity: Quantity

    init(_ quantity: Quantity) { self.quantity = quantity }

    let kind = "a number that depends on `const`"
    var shown: String { kind }
    let fieldNames = ["shape"]

    func field(_ name: String) -> Value? { name == "shape" ? .list(quantity.shape.map { .number(Double($0)) }) : nil }

    func apply(_ term: FunctionTerm, to operands: [Value]) throws -> Value { try Self.applied(term, to: operands) }

    /// A term that holds constants, or one applied to what depends on them.
    static func applied(_ term: FunctionTerm, to operands: [Value]) throws -> Value {
        let (names, body) = term.body.constantsAsNames
        let constants = names.compactMap(Expr.constantNumber).map { Quantity(constant: $0) }
        guard constants.count == names.count else { throw Fault.value("this constant belongs to no program that is fitted here") }
        var quantities = try operands.map { operand -> Quantity in
            if case .object(let object) = operand, let fitted = object as? FittedQuantity { return fitted.quantity }
            guard let tensor = operand.asTensor else { throw Fault.type("an operand beside `const`", expected: "a number, a list of numbers or a tensor", found: operand) }
            return Quantity(tensor.numbers, shape: tensor.shape)
        }
        // Known numbers are repeated along axes of length 1; what depends on constants has to fit as it is.
        var shape: [Int] = []
        for quantity in quantities {
            guard let joined = Tensor.broadcast(shape, quantity.shape) else { throw Fault.shapes("const", shape, quantity.shape) }
            shape = joined
        }
        for (slot, operand) in operands.enumerated() where quantities[slot].shape != shape {
            guard let tensor = operand.asTensor, tensor.numbers.count > 1 else { continue }
            quantities[slot] = Quantity(tensor.expanded(to: shape), shape: shape)
        }
        do { return .object(FittedQuantity(try Quantity(FunctionTerm(parameters: term.parameters + names, body: body), quantities + constants))) } catch {
            throw Fault.value(error.description)
        }
    }
}
