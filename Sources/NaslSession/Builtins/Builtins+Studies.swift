import NaslExpr
import NaslLanguage

extension Builtins {
    static let studies: [Builtin] = [
        Builtin("study", "task, with?, trials?, baselines?, check?, seeds?, repeats?, finalists?, seed?, workers?, save?",
                "Searches by each method at equal trials, tunes human designs with as many (what a baseline leaves open: a grammar of the task that it does not give, or a grammar in the place of a program), and sets all of them beside one another on the same fresh seeds, in the task and in the tasks of `check:`, such as the test part and another net. With `save:` its searches are kept as runs, and the same call goes on after a break.",
                example: "study(reads_austen, with: [ppo(), random()], trials: 200, baselines: [relu, tanh], seeds: 3)") { arguments, interpreter in
            guard case .task(let task) = arguments.value("task") else { throw arguments.wrongType("task", expected: "a task") }
            guard let host = interpreter.host as? SessionHost else { throw Fault.value("a study cannot be made inside a trial", at: arguments.range) }
            let seed = try arguments.count("seed", in: 0...freshSeed / 2, default: 1)
            let request = Study.Request(
                task: task, methods: try methods(arguments), trials: try arguments.count("trials", in: 1...100_000_000, default: 500),
                seeds: Array(seed..<seed + (try arguments.count("seeds", in: 1...1000, default: 1))),
                designs: arguments.given("baselines") ? try Design.all(of: arguments.value("baselines"), for: task, at: arguments.range(of: "baselines")) : [],
                checks: try checks(arguments), repeats: try arguments.count("repeats", in: 2...1_000_000, default: 20),
                finalists: try arguments.count("finalists", in: 1...1000, default: 3), workers: try workers(arguments, interpreter),
                // Where everything is kept, a study is, too, under a name that finds it again.
                name: arguments.given("save") ? try savedName(arguments, task, host) : host.options.store.map { _ in task.name })
            return .object(try Study(request: request, host: host, interpreter: interpreter, range: arguments.range).run())
        },
    ]

    /// The default, evolution and random search, unless others are named.
    private static func methods(_ arguments: Arguments) throws -> [Method] {
        guard arguments.given("with") else { return [defaultMethod] + (try ["evolution", "random"].compactMap { try method(of: globals[$0] ?? .none, at: arguments.range) }) }
        let values = if case .list(let values) = arguments.value("with") { values } else { [arguments.value("with")] }
        let methods = try values.compactMap { try method(of: $0, at: arguments.range(of: "with")) }
        guard !methods.isEmpty, methods.count == values.count else { throw arguments.wrongType("with", expected: "a list of search methods, such as [ppo(), random()]") }
        var seen: Set<String> = []
        if let double = methods.first(where: { !seen.insert($0.shown).inserted }) { throw Fault.value("`\(double.shown)` stands twice in `with`", at: arguments.range(of: "with")) }
        return methods
    }

    private static func checks(_ arguments: Arguments) throws -> [TaskValue] {
        guard arguments.given("check") else { return [] }
        let values = if case .list(let values) = arguments.value("check") { values } else { [arguments.value("check")] }
        let tasks = values.compactMap { if case .task(let task) = $0 { task } else { nil } }
        guard tasks.count == values.count else { throw arguments.wrongType("check", expected: "a task, or a list of tasks") }
        return tasks
    }
}
