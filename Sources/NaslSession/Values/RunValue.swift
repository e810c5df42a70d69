import NaslControl
import NaslExpr
import NaslLanguage
import NaslSearch
import NaslStore
import Synchronization

/// A search that was made, or one from the store: `run.best`, `run.top(5)`, `run.front`, `run.trials`, `run.history`.
final class RunValue: LanguageObject, RowObject {
    /// As the store knows it; nil where it is not kept.
    let name: String?
    let taskName: String
    let method: String
    let seed: Int
    /// When it began, in seconds since 1970.
    private let began: Double
    private let content: any RunContent

    init(run: Run, task: TaskValue, method: Method, name: String?, facts: @escaping @Sendable () throws -> RunFacts, controller: @escaping @Sendable () throws -> any Controller) {
        self.name = name
        taskName = task.name
        self.method = method.name
        seed = run.seed
        began = secondsSince1970() - run.seconds
        content = FoundRun(found: run, searched: task, method: method, known: facts, remade: controller)
    }

    init(_ stored: StoredRun, in store: Store, _ host: SessionHost) {
        name = stored.name
        taskName = stored.definition.task
        method = stored.definition.method.prefix { $0 != "(" }.description
        seed = stored.definition.seed
        began = stored.created
        content = KeptRun(stored, store, host)
    }

    let kind = "a run"

    /// All of it, in memory.
    func run() throws -> Run { try content.run() }

    /// What it searched.
    func grammar() throws -> GrammarValue { try content.definition().task.grammar }

    /// What it searched with.
    func definition() throws -> (task: TaskValue, method: Method) { try content.definition() }

    /// The task's setting that is the budget of its trials; nil where they have none.
    var budgetName: String? { content.budget?.name }

    /// What is known of it beside its trials.
    func facts() throws -> RunFacts { try content.facts() }

    /// The controller as it was when the run ended, made anew for each question: a controller belongs to one thread.
    func controller() throws -> any Controller { try content.controller() }

    /// The grammar's program of a trial.
    func program(of trial: Trial) throws -> Value {
        try grammar().value(choices: trial.choices, program: trial.program, logProbability: trial.logProbability).filling(constants: trial.constants)
    }

    var shown: String {
        do {
            let (count, proposals, failures, rejected, evaluations) = try content.counts()
            var lines = ["run\(name.map { " `\($0)`" } ?? "") of \(taskName) by \(method), seed \(seed): \(grouped(count)) trials"
                + (evaluations > count ? " in \(grouped(evaluations)) evaluations" : "")
                + (rejected > 0 ? " and \(grouped(rejected)) rejected" : "")
                + (proposals > count ? " of \(grouped(proposals)) proposals" : "")
                + (try content.budget.map { " at the cost of \(rounded(try content.spent())) with \($0.name) \(TrialValue.cost($0.full))" } ?? "")
                + (failures > 0 ? ", \(grouped(failures)) of them failed" : "")
                + (try content.innerEvaluations().map { ", \(grouped(Int(exactly: $0) ?? 0)) inner evaluations" } ?? "") + ", \(secondsText(content.seconds)), \(content.ending)"]
            if let best = try content.best() { lines.append("best \(rounded(best.reward))   \(best.text)") }
            return lines.joined(separator: "\n")
        } catch {
            return "run\(name.map { " `\($0)`" } ?? "") of \(taskName): \((error as? Fault)?.title ?? "\(error)")"
        }
    }

    let fieldNames = ["best", "top", "front", "trials", "proposals", "rejected", "evaluations", "spent", "deviation", "history", "name", "task", "method", "seed", "seconds", "ending"]

    func field(_ name: String) throws -> Value? {
        switch name {
        case "best": try content.top(1).first.map(value) ?? Value.none
        case "front": .list(try content.run().front.map(value))
        case "trials": .list(try content.run().trials.map(value))
        // All that was drawn: trials, and programs that were the same as an earlier one's.
        case "proposals": .number(Double(try content.counts().proposals))
        // Programs that a cheap test of the task has given up.
        case "rejected": .number(Double(try content.counts().rejected))
        // Of the task: one for each trial, and the repetitions.
        case "evaluations": .number(Double(try content.counts().evaluations))
        // What the trials have cost, as many of the full budget.
        case "spent": .number(try content.spent())
        // Between repetitions of one program.
        case "deviation": try content.run().deviation.map { .number($0) } ?? Value.none
        case "history": .list(try content.run().history.map { $0.map { .number($0) } ?? Value.none })
        case "name": self.name.map { .text($0) } ?? Value.none
        // As `runs()` names them.
        case "task": .text(taskName)
        case "method": .text(method)
        case "seed": .number(Double(seed))
        case "seconds": .number(content.seconds)
        case "ending": .text(content.ending)
        case "top":
            .function(Function(name: "top", .builtin(Builtin("top", "count?", "The best trials of the run, each program once.") { [self] arguments, _ in
                .list(try content.top(try arguments.count("count", in: 1...1_000_000, default: 10)).map(value))
            })))
        default: nil
        }
    }

    private func value(_ trial: Trial) throws -> Value {
        let content = content
        let found = RunOrigin(run: name, task: taskName, method: method, seed: seed, began: began)
        let origin = TrialOrigin(task: { try content.task() }, settings: budgetSettings(trial), choices: trial.choices, controller: { try content.controller() }, found: found)
        return .object(TrialValue(program: try program(of: trial), reward: trial.reward, status: trial.status, reason: trial.reason, costs: trial.costs,
                                  metrics: trial.metrics, seed: trial.seed, seconds: trial.seconds, number: trial.index + 1, rewards: try content.isRepeated() ? trial.rewards : nil, budget: trial.budget, origin: origin))
    }

    /// What the trial's task was called with.
    private func budgetSettings(_ trial: Trial) -> [Argument] {
        guard let budget = content.budget, let amount = trial.budget else { return [] }
        return [Argument(label: budget.name, .number(amount))]
    }

    let columns = ["run", "task", "method", "seed", "trials", "best", "state"]

    var cells: [String] {
        let count = (try? content.counts().trials).map(grouped) ?? "?"
        let best = (try? content.best()).map { rounded($0.reward) } ?? "-"
        return [name ?? "-", taskName, method, "\(seed)", count, best, content.ending]
    }
}

/// Where a run's trials come from.
private protocol RunContent: Sendable {
    func run() throws -> Run
    func counts() throws -> (trials: Int, proposals: Int, failures: Int, rejected: Int, evaluations: Int)
    /// Whether programs were evaluated more than once.
    func isRepeated() throws -> Bool
    /// The task's setting that is the budget, and the full one; nil where the method gives none.
    var budget: (name: String, full: Double)? { get }
    /// What the trials have cost, as many of the full budget.
    func spent() throws -> Double
    /// Of compiled rewards, for fitting constants; nil where there were none.
    func innerEvaluations() throws -> Double?
    func top(_ count: Int) throws -> [Trial]
    /// The highest reward, and the program that earned it.
    func best() throws -> (reward: Double, text: String)?
    func definition() throws -> (task: TaskValue, method: Method)
    func facts() throws -> RunFacts
    func controller() throws -> any Controller
    var seconds: Double { get }
    /// Why it is where it is.
    var ending: String { get }
}

extension RunContent {
    func task() throws -> TaskValue { try definition().task }
    func grammar() throws -> GrammarValue { try task().grammar }
}

/// A run in memory.
private struct FoundRun: RunContent {
    let found: Run
    let searched: TaskValue
    let method: Method
    let known: @Sendable () throws -> RunFacts
    let remade: @Sendable () throws -> any Controller

    func run() -> Run { found }
    func counts() -> (trials: Int, proposals: Int, failures: Int, rejected: Int, evaluations: Int) { (found.trials.count, found.proposals.count, found.trials.count { $0.reward == nil }, found.rejected, found.evaluations) }
    func isRepeated() -> Bool { found.deviation != nil }
    var budget: (name: String, full: Double)? { method.budget.flatMap { name in found.fullBudget.map { (name, $0) } } }
    func spent() -> Double { found.spent }
    func innerEvaluations() -> Double? {
        let counts = found.trials.compactMap { trial in trial.metrics.first { $0.name == ConstantFitting.metric }?.value }
        return counts.isEmpty ? nil : counts.reduce(0, +)
    }
    func top(_ count: Int) -> [Trial] { count == 1 ? found.best.map { [$0] } ?? [] : found.top(count) }
    func best() -> (reward: Double, text: String)? {
        found.best.map { ($0.reward ?? .nan, searched.grammar.value(choices: $0.choices, program: $0.program, logProbability: $0.logProbability).filling(constants: $0.constants).source) }
    }
    func definition() -> (task: TaskValue, method: Method) { (searched, method) }
    func facts() throws -> RunFacts { try known() }
    func controller() throws -> any Controller { try remade() }
    var seconds: Double { found.seconds }
    var ending: String { found.ending.description }
}

/// A run in the store, of which no more is read than is asked for.
private final class KeptRun: RunContent {
    private let stored: StoredRun
    private let store: Store
    private let host: SessionHost
    private let rebuilt = Mutex<(task: TaskValue, method: Method)?>(nil)

    init(_ stored: StoredRun, _ store: Store, _ host: SessionHost) {
        self.stored = stored
        self.store = store
        self.host = host
    }

    func run() throws -> Run {
        let space = try definition().task.grammar.space
        return try Fault.ofStore(at: .none) {
            let proposals = try store.past(of: stored, in: space).measuredTrials
            let ending: Run.Ending = switch stored.state {
            case .finished: .finished
            case .exhausted: .exhausted(derivations: Set(proposals.map(\.choices)).count)
            case .nothingNew: .nothingNew(rounds: stored.rounds)
            case .running, .stopped: .stopped
            }
            return Run(proposals: proposals, requested: stored.requested, seed: stored.definition.seed, algorithm: stored.definition.method, rounds: stored.rounds,
                       seconds: stored.seconds, ending: ending, fullBudget: stored.fullBudget)
        }
    }

    func counts() throws -> (trials: Int, proposals: Int, failures: Int, rejected: Int, evaluations: Int) {
        try Fault.ofStore(at: .none) { (stored.trials, stored.proposals, try store.failures(of: stored), try store.rejected(of: stored), stored.trials + (try store.repetitions(of: stored).count)) }
    }

    func isRepeated() -> Bool { stored.definition.repeats > 1 }
    var budget: (name: String, full: Double)? { stored.budgetName.flatMap { name in stored.fullBudget.map { (name, $0) } } }
    func spent() throws -> Double { try Fault.ofStore(at: .none) { try store.spent(in: stored) } }

    func innerEvaluations() throws -> Double? { try Fault.ofStore(at: .none) { try store.total(ofMetric: ConstantFitting.metric, in: stored) } }

    func top(_ count: Int) throws -> [Trial] {
        let space = try definition().task.grammar.space
        return try Fault.ofStore(at: .none) { try store.top(count, of: stored).compactMap { $0.trial(in: space) } }
    }

    func best() throws -> (reward: Double, text: String)? {
        try Fault.ofStore(at: .none) { try store.top(1, of: stored).first.map { ($0.reward ?? .nan, $0.program) } }
    }

    func controller() throws -> any Controller {
        let (task, method) = try definition()
        let controller = method.controller(task.grammar.space, stored.definition.seed)
        let search = Search(space: task.grammar.space, controller: controller, settings: .init(trials: stored.trials, seed: stored.definition.seed, repeats: stored.definition.repeats)) { _ in
            .failure(.failed, "nothing is evaluated here")
        }
        try Fault.ofStore(at: .none) { _ = try search.restore(try store.past(of: stored, in: task.grammar.space)) }
        return controller
    }

    func facts() throws -> RunFacts { try Fault.ofStore(at: .none) { try RunFacts(stored, in: store) } }

    var seconds: Double { stored.seconds }
    var ending: String { stored.stateText }

    /// Its task and method, from the stored script.
    func definition() throws -> (task: TaskValue, method: Method) {
        if let known = rebuilt.withLock({ $0 }) { return known }
        let made = try Session.rebuilt((stored.definition.source, stored.definition.task, stored.definition.method), for: host)
        let method = try made.method.settled(on: made.task, latest: made.latest, at: .none)
        rebuilt.withLock { $0 = (made.task, method) }
        return (made.task, method)
    }
}
