import NaslExpr
import NaslLanguage
import NaslTraining

/// A layer or a net as a value: called on a traced tensor it records itself; `>>` composes it.
final class NetValue: CallableObject {
    let layer: any Layer

    init(_ layer: any Layer) { self.layer = layer }

    let kind = "a layer"
    var shown: String { layer.summary }

    func call(_ arguments: Arguments, _ interpreter: Interpreter) throws -> Value {
        if arguments.rest.isEmpty { return .object(self) }
        guard arguments.rest.count == 1, case .object(let object) = arguments.rest[0].value, let traced = object as? TracedValue else {
            throw Fault.value("a layer is applied to what a net is given; train it, or compose it with `>>`", at: arguments.range)
        }
        return try tracing { .object(TracedValue(try layer.apply(to: traced.tensor))) }
    }

    /// What `train` takes as a net: a layer, a net, or any function from tensor to tensor.
    static func layer(of value: Value, _ interpreter: Interpreter, at range: SourceRange) throws -> any Layer {
        if case .object(let object) = value, let net = object as? NetValue { return net.layer }
        if case .object(let object) = value, let program = (object as? any ProgramObject)?.program { return try layer(of: program, interpreter, at: range) }
        guard value.isCallable else { throw Fault.type("the net", expected: "a layer, a net or a function", found: value, at: range) }
        let host = interpreter.host, seed = interpreter.seed, repetition = interpreter.repetition, latest = interpreter.latest
        return FunctionNet(summary: value.source, context: first(of: value, \.context), window: first(of: value, \.window)) { tensor in
            // A net may be traced again later, on another thread: each trace has an interpreter of its own.
            let interpreter = Interpreter(host: host, seed: seed, repetition: repetition, latest: latest, isTrial: true)
            let result = try interpreter.call(value, [.object(TracedValue(tensor))], at: range)
            guard case .object(let object) = result, let traced = object as? TracedValue else {
                throw Fault.type("the result of the net", expected: "a tensor", found: result, at: range)
            }
            return traced.tensor
        }
    }

    /// What the first of composed layers that knows it says.
    private static func first(of value: Value, _ property: (any Layer) -> Int?) -> Int? {
        switch value {
        case .object(let object): return (object as? NetValue).flatMap { property($0.layer) }
        case .function(let function):
            if case .composed(let one, let two) = function.body { return first(of: one, property) ?? first(of: two, property) }
            return nil
        default: return nil
        }
    }
}

/// A tensor inside a net that is being traced.
final class TracedValue: TracedOperand {
    let tensor: TracedTensor

    init(_ tensor: TracedTensor) { self.tensor = tensor }

    let kind = "a tensor inside a net"
    var shown: String { "a tensor of shape \(shapeText(tensor.shape)) inside a net" }
    let fieldNames = ["shape"]

    func field(_ name: String) -> Value? {
        name == "shape" ? .list(tensor.shape.map { .number(Double($0)) }) : nil
    }

    func apply(_ term: FunctionTerm, to operands: [Value]) throws -> Value {
        let inputs = try operands.map { operand -> TracedTensor.Operand in
            switch operand {
            case .number(let number): return .number(number)
            case .object(let object):
                if let traced = object as? TracedValue { return .tensor(traced.tensor) }
            default: break
            }
            throw Fault.type("an operand inside a net", expected: "a number or a tensor of the net", found: operand)
        }
        return try tracing { .object(TracedValue(try TracedTensor.apply(term, to: inputs))) }
    }
}

/// Shapes that do not fit are the candidate's fault or the net's, and are said in the user's words.
func tracing<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as NetError {
        throw Fault(Fault.misfit, "the net does not fit: \(error)")
    } catch let error as TrainingError {
        throw Fault.value("\(error)")
    } catch is TrainingInterrupted {
        throw Fault.interrupted
    } catch let error as DataError {
        throw Fault.file("\(error)")
    }
}

extension Fault {
    /// The code of a candidate that cannot be built: the trial is invalid.
    static let misfit = "N0318"
}
