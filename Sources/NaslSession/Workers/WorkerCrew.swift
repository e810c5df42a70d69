import NaslExpr
import NaslLanguage
import NaslSearch
import Synchronization

/// The workers of a search whose trials are isolated: processes that evaluate one candidate at a time, replaced when they end or are
/// killed; ``Attempts`` says which candidates are tried again.
final class WorkerCrew: Sendable {
    struct Limits: Sendable, Hashable {
        /// Seconds for one trial.
        var timeout: Double?
        /// Resident bytes of one worker.
        var memory: Int?

        /// As the store keeps them beside a run.
        var settings: [String: String] {
            var settings: [String: String] = [:]
            if let timeout { settings["timeout"] = "\(numberText(timeout)) s" }
            if let memory { settings["memory"] = "\(memory) bytes" }
            return settings
        }

        init(timeout: Double? = nil, memory: Int? = nil) {
            self.timeout = timeout
            self.memory = memory
        }

        init(_ settings: [String: String]) {
            func first(_ name: String) -> Substring? { settings[name]?.split(separator: " ").first }
            timeout = first("timeout").flatMap { Double($0) }
            memory = first("memory").flatMap { Int($0) }
        }
    }

    /// Its interval is told to the worker; three of them without a line are too many.
    private static let heartbeat = 2.0

    private let command: [String]
    private let task: (hash: String, name: String, source: String)
    private let limits: Limits
    /// The task's setting that candidates with a budget set.
    private let budget: String?
    private let idle = Mutex<[Box]>([])

    /// A process belongs to one thread at a time.
    private final class Box: @unchecked Sendable {
        let process: WorkerProcess
        init(_ process: WorkerProcess) { self.process = process }
    }

    init(_ command: [String], task: String, source: String, limits: Limits, budget: String? = nil) {
        self.command = command + (limits.memory.map { ["--memory", "\($0)"] } ?? [])
        self.task = (WorkerCrew.hash(source), task, source)
        self.limits = limits
        self.budget = budget
    }

    /// FNV-1a of a text.
    static func hash(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return "fnv1a:\(String(hash, radix: 16))"
    }

    /// Ends all workers.
    func close() {
        for box in idle.withLock({ boxes in
            defer { boxes = [] }
            return boxes
        }) { box.process.end() }
    }

    /// What comes of a candidate, and the mistake where the task met one.
    func evaluate(_ candidate: Search.Candidate) -> (evaluation: Evaluation, fault: Fault?) {
        var attempts = Attempts()
        while true {
            let box: Box
            do throws(WorkerProcess.Failure) {
                if let waiting = idle.withLock({ $0.popLast() }) { box = waiting } else { box = Box(try WorkerProcess(command)) }
            } catch {
                var fault = Fault.value("a worker cannot be started: \(error.text)")
                fault.endsSearch = true
                return (.failure(.failed, fault.title), fault)
            }
            switch attempt(candidate, attempts.number, box.process) {
            case .done(let evaluation, let fault):
                idle.withLock { $0.append(box) }
                return (evaluation, fault)
            case .over(let evaluation, let fault):
                box.process.end()
                return (evaluation, fault)
            case .crashed(let how): if let evaluation = attempts.crashed(how) { return (evaluation, nil) }
            case .lost: if let evaluation = attempts.lost() { return (evaluation, nil) }
            }
        }
    }

    /// Asks the worker to leave the candidate, so that it can end what the candidate has started; a worker that does not is killed.
    private func ended(_ evaluation: Evaluation, _ id: String, _ process: WorkerProcess) -> Attempt {
        guard process.send(WorkerMessage.cancel(id: id)) else { return .over(evaluation, nil) }
        let patience = ContinuousClock.now + .milliseconds(300)
        while case .line(let line) = process.next(deadline: patience, silence: 1, memory: limits.memory, isStopped: { false }) {
            if let message = JSON(line), message["type"]?.text == "result", message["id"]?.text == id { return .done(evaluation, nil) }
        }
        return .over(evaluation, nil)
    }

    private enum Attempt {
        /// The worker can go on.
        case done(Evaluation, Fault?)
        /// The worker cannot.
        case over(Evaluation, Fault?)
        case crashed(String)
        case lost
    }

    private func attempt(_ candidate: Search.Candidate, _ number: Int, _ process: WorkerProcess) -> Attempt {
        let id = "\(candidate.label).\(number)"
        var isSent = true
        if process.tasks.insert(task.hash).inserted { isSent = process.send(WorkerMessage.task(hash: task.hash, name: task.name, body: task.source)) }
        let eval = WorkerMessage.eval(
            id: id, trial: candidate.trial + 1, attempt: number, candidate: candidate.sample.choices, task: task.hash, seed: candidate.seed,
            repetition: candidate.repetition, budget: candidate.budget(budget), heartbeat: WorkerCrew.heartbeat)
        isSent = isSent && process.send(eval)
        guard isSent else {
            process.end()
            return .lost
        }
        // The time begins with the first heartbeat: a fresh worker has to read its data first.
        var deadline: ContinuousClock.Instant?
        while true {
            switch process.next(deadline: deadline, silence: 3 * WorkerCrew.heartbeat, memory: limits.memory, isStopped: { candidate.stop.isRequested }) {
            case .line(let line):
                guard let message = JSON(line) else { continue }
                switch message["type"]?.text {
                case "result" where message["id"]?.text == id:
                    guard let (evaluation, code) = WorkerMessage.evaluation(message) else { return .lost }
                    // Its own count of memory came first; what it holds it may not give back.
                    if code == Fault.memoryCode { return .over(limits.outOfMemory, nil) }
                    return .done(evaluation, code.map { Fault($0, evaluation.reason ?? "") })
                case "heartbeat" where message["id"]?.text == id && deadline == nil:
                    deadline = limits.timeout.map { .now + .seconds($0 - (message["elapsed_s"]?.double ?? 0)) }
                case "error":
                    var fault = Fault.value("a worker cannot do this task: \(message["message"]?.text ?? "it does not say why")")
                    fault.endsSearch = true
                    return .over(.failure(.failed, fault.title), fault)
                default: continue
                }
            case .ended(.crashed(let how)): return .crashed(how)
            case .ended(.killed), .silent:
                process.end()
                return .lost
            case .deadline: return ended(limits.timedOut, id, process)
            case .stopped: return ended(.failure(.failed, "stopped"), id, process)
            case .outOfMemory: return .over(limits.outOfMemory, nil)
            }
        }
    }
}
