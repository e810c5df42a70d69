import NaslSearch

/// The one program between a session and a cluster, `nasl-ray`: a child process that speaks a worker's lines for as many candidates at
/// a time as the cluster has room for. It is started by the first search that needs it and ends with the session.
///
/// It belongs to the thread that searches.
final class ClusterDriver: @unchecked Sendable {
    enum Event {
        /// It is there and takes candidates.
        case ready
        case line(JSON)
        /// It has ended, for this reason.
        case gone(String)
        /// Nothing yet, or a sign of life.
        case nothing
    }

    private let command: [String]
    private var process: WorkerProcess?
    private var lastLine = ContinuousClock.now
    /// What it said last that it cannot do.
    private var complaint: String?
    private(set) var isReady = false
    /// Whether it has ever been ready: then what ends it is worth another start.
    private(set) var hasWorked = false
    private var searches = 0
    /// What the session's workers are, from 1; a driver that is started again begins with new ones.
    private var workers: [String] = []
    private var earlierWorkers = 0

    /// Seconds for joining or starting the cluster, and between two signs of life after that.
    private static let longestStart = 180.0
    private static let longestSilence = 60.0

    init(_ command: [String]) { self.command = command }

    /// A number that no other search of the session has.
    func numberOfSearch() -> Int {
        searches += 1
        lastLine = .now
        return searches
    }

    func hasTask(_ hash: String) -> Bool { process?.tasks.insert(hash).inserted == false }

    /// The session's number of a worker that the driver calls so.
    func worker(_ number: Int) -> Int { earlierWorkers + number }

    /// `process 4711 on node-7`; nil where nothing was told of it.
    func description(ofWorker number: Int) -> String? { workers.indices.contains(number - 1) ? workers[number - 1] : nil }

    /// Starts it where it does not run.
    func start() throws(WorkerProcess.Failure) {
        guard process == nil else { return }
        do throws(WorkerProcess.Failure) {
            process = try WorkerProcess(command)
        } catch {
            throw WorkerProcess.Failure(text: "`\(command.first ?? "")` cannot be started: \(error.text)")
        }
        (isReady, complaint, lastLine) = (false, nil, .now)
    }

    /// What it does not take is told by `next`, as its end.
    func send(_ message: JSON) { _ = process?.send(message) }

    /// What it says within a tenth of a second.
    func next(isStopped: () -> Bool) -> Event {
        guard let process else { return .gone("it does not run") }
        switch process.next(deadline: .now + .milliseconds(100), silence: 1, memory: nil, isStopped: isStopped) {
        case .line(let bytes):
            lastLine = .now
            guard let message = JSON(bytes) else { return .nothing }
            switch message["type"]?.text {
            case "hello":
                (isReady, hasWorked) = (true, true)
                return .ready
            case "error" where message["kind"]?.text == "cluster":
                complaint = message["message"]?.text
                return .nothing
            case "worker":
                workers.append("process \(message["pid"]?.int ?? 0) on \(message["node"]?.text ?? "?")")
                return .nothing
            default: return .line(message)
            }
        case .ended(let ending): return gone(complaint ?? ending.text)
        case .deadline, .silent, .stopped, .outOfMemory:
            let silence = TaskRunner.seconds(since: lastLine)
            return silence > (isReady ? ClusterDriver.longestSilence : ClusterDriver.longestStart) ? gone("it gave no sign of life for \(Int(silence)) s") : .nothing
        }
    }

    private func gone(_ reason: String) -> Event {
        process?.end()
        (process, isReady) = (nil, false)
        earlierWorkers = workers.count
        return .gone(reason)
    }

    /// Lets it end, so that it can leave the cluster in order.
    func close() {
        process?.finish(patience: 5)
        (process, isReady) = (nil, false)
    }
}
