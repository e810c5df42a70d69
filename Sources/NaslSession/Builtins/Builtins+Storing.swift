import NaslExpr
import NaslLanguage
import NaslSearch
import NaslStore

extension Builtins {
    /// Runs that are kept.
    static let storing: [Builtin] = [
        Builtin("resume", "name, trials?, workers?, isolate?",
                "Goes on with a stored run exactly where it stopped, until it has the trials that were asked for, or `trials`.",
                example: "let run = resume(\"night\")") { arguments, interpreter in
            let host = try host(arguments, interpreter)
            let (stored, _) = try storedRun(try arguments.text("name"), host, at: arguments.range(of: "name"))
            let definition = stored.definition
            let rebuilt = try Session.rebuilt((definition.source, definition.task, definition.method), for: host)
            let trials = try arguments.count("trials", in: 1...100_000_000, default: stored.requested)
            let limits = WorkerCrew.Limits(definition.settings)
            let request = TaskSearch.Request(
                task: rebuilt.task, method: rebuilt.method, trials: trials, seed: definition.seed, repeats: definition.repeats, isRacing: definition.isRacing, workers: try workers(arguments, interpreter), latest: rebuilt.latest,
                name: stored.name, source: definition.source, origin: rebuilt.session,
                isIsolated: try arguments.bool("isolate", default: false) || limits != WorkerCrew.Limits(), limits: limits)
            return .object(try TaskSearch.run(request, host, at: arguments.range))
        },
        Builtin("runs", "name?", "The runs in the store, or the one of this name: its trials, without going on with it.",
                example: "runs(\"night\").top(5)") { arguments, interpreter in
            let host = try host(arguments, interpreter)
            if arguments.given("name") {
                let (stored, store) = try storedRun(try arguments.text("name"), host, at: arguments.range(of: "name"))
                return .object(RunValue(stored, in: store, host))
            }
            return try Fault.ofStore(at: arguments.range) {
                let store = try host.runStore.store(for: .reading, host)
                return .list(try store.runs().map { .object(RunValue($0, in: store, host)) })
            }
        },
    ]

    /// The session that keeps runs; a trial may not.
    private static func host(_ arguments: Arguments, _ interpreter: Interpreter) throws -> SessionHost {
        guard let host = interpreter.host as? SessionHost else { throw Fault.value("`\(arguments.callee)` cannot be used inside a trial", at: arguments.range) }
        return host
    }

    static func storedRun(_ name: String, _ host: SessionHost, at range: SourceRange) throws -> (run: StoredRun, store: Store) {
        try Fault.ofStore(at: range) {
            let store = try host.runStore.store(for: .reading, host)
            if let run = try store.run(named: name) { return (run, store) }
            let names = try store.runs().map(\.name)
            let known = names.isEmpty ? "it holds none" : "it holds \(names.suffix(8).map { "`\($0)`" }.joined(separator: ", "))"
            throw Fault.store("there is no run `\(name)` in `\(store.path)`", help: [suggestion(for: name, among: names).map { "did you mean `\($0)`?" } ?? known], at: range)
        }
    }

    /// What `save:` says, or a name of the task's where everything is kept; nil: it is not kept.
    static func savedName(_ arguments: Arguments, _ task: TaskValue, _ host: SessionHost) throws -> String? {
        if arguments.given("save") {
            let name = try arguments.text("save")
            guard !name.isEmpty, name.utf8.count <= 200, !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
                throw Fault.value("the name of a run should be one line of 1 to 200 bytes", at: arguments.range(of: "save"))
            }
            return name
        }
        guard host.options.store != nil else { return nil }
        return try Fault.ofStore(at: arguments.range) {
            let taken = Set(try host.runStore.store(for: .writing, host).runs().map(\.name))
            var number = 1
            while taken.contains("\(task.name)-\(number)") { number += 1 }
            return "\(task.name)-\(number)"
        }
    }

    /// The trials of `from:`, with the choices that give their programs in the grammar of `task`; others are left out.
    static func prior(_ arguments: Arguments, _ task: TaskValue, _ host: SessionHost) throws -> Recording.Prior? {
        guard arguments.given("from") else { return nil }
        let range = arguments.range(of: "from")
        let old: RunValue
        switch arguments.value("from") {
        case .object(let object) where object is RunValue: old = try arguments.object("from", RunValue.self, expected: "a run")
        case .text(let name):
            let (stored, store) = try storedRun(name, host, at: range)
            old = RunValue(stored, in: store, host)
        default: throw arguments.wrongType("from", expected: "a run, or the name of a stored one")
        }
        let grammar = task.grammar
        var known: [String: [Int]?] = [:]
        let trials = try old.run().comparable.compactMap { trial -> Trial? in
            let choices: [Int]?
            if let found = known[trial.text] { choices = found } else {
                choices = try grammar.choices(of: try old.program(of: trial))
                known[trial.text] = .some(choices)
            }
            return choices.map { trial.with(choices: $0) }
        }
        guard !trials.isEmpty else {
            throw Fault.value("no program of that run is one of `\(grammar.name)`, so there is nothing to begin with", at: range)
        }
        return Recording.Prior(name: old.name ?? old.taskName, trials: trials)
    }
}
