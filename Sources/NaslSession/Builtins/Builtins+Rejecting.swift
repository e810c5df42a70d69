import NaslExpr
import NaslLanguage

extension Builtins {
    /// Cheap tests inside of a task.
    static let rejecting: [Builtin] = [
        Builtin("reject", "when, reason?",
                "Inside a task, above what is expensive: gives the candidate up where the condition is true. A search counts it apart, not as a trial.",
                example: "task t(f: G) { reject(when: f(1) == f(2), \"it is constant\"); reward -slow(f) }") { arguments, interpreter in
            guard interpreter.isTrial else { throw Fault.value("`reject` can only be used in a task", at: arguments.range) }
            // While it is found out how a reward depends on constants, they have no values yet.
            if interpreter.constantTracer != nil, case .object(let object) = arguments.value("when"), object is FittedQuantity { return .none }
            guard try isTrue(arguments.value("when"), "`when` of `reject`", arguments.range(of: "when")) else { return .none }
            var fault = Fault.value(arguments.given("reason") ? try arguments.text("reason") : "the task's test", at: arguments.range)
            fault.isRejection = true
            throw fault
        }
    ]
}
