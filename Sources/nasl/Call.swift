import Glibc
import NaslLanguage
import NaslSession

/// One start of the program, on the thread that evaluates.
struct Call: Sendable {
    var file: String?
    var text: String?
    var workers: Int?
    var seed: Int
    var allowRun: Bool
    var store: String?
    var cluster: Cluster?

    func run() -> Int32 {
        let console = Console()
        var options = SessionOptions()
        options.seed = seed
        options.allowRun = allowRun
        options.store = store
        options.workerCommand = Call.program.map { [$0, "worker"] + (allowRun ? ["--allow-run"] : []) }
        if let cluster, let worker = options.workerCommand { options.clusterCommand = cluster.command(worker: worker, workers: workers) }
        // A file that may not grow is an error to be told, not the end.
        signal(SIGXFSZ, SIG_IGN)
        options.workers = workers ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        options.color = console.hasColor
        options.progressWidth = console.progressWidth
        // A closure, so that a resized terminal counts.
        options.output = {
            let size = Console.outputSize
            return OutputStyle.detected(isTerminal: isatty(1) == 1, columns: size?.columns, rows: size?.rows) { name in getenv(name).map { String(cString: $0) } }
        }
        let session: Session
        do {
            session = try Session(options, SessionFaces({ console.write($0) }, report: { console.report($0) }, status: { console.status($0) }))
        } catch {
            console.report("nasl cannot start: \(error)")
            return 1
        }
        defer { session.leaveCluster() }
        let isPrompt = text == nil && file == nil && isatty(0) == 1
        Interrupt.install(session.host, patience: isPrompt ? 5 : 2)
        if let text { return session.evaluate(text, name: "<text>") ? 0 : 1 }
        if let file, file != "-" { return session.run(file: file) ? 0 : 1 }
        if isPrompt { return Prompt(session, console).run() }
        return session.evaluate(StandardInput.read(), name: "<stdin>") ? 0 : 1
    }

    /// The file of this program.
    private static let program: String? = {
        var path = [CChar](repeating: 0, count: 4097)
        let length = readlink("/proc/self/exe", &path, path.count - 1)
        return length > 0 ? String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }()
}
