import NaslExpr
import NaslLanguage
import NaslTraining
import Synchronization

/// Stands for a candidate while it is found out how a task makes a reward of its values: it notes what it is called with, and gives what is not yet known.
final class ProbedCandidate: CallableObject {
    private let arity: Int
    private let noted = Mutex<[CompiledReward.Call]>([])

    init(arity: Int) { self.arity = arity }

    let kind = "a candidate"
    var shown: String { kind }
    var calls: [CompiledReward.Call] { noted.withLock { $0 } }

    /// As a program is called: with numbers, flat lists or tensors, which are repeated along axes of length 1.
    func call(_ arguments: Arguments, _ interpreter: Interpreter) throws -> Value {
        guard arguments.rest.count == arity else { throw Self.foreign(arguments) }
        var shape: [Int] = []
        let tensors = try arguments.rest.map { argument -> Tensor in
            guard argument.label == nil, let tensor = argument.value.asTensor, let joined = Tensor.broadcast(shape, tensor.shape) else { throw Self.foreign(arguments) }
            shape = joined
            return tensor
        }
        let columns = tensors.map { $0.numbers.count == 1 ? $0.numbers : $0.expanded(to: shape) }
        return .object(FittedQuantity(Quantity(given: noted.withLock { calls in
            calls.append(CompiledReward.Call(columns: columns, shape: shape))
            return calls.count - 1
        }, shape: shape)))
    }

    /// A call that is followed no further, and that only the program itself can answer.
    private static func foreign(_ arguments: Arguments) -> Fault { .value("this call is not compiled", at: arguments.range) }
}
