import NaslControl
import NaslExpr
import NaslLanguage
import NaslSearch

/// A finished or stopped search: `run.best`, `run.top(5)`, `run.front`, `run.trials`, `run.history`.
final class RunValue: LanguageObject {
    let run: Run
    let task: TaskValue
    let method: String
    /// The controller as it was when the run ended, made anew for each question: a controller belongs to one thread.
    let controller: @Sendable () throws -> any Controller
    private let makeProgram: @Sendable (Trial) -> Value

    init(
        run: Run, task: TaskValue, method: String, controller: @escaping @Sendable () throws -> any Controller, makeProgram: @escaping @Sendable (Trial) -> Value
    ) {
        self.run = run
        self.task = task
        self.method = method
        self.controller = controller
        self.makeProgram = makeProgram
    }

    let kind = "a run"

    var shown: String {
        let failures = run.trials.count { $0.reward == nil }
        var lines = ["run of \(task.name) by \(method), seed \(run.seed): \(grouped(run.trials.count)) trials"
            + (failures > 0 ? ", \(grouped(failures)) of them failed" : "") + ", \(secondsText(run.seconds)), \(run.ending.description)"]
        if let best = run.best { lines.append("best \(rounded(best.reward ?? .nan))   \(makeProgram(best).source)") }
        return lines.joined(separator: "\n")
    }

    let fieldNames = ["best", "top", "front", "trials", "history", "seed", "seconds", "ending"]

    func field(_ name: String) -> Value? {
        switch name {
        case "best": run.best.map(value) ?? Value.none
        case "front": .list(run.front.map(value))
        case "trials": .list(run.trials.map(value))
        case "history": .list(run.history.map { $0.map { .number($0) } ?? Value.none })
        case "seed": .number(Double(run.seed))
        case "seconds": .number(run.seconds)
        case "ending": .text(run.ending.description)
        case "top":
            .function(Function(name: "top", .builtin(Builtin("top", "count?", "The best trials of the run, each program once.") { [self] arguments, _ in
                .list(run.top(try arguments.count("count", in: 1...1_000_000, default: 10)).map(value))
            })))
        default: nil
        }
    }

    private func value(_ trial: Trial) -> Value {
        .object(TrialValue(program: makeProgram(trial), reward: trial.reward, status: trial.status, reason: trial.reason, costs: trial.costs,
                           metrics: trial.metrics, seed: trial.seed, seconds: trial.seconds, number: trial.index + 1))
    }
}
