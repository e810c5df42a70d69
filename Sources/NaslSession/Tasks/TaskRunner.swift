import NaslExpr
import NaslLanguage
import NaslSearch

/// Runs one trial of a task: called by hand, by a search or by a comparison.
enum TaskRunner {
    struct Outcome {
        var reward: Double
        var metrics: [(name: String, value: Double)]
        var seconds: Double
    }

    /// The task's reward for `candidate`; all random numbers depend on (seed, repetition) alone.
    static func run(
        _ task: TaskValue, _ candidate: Value, settings: [Argument] = [], seed: Int, repetition: Int, host: any Host, latest: [String: Value],
        depth: Int = 0, at range: SourceRange = .none
    ) throws -> Outcome {
        let interpreter = Interpreter(host: host, seed: seed, repetition: repetition, latest: latest, isTrial: true, depth: depth)
        try interpreter.spend(100)
        let start = ContinuousClock.now
        let reward = try interpreter.reward(of: task, [candidate], settings: settings, at: range)
        return Outcome(reward: reward, metrics: interpreter.metrics, seconds: seconds(since: start))
    }

    /// A trial that calls a task counts as so many nested calls: a hundred trials inside one another are enough.
    private static let trialDepth = Interpreter.callLimit / 100

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let parts = start.duration(to: .now).components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }

    /// `t(f, seed: 3, width: 32)`: the seed is 0 unless it is given.
    static func trialByHand(of task: TaskValue, _ arguments: [Argument], _ interpreter: Interpreter, at range: SourceRange) throws -> Value {
        var seed = 0
        var candidate: Value?
        var settings: [Argument] = []
        let names = task.searched.map(\.name)
        for argument in arguments {
            switch argument.label {
            case "seed" where !task.settings.contains(where: { $0.name == "seed" }):
                guard case .number(let number) = argument.value, let whole = Int(exactly: number) else {
                    throw Fault.type("`seed`", expected: "a whole number", found: argument.value, at: argument.range)
                }
                seed = whole
            case .none where candidate == nil, .some(names[0]) where candidate == nil: candidate = argument.value
            default: settings.append(argument)
            }
        }
        guard let candidate else {
            throw Fault.missingArgument(names[0], of: task.name, signature: task.summary, at: range)
        }
        let checked = try self.candidate(candidate, for: task, at: range)
        let outcome = try run(task, checked, settings: settings, seed: seed, repetition: 0, host: interpreter.host, latest: interpreter.latest,
                              depth: interpreter.depth + trialDepth, at: range)
        let isFinite = outcome.reward.isFinite
        return .object(TrialValue(
            program: checked, reward: isFinite ? outcome.reward : nil, status: isFinite ? .ok : .diverged,
            reason: isFinite ? nil : "the reward is \(numberText(outcome.reward))", metrics: outcome.metrics, seed: seed, seconds: outcome.seconds, number: nil))
    }

    /// What may be given to a task by hand: a function of as many parameters as the grammar's programs have, or, where they have none,
    /// any plain value.
    static func candidate(_ value: Value, for task: TaskValue, at range: SourceRange) throws -> Value {
        let value = if case .object(let object) = value, let program = (object as? any ProgramObject)?.program { program } else { value }
        let grammar = task.searched[0].grammar
        let count = grammar.grammar.parameters.count
        guard count > 0 else { return value }
        guard value.isCallable else { throw Fault.type("`\(task.searched[0].name)` of `\(task.name)`", expected: "a function", found: value, at: range) }
        if case .function(let function) = value, case .term(let term) = function.term, term.parameters.count != count {
            throw Fault.value("`\(task.name)` needs a function of \(count) parameter\(count == 1 ? "" : "s"), but this one has \(term.parameters.count)", at: range)
        }
        return value
    }
}

/// What the children of a search see: they do not write, for their order is not fixed.
final class TrialHost: Host {
    private let base: any Host
    private let stop: StopFlag

    init(_ base: any Host, stop: StopFlag) {
        self.base = base
        self.stop = stop
    }

    /// The session behind it, however many trials started one another.
    var session: SessionHost? { SessionHost.behind(base) }

    func write(_ text: String) {}
    var isInterrupted: Bool { stop.isRequested }
    var fuel: Fuel? { base.fuel }
    func checkMemory() throws { try base.checkMemory() }
    func evaluate(_ term: FunctionTerm, _ columns: [[Double]], count: Int) throws -> [Double] { try base.evaluate(term, columns, count: count) }
    func trial(of task: TaskValue, _ arguments: [Argument], _ interpreter: Interpreter, at range: SourceRange) throws -> Value {
        try base.trial(of: task, arguments, interpreter, at: range)
    }
    func index(_ grammar: GrammarValue, _ index: Value, at range: SourceRange) throws -> Value { try base.index(grammar, index, at: range) }
    func contains(_ grammar: GrammarValue, _ value: Value) throws -> Bool { try base.contains(grammar, value) }
}
