#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslLanguage
import NaslSearch

/// The candidates of one search, evaluated by a cluster: whole rounds go to the driver, which knows how many workers there are.
///
/// Which candidates are tried again, and what they come to, is decided here, by the rules for processes of this machine (``Attempts``).
/// A driver that ends is started again, and is sent what is open.
final class ClusterCrew: RoundEvaluator {
    private struct Open {
        let place: Int
        let candidate: Search.Candidate
        var attempts = Attempts()
    }

    private let driver: ClusterDriver
    private let task: (hash: String, name: String, source: String)
    private let limits: WorkerCrew.Limits
    /// The task's setting that candidates with a budget set.
    private let budget: String?
    private let search: Int
    /// What is told of each candidate, before the search folds it.
    private let found: (Search.Candidate, Evaluation, Fault?) -> Void
    /// What is told of workers that come and of what is lost: a kind, and words.
    var note: (String, String) -> Void = { _, _ in }
    private var open: [String: Open] = [:]
    /// Workers of which the run's events tell.
    private var known: Set<Int> = []
    /// Starts of the driver without a result since.
    private var failures = 0

    private static let mostFailures = 5
    private static let heartbeat = 2.0

    init(
        _ driver: ClusterDriver, task: String, source: String, limits: WorkerCrew.Limits, budget: String? = nil, found: @escaping (Search.Candidate, Evaluation, Fault?) -> Void
    ) {
        self.driver = driver
        self.task = (WorkerCrew.hash(source), task, source)
        self.limits = limits
        self.budget = budget
        self.found = found
        search = driver.numberOfSearch()
    }

    func evaluate(_ candidates: [Search.Candidate], tick: () -> Void, done: (Int, EvaluatedElsewhere) -> Void) {
        guard let stop = candidates.first?.stop else { return }
        open = [:]
        for (place, candidate) in candidates.enumerated() { open[id(candidate, 1)] = Open(place: place, candidate: candidate) }
        if driver.isReady { sendAll() }
        var lastTick = ContinuousClock.now
        var nextStart = ContinuousClock.now
        while !open.isEmpty {
            if stop.isRequested { return cancel() }
            if TaskRunner.seconds(since: lastTick) >= 0.1 {
                lastTick = .now
                tick()
            }
            if ContinuousClock.now < nextStart {
                usleep(50_000)
                continue
            }
            do throws(WorkerProcess.Failure) { try driver.start() } catch { return end(error.text) }
            switch driver.next(isStopped: { stop.isRequested }) {
            case .ready: sendAll()
            case .line(let message): take(message, done)
            case .nothing: continue
            case .gone(let reason):
                failures += 1
                note("driver", "the driver of the cluster ended: \(reason)")
                if failures > ClusterCrew.mostFailures || !driver.hasWorked { return end(reason) }
                nextStart = .now + .seconds(1 << failures)
            }
        }
    }

    private func id(_ candidate: Search.Candidate, _ attempt: Int) -> String { "s\(search).\(candidate.label).\(attempt)" }

    /// Everything open, to a driver that knows nothing of it, in the order of the trials.
    private func sendAll() {
        for one in open.values.sorted(by: { $0.place < $1.place }) { send(one) }
    }

    private func send(_ one: Open) {
        if !driver.hasTask(task.hash) { driver.send(WorkerMessage.task(hash: task.hash, name: task.name, body: task.source)) }
        driver.send(WorkerMessage.eval(
            id: id(one.candidate, one.attempts.number), trial: one.candidate.trial + 1, attempt: one.attempts.number, candidate: one.candidate.sample.choices,
            task: task.hash, seed: one.candidate.seed, repetition: one.candidate.repetition, budget: one.candidate.budget(budget), heartbeat: ClusterCrew.heartbeat, deadline: limits.timeout, memory: limits.memory))
    }

    private func cancel() {
        if driver.isReady { for id in open.keys { driver.send(WorkerMessage.cancel(id: id)) } }
        open = [:]
    }

    /// The search cannot go on.
    private func end(_ reason: String) {
        guard let any = open.values.min(by: { $0.place < $1.place })?.candidate else { return }
        var fault = Fault.value("the cluster cannot be used: \(reason)")
        fault.help.append("docs/scaling.md says how it is started")
        fault.endsSearch = true
        open = [:]
        found(any, .failure(.failed, fault.title), fault)
    }

    private func take(_ message: JSON, _ done: (Int, EvaluatedElsewhere) -> Void) {
        let id = message["id"]?.text
        let worker = message["worker"]?.int.map { driver.worker($0) }
        if let worker, known.insert(worker).inserted { note("worker", "worker \(worker) is \(driver.description(ofWorker: worker) ?? "unknown")") }
        func settle(_ evaluation: Evaluation, _ fault: Fault? = nil) {
            guard let id, let one = open.removeValue(forKey: id) else { return }
            found(one.candidate, evaluation, fault)
            done(one.place, EvaluatedElsewhere(evaluation: evaluation, seconds: message["seconds"]?.double ?? 0, worker: worker ?? 0))
        }
        switch message["type"]?.text {
        case "result":
            failures = 0
            guard let (evaluation, code) = WorkerMessage.evaluation(message) else { return again(id, "lost", "its answer cannot be read") { $0.lost() } settle: { settle($0) } }
            if code == Fault.memoryCode { settle(limits.outOfMemory) } else { settle(evaluation, code.map { Fault($0, evaluation.reason ?? "") }) }
        case "ended":
            let place = worker.map { "worker \($0)" } ?? "a worker"
            switch message["kind"]?.text {
            case "deadline": settle(limits.timedOut)
            case "memory": settle(limits.outOfMemory)
            case "crashed":
                let how = WorkerProcess.Ending(signal: message["signal"]?.int ?? 0, status: message["status"]?.int ?? 0).text
                again(id, "crashed", "\(how) on \(place)") { $0.crashed(how) } settle: { settle($0) }
            default: again(id, "lost", "\(message["reason"]?.text ?? "its worker was lost")\(worker.map { " (worker \($0))" } ?? "")") { $0.lost() } settle: { settle($0) }
            }
        case "error":
            var fault = Fault.value("a worker cannot do this task: \(message["message"]?.text ?? "it does not say why")")
            fault.endsSearch = true
            if let id, open[id] != nil { settle(.failure(.failed, fault.title), fault) } else { end(fault.title) }
        default: break
        }
    }

    /// A candidate whose process ended is sent again, unless that has happened too often.
    private func again(_ id: String?, _ kind: String, _ how: String, _ count: (inout Attempts) -> Evaluation?, settle: (Evaluation) -> Void) {
        guard let id, var one = open[id] else { return }
        note(kind, "trial \(one.candidate.trial + 1), attempt \(one.attempts.number): \(how)")
        if let evaluation = count(&one.attempts) { return settle(evaluation) }
        open[id] = nil
        open[self.id(one.candidate, one.attempts.number)] = one
        send(one)
    }
}
