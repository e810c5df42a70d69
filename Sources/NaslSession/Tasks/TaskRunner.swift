import NaslExpr
import NaslLanguage
import NaslSearch
import NaslSpace
import NaslTraining

/// Runs one trial of a task: called by hand, by a search or by a comparison.
enum TaskRunner {
    struct Outcome {
        /// Nil where it, or a cost, is no finite number, for this `reason`.
        var reward: Double?
        var reason: String?
        /// What the task wants small.
        var costs: [(name: String, value: Double)]
        var metrics: [(name: String, value: Double)]
        var seconds: Double
        /// What was evaluated: the candidate with its constants as they were fitted.
        var candidate: Value
        var constants: [Double] = []
    }

    /// The task's reward for `candidate`; all random numbers depend on (seed, repetition) alone.
    static func run(
        _ task: TaskValue, _ candidate: Value, settings: [Argument] = [], seed: Int, repetition: Int, host: any Host, latest: [String: Value],
        depth: Int = 0, at range: SourceRange = .none
    ) throws -> Outcome {
        func interpreter() -> Interpreter { Interpreter(host: host, seed: seed, repetition: repetition, latest: latest, isTrial: true, depth: depth) }
        let start = ContinuousClock.now
        let fitting = try ConstantFitting(candidate, of: task, settings: settings, interpreter(), at: range)
        let interpreter = interpreter()
        try interpreter.spend(100)
        let outcome = try interpreter.outcome(of: task, fitting.candidate, settings: settings, at: range)
        if let problem = fitting.problem { throw Fault.notFitted(problem) }
        if !fitting.constants.isEmpty { interpreter.metrics.append((ConstantFitting.metric, Double(fitting.evaluations))) }
        let reason = outcome.reward.isFinite
            ? outcome.costs.first { !$0.value.isFinite }.map { "the cost `\($0.name)` is \(numberText($0.value))" } : "the reward is \(numberText(outcome.reward))"
        // The sum turns -0 into 0, which is what a user expects of `-abs(error)`.
        return Outcome(reward: reason == nil ? outcome.reward + 0 : nil, reason: reason, costs: outcome.costs, metrics: interpreter.metrics, seconds: seconds(since: start),
                       candidate: fitting.candidate, constants: fitting.constants)
    }

    /// What a search makes of one candidate, and the mistake where the task met one.
    static func evaluation(of task: TaskValue, _ sample: Sample, settings: [Argument] = [], seed: Int, repetition: Int, host: TrialHost, latest: [String: Value]) -> (evaluation: Evaluation, fault: Fault?) {
        do {
            let outcome = try run(task, task.grammar.value(of: sample), settings: settings, seed: seed, repetition: repetition, host: host, latest: latest)
            var evaluation = outcome.reason.map { Evaluation.failure(.diverged, $0, metrics: outcome.metrics) }
                ?? Evaluation(reward: outcome.reward, costs: outcome.costs, metrics: outcome.metrics)
            evaluation.constants = outcome.constants
            return (evaluation, nil)
        } catch let fault as Fault where fault.isRejection {
            return (.failure(.rejected, fault.title), nil)
        } catch let fault as Fault {
            return (.failure(fault.code == Fault.misfit ? .invalid : .failed, fault.title), fault)
        } catch {
            return (.failure(.failed, "\(error)"), nil)
        }
    }

    /// A trial that calls a task counts as so many nested calls: a hundred trials inside one another are enough.
    private static let trialDepth = Interpreter.callLimit / 100

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let parts = start.duration(to: .now).components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }

    /// `t(f, seed: 3, width: 32)`: the seed is 0 unless it is given; inside a trial it is the trial's, which also reports what this one reports.
    static func trialByHand(of task: TaskValue, _ arguments: [Argument], _ interpreter: Interpreter, at range: SourceRange) throws -> Value {
        var seed = interpreter.isTrial ? interpreter.seed : 0
        var isOwn = false
        var others: [Argument] = []
        for argument in arguments {
            guard argument.label == "seed", !task.settings.contains(where: { $0.name == "seed" }) else {
                others.append(argument)
                continue
            }
            guard case .number(let number) = argument.value, let whole = Int(exactly: number) else {
                throw Fault.type("`seed`", expected: "a whole number", found: argument.value, at: argument.range)
            }
            seed = whole
            isOwn = true
        }
        let (checked, settings) = try TaskCandidate.taken(from: others, for: task, at: range)
        let outcome: Outcome
        do {
            outcome = try run(task, checked, settings: settings, seed: seed, repetition: interpreter.isTrial && !isOwn ? interpreter.repetition : 0,
                              host: interpreter.host, latest: interpreter.latest, depth: interpreter.depth + trialDepth, at: range)
        } catch let fault as Fault where fault.isRejection && !interpreter.isTrial {
            return .object(TrialValue(program: checked, reward: nil, status: .rejected, reason: fault.title, costs: [], metrics: [], seed: seed, seconds: 0, number: nil,
                                      origin: TrialOrigin(task: { task }, settings: settings)))
        }
        if interpreter.isTrial { interpreter.metrics = outcome.metrics }
        return .object(TrialValue(
            program: outcome.candidate, reward: outcome.reward, status: outcome.reason == nil ? .ok : .diverged, reason: outcome.reason, costs: outcome.costs,
            metrics: outcome.metrics, seed: seed, seconds: outcome.seconds, number: nil, origin: TrialOrigin(task: { task }, settings: settings)))
    }
}

/// What the children of a search see: they do not write, for their order is not fixed.
final class TrialHost: Host {
    private let base: any Host
    private let stop: StopFlag
    /// Told of what nets give to the function that is explained.
    let watch: InputWatch?

    init(_ base: any Host, stop: StopFlag, watch: InputWatch? = nil) {
        self.base = base
        self.stop = stop
        self.watch = watch
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
    func contains(_ grammar: GrammarValue, _ value: Value) throws -> Bool { try base.contains(grammar, value) }
}
