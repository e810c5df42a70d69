import NaslExpr
import NaslLanguage
import NaslSearch

extension Builtins {
    /// Why a result is what it is.
    static let explaining: [Builtin] = [
        Builtin("explain", "result, on?, repeats?, seed?, workers?, over?, beside?",
                "Why a trial's program earns what it earns: how it was drawn, what each part and choice is worth on common seeds, which parts have no effect, Shapley values "
                    + "of the choices, how much its numbers matter, and pictures over the inputs of the child. Any program will do where `on:` names a task. "
                    + "Of a run: which draws decided about the reward, what the method came to propose, families of finds that are the same, the best so far beside random draws (`beside:` takes a run by `random`), failures, time. The parts are fields: `explain(run).effects`.",
                example: "explain(run.best)") { arguments, interpreter in
            if case .object(let run as RunValue) = arguments.value("result") {
                if let other = ["on", "repeats", "seed", "workers", "over"].first(where: arguments.given) {
                    throw Fault.value("`\(other):` belongs to the explanation of a trial, but this is a run", at: arguments.range(of: other))
                }
                return try explained(run, arguments, interpreter)
            }
            if arguments.given("beside") { throw Fault.value("`beside:` belongs to the explanation of a run", at: arguments.range(of: "beside")) }
            let host = try explainingHost(arguments, interpreter)
            let (program, origin) = try explained(arguments)
            let trials = CommonSeeds(
                task: try origin.task(), settings: origin.settings, workers: try workers(arguments, interpreter), host: host, latest: interpreter.latest, range: arguments.range)
            let repeats = try arguments.count("repeats", in: 2...100_000, default: 8)
            let settings = TrialExplanation.Settings(
                repeats: repeats, seed: try seed(arguments, default: freshSeed), orders: max(8, repeats), over: try explainedRange(arguments))
            let explanation = try TrialExplanation(program, origin, on: trials, under: try laws(interpreter), settings)
            let pictures = try explanation.term.map { try InputPictures($0, explanation.inputs, host) }
            return .object(TrialExplanationValue(explanation, pictures, host.options.drawing))
        },
    ]

    static func explainingHost(_ arguments: Arguments, _ interpreter: Interpreter) throws -> SessionHost {
        guard let host = interpreter.host as? SessionHost else { throw Fault.value("`\(arguments.callee)` runs trials, so it cannot be called inside one", at: arguments.range) }
        return host
    }

    /// The task of `on:`.
    static func taskOn(_ arguments: Arguments) throws -> TaskValue {
        guard case .task(let task) = arguments.value("on") else { throw arguments.wrongType("on", expected: "a task") }
        return task
    }

    /// The program, with its task from where it was tried, or from `on:`.
    private static func explained(_ arguments: Arguments) throws -> (Value, TrialOrigin) {
        let value = arguments.value("result")
        if case .object(let object) = value, let trial = object as? TrialValue, !arguments.given("on"), let origin = trial.origin { return (trial.program, origin) }
        guard arguments.given("on") else { throw arguments.wrongType("result", expected: "a run, a trial, or a program with its task, as in `explain(f, on: task)`") }
        let task = try taskOn(arguments)
        return (try TaskCandidate.checked(value, for: task, at: arguments.range(of: "result")), TrialOrigin(task: { task }))
    }

    private static func explainedRange(_ arguments: Arguments) throws -> Limits? {
        guard arguments.given("over") else { return nil }
        guard case .range(let range) = arguments.value("over") else { throw arguments.wrongType("over", expected: "a range, such as -4..4") }
        guard range.lower < range.upper, range.lower.isFinite, range.upper.isFinite else { throw Fault.value("`over` of `explain` is empty", at: arguments.range(of: "over")) }
        return Limits(range.lower, range.upper)
    }
}
