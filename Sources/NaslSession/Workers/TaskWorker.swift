import Foundation
import NaslExpr
import NaslLanguage
import NaslSearch
import Synchronization

/// The other side of an isolated trial: `nasl worker` reads requests from standard input and writes results to standard output, until
/// its input ends.
///
/// One candidate is evaluated at a time. While it is, a heartbeat is written now and then, and a `cancel` stops it.
public final class TaskWorker: Sendable {
    private struct Job {
        let id: String
        let message: JSON
        let stop = StopFlag()
    }

    private struct State {
        var waiting: [(message: JSON, stop: StopFlag)] = []
        var current: (id: String, since: ContinuousClock.Instant, every: Double)?
    }

    private let options: SessionOptions
    private let output: @Sendable (String) -> Void
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    /// - Parameter output: writes a line, from any thread.
    public init(_ options: SessionOptions, output: @escaping @Sendable (String) -> Void) {
        self.options = options
        self.output = output
    }

    /// Works until the process ends, which is when `input` has no more lines. Needs a large stack.
    public func run(input: @escaping @Sendable () -> [UInt8]?) {
        send(WorkerMessage.hello(pid: Int(getpid())))
        Thread.detachNewThread { [self] in
            while let line = input() { receive(line) }
            // What is being evaluated has nobody to report to; a program that it has started is ended by it.
            cancelled.withLock { $0?.request() }
            usleep(50_000)
            _exit(0)
        }
        Thread.detachNewThread { [self] in beat() }
        var tasks: [String: (task: TaskValue, latest: [String: Value], host: SessionHost)] = [:]
        while true {
            wake.wait()
            guard let next = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }) else { continue }
            switch next.message["type"]?.text {
            case "task": define(next.message, &tasks)
            default: evaluate(next.message, next.stop, tasks)
            }
        }
    }

    private func send(_ message: JSON) { output(message.written) }

    private func receive(_ line: [UInt8]) {
        guard let message = JSON(line), let type = message["type"]?.text else {
            return send(WorkerMessage.error(id: nil, kind: "bad_request", "a line is no JSON object with a type"))
        }
        guard message["v"]?.int == WorkerMessage.version else {
            return send(WorkerMessage.error(id: message["id"]?.text, kind: "version", "this worker speaks version \(WorkerMessage.version)"))
        }
        switch type {
        case "task", "eval":
            state.withLock { $0.waiting.append((message, StopFlag())) }
            wake.signal()
        case "cancel":
            guard let id = message["id"]?.text else { return }
            state.withLock { state in
                for waiting in state.waiting where waiting.message["id"]?.text == id { waiting.stop.request() }
                if state.current?.id == id { cancelled.withLock { $0?.request() } }
            }
        default: send(WorkerMessage.error(id: message["id"]?.text, kind: "bad_request", "there is no message of type `\(type)`"))
        }
    }

    /// The flag of the candidate that is being evaluated.
    private let cancelled = Mutex<StopFlag?>(nil)

    private func define(_ message: JSON, _ tasks: inout [String: (task: TaskValue, latest: [String: Value], host: SessionHost)]) {
        guard let hash = message["hash"]?.text, let name = message["name"]?.text, let body = message["body"]?.text else {
            return send(WorkerMessage.error(id: nil, kind: "bad_request", "a task needs `hash`, `name` and `body`"))
        }
        state.withLock { $0.current = (hash, .now, 2) }
        defer { state.withLock { $0.current = nil } }
        do {
            let host = SessionHost(options, SessionFaces({ _ in }))
            let (task, latest) = try Session.rebuiltTask(body, name, for: host)
            tasks[hash] = (task, latest, host)
        } catch {
            let fault = error as? Fault
            send(WorkerMessage.error(id: nil, kind: "bad_task", ([fault?.title ?? "\(error)"] + (fault?.help ?? [])).joined(separator: "; ")))
        }
    }

    private func evaluate(_ message: JSON, _ stop: StopFlag, _ tasks: [String: (task: TaskValue, latest: [String: Value], host: SessionHost)]) {
        guard let id = message["id"]?.text, let candidate = message["candidate"]?.list, let hash = message["task"]?.text, let seed = message["seed"]?.int else {
            return send(WorkerMessage.error(id: message["id"]?.text, kind: "bad_request", "an eval needs `id`, `candidate`, `task` and `seed`"))
        }
        guard let known = tasks[hash] else { return send(WorkerMessage.error(id: id, kind: "unknown_task", "there is no task `\(hash)` here")) }
        let choices = candidate.compactMap(\.int)
        guard choices.count == candidate.count, let sample = try? known.task.grammar.space.replay(choices) else {
            return send(WorkerMessage.error(id: id, kind: "bad_request", "the candidate is no derivation of `\(known.task.grammar.name)`"))
        }
        guard let settings = settings(message["budget"], of: known.task) else {
            return send(WorkerMessage.error(id: id, kind: "bad_request", "the budget is no amount of a setting of `\(known.task.name)`"))
        }
        cancelled.withLock { $0 = stop }
        state.withLock { $0.current = (id, .now, message["heartbeat_s"]?.double ?? 2) }
        send(WorkerMessage.heartbeat(id: id, elapsed: 0))
        let host = TrialHost(known.host, stop: stop)
        let (evaluation, fault) = TaskRunner.evaluation(
            of: known.task, sample, settings: settings, seed: seed, repetition: message["repetition"]?.int ?? 0, host: host, latest: known.latest)
        state.withLock { $0.current = nil }
        cancelled.withLock { $0 = nil }
        if stop.isRequested { return send(.object([("v", .number(1)), ("type", .text("result")), ("id", .text(id)), ("status", .text("cancelled"))])) }
        send(WorkerMessage.result(id: id, evaluation, code: fault?.code))
    }

    /// What a budget sets; nil where it does not fit the task.
    private func settings(_ budget: JSON?, of task: TaskValue) -> [Argument]? {
        guard let budget else { return [] }
        guard let name = budget["setting"]?.text, let amount = budget["amount"]?.double, task.settings.contains(where: { $0.name == name }) else { return nil }
        return [Argument(label: name, .number(amount))]
    }

    private func beat() {
        var last = ContinuousClock.now
        while true {
            usleep(100_000)
            guard let (id, since, every) = state.withLock({ $0.current }) else { continue }
            let now = ContinuousClock.now
            guard TaskRunner.seconds(since: max(last, since)) >= every else { continue }
            last = now
            send(WorkerMessage.heartbeat(id: id, elapsed: TaskRunner.seconds(since: since)))
        }
    }
}
