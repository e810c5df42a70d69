import NaslExpr
import NaslLanguage
import NaslSearch

extension Builtins {
    static let searching: [Builtin] = [
        Builtin("search", "task, with?, trials?, goal?, seed?, repeats?, racing?, workers?, save?, from?, isolate?, timeout?, memory?",
                "Searches the task's grammar, or grammars, for programs of high reward. The same seed gives the same run, with one worker or many; Ctrl-C stops it and keeps what it has. With `save:` its trials are stored under a name as they come, and the same call goes on after a break; `from:` lets it begin with what another run knows. With `goal:` it ends when a reward is good enough. `repeats: 3` evaluates each program three times and takes the mean; with `racing: true` it is three times on the average: once for all, and the others for those that may be the best. `isolate: true` gives each trial a process of its own, and so do limits: `timeout: 20s`, `memory: \"2 GB\"`.",
                example: "let run = search(reads_austen, with: ppo(), trials: 500, seed: 1)") { arguments, interpreter in
            let task = try task(arguments)
            let method = try method(arguments)
            let trials = try arguments.count("trials", in: 1...100_000_000, default: 500)
            guard let host = interpreter.host as? SessionHost else { throw Fault.value("a search cannot be started inside a trial", at: arguments.range) }
            let isRacing = try arguments.bool("racing", default: false)
            let repeats = try arguments.count("repeats", in: (isRacing ? 2 : 1)...1_000_000, default: isRacing ? 3 : 1)
            if repeats > 1, method.rungs != nil {
                throw Fault.value("`\(isRacing ? "racing" : "repeats"):` does not go with `\(method.name)`, which gives good programs more of the budget by itself", at: arguments.range(of: isRacing ? "racing" : "repeats"),
                                  help: ["`compare(\(task.name), run.top(5), repeats: \(repeats))` tries its finds again on fresh seeds"])
            }
            let request = TaskSearch.Request(
                task: task, method: method, trials: trials, goal: try goal(arguments), seed: try seed(arguments, default: 0), repeats: repeats, isRacing: isRacing, workers: try workers(arguments, interpreter),
                latest: interpreter.latest, name: try savedName(arguments, task, host), prior: try prior(arguments, task, host), isIsolated: try isIsolated(arguments), limits: try limits(arguments))
            return .object(try TaskSearch.run(request, host, at: arguments.range))
        },
        Builtin("compare", "task, candidates, repeats?, seed?, workers?",
                "Trains every candidate on the same fresh seeds and sets them beside the first: means, deviations and a paired t-test.",
                example: "compare(reads_austen, [relu, swish, run.best], repeats: 10)") { arguments, interpreter in
            let task = try task(arguments)
            let given = try arguments.list("candidates")
            // Lists inside the list, such as `run.top(3)`, count as their elements.
            let values = given.flatMap { value in if case .list(let inner) = value { inner } else { [value] } }
            guard !values.isEmpty else { throw Fault.value("there is nothing to compare", at: arguments.range(of: "candidates")) }
            let candidates = try values.map { value in
                let candidate = try TaskCandidate.checked(value, for: task, at: arguments.range(of: "candidates"))
                return (candidate.candidateName, candidate)
            }
            let repeats = try arguments.count("repeats", in: 1...1_000_000, default: 5)
            return .object(try TaskComparison.run(task, candidates, repeats: repeats, seed: try seed(arguments, default: freshSeed),
                                                  workers: try workers(arguments, interpreter), interpreter, at: arguments.range))
        },
    ]

    /// `compare` trains on seeds of its own, which no search uses unless it is told to.
    static let freshSeed = 1_000_000

    private static func task(_ arguments: Arguments) throws -> TaskValue {
        if case .task(let task) = arguments.value("task") { return task }
        throw arguments.wrongType("task", expected: "a task")
    }

    /// A reward that is good enough; nil: none is.
    private static func goal(_ arguments: Arguments) throws -> Double? {
        guard arguments.given("goal") else { return nil }
        return try number(arguments, "goal", expected: "a finite number", default: 0) { _ in true }
    }

    static func seed(_ arguments: Arguments, default fallback: Int) throws -> Int {
        try arguments.count("seed", in: -1_000_000_000_000...1_000_000_000_000, default: fallback)
    }

    static func workers(_ arguments: Arguments, _ interpreter: Interpreter) throws -> Int {
        let fallback = (interpreter.host as? SessionHost)?.options.workers ?? 1
        return try arguments.count("workers", in: 1...1024, default: fallback)
    }
}

extension Value {
    /// How a comparison calls a candidate: by its name where it has one, and by its text.
    var candidateName: String {
        if case .function(let function) = self, let name = function.name, name != function.source { return "\(name) = \(function.source)" }
        return source
    }
}
