import NaslExpr
import NaslLanguage
import NaslTraining

/// Fits the constants of a candidate to a task's reward: one run of the task notes how the reward comes about, and what was noted is compiled.
struct ConstantFitting {
    /// The candidate with numbers in place of its constants.
    var candidate: Value
    var constants: [Double] = []
    /// Of what was compiled.
    var evaluations = 0
    /// Why the reward could not be followed; where the task then runs, this is the user's to know.
    var problem: Fault?

    /// - Parameter interpreter: a fresh one, with the seed of the trial.
    init(_ candidate: Value, of task: TaskValue, settings: [Argument], _ interpreter: Interpreter, at range: SourceRange) throws {
        self.candidate = candidate
        let count = candidate.constantCount
        guard count > 0 else { return }
        constants = [Double](repeating: 1, count: count)
        interpreter.constantTracer = { try FittedQuantity.applied($0, to: $1) }
        do {
            let reward = try interpreter.reward(of: task, candidate.numberingConstants(), settings: settings, at: range)
            if case .object(let object) = reward, let quantity = (object as? FittedQuantity)?.quantity {
                guard quantity.shape.isEmpty else { throw Fault.type("the reward", expected: "a number", found: reward) }
                let objective = try Objective(quantity, constants: count)
                let fit = ConstantFit().fit(objective, seed: interpreter.seed, address: ["constants", .number(interpreter.repetition)])
                (constants, evaluations) = (fit.constants, fit.evaluations)
            }
        } catch let fault as Fault {
            if fault.isInterrupt || fault.endsSearch || fault.isRejection { throw fault }
            problem = fault
        } catch let error as NotElementwise {
            problem = .value(error.description)
        }
        self.candidate = candidate.filling(constants: constants)
    }

    /// How often compiled programs were evaluated, as trials report it.
    static let metric = "inner evaluations"
}

extension Fault {
    /// The reward was found, but not how it depends on the constants.
    static func notFitted(_ problem: Fault) -> Fault {
        var fault = Fault("N0326", "`const` cannot be fitted here: \(problem.title)", help: [
            "a constant is fitted by the derivative of the reward: compute it from what the program returns with elementwise functions, `sum` and `mean`",
            "or write `real(-1..1)` in the grammar, which is drawn and needs no derivative",
        ])
        fault.labels = problem.labels
        return fault
    }
}
