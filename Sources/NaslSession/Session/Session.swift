import NaslExpr
import NaslLanguage
import NaslLibrary
import NaslSearch

/// One conversation with the language: what is bound, and how text is evaluated in it. The prompt, the script runner and the tests are
/// thin faces of it.
///
///     let session = try Session(SessionOptions(), SessionFaces { print($0) })
///     session.evaluate("let a = 2; a + 1")   // writes 3
///
/// It belongs to one thread, which needs a large stack (``Session/stackSize``); ``interrupt()`` may be called from any.
public final class Session {
    public let host: SessionHost
    package var environment: Environment
    var sources = SourceMap()
    var interpreter: Interpreter
    /// What the user has bound, oldest first.
    var boundNames: [String] = []
    /// The names that a task or grammar has taken from outside.
    var held: [String: Set<String>] = [:]
    /// What is still to be said about a binding that was made.
    var notes: [String] = []
    /// The script that `:load` read last.
    var loaded: String?
    /// What the prompt lends, where there is one.
    public var promptFaces = PromptFaces()
    /// Files being imported, outermost first.
    var importing: [String] = []
    var imported: Set<String> = []

    /// For threads that evaluate: calls may be nested 10,000 deep.
    public static let stackSize = 1 << 30

    public enum Echo: Sendable {
        /// Everything that has a value, `let` included.
        case prompt
        /// Expressions only.
        case script
        case nothing
    }

    public init(_ options: SessionOptions = SessionOptions(), _ faces: SessionFaces) throws {
        host = SessionHost(options, faces)
        environment = Environment(globals: Builtins.globals)
        interpreter = Interpreter(host: host, seed: options.seed)
        let prelude = evaluate(NaslLibrary.prelude, name: Session.libraryFolder + "prelude.nasl", echo: .nothing)
        guard prelude else { throw SessionError.preludeFailed }
        boundNames = []
        host.definitions.clear()
    }

    /// Evaluates a text; false if a statement failed, after its message was written. What was bound before the mistake stays.
    @discardableResult
    public func evaluate(_ text: String, name: String = "<text>", echo: Echo = .script) -> Bool {
        evaluate(Array(text.utf8), name: name, echo: echo)
    }

    /// The same for bytes as they were read, which need not be UTF-8.
    @discardableResult
    public func evaluate(_ bytes: [UInt8], name: String, echo: Echo = .script) -> Bool {
        let source = sources.add(name: name, bytes: bytes)
        let (program, diagnostics) = Parser.parse(source)
        for diagnostic in diagnostics { report(diagnostic) }
        if diagnostics.contains(where: { $0.severity == .error }) { return false }
        if let amount = host.options.fuel { host.fuel?.fill(amount) }
        do {
            try execute(program, directory: Session.directory(of: name), echo: echo)
            return true
        } catch let fault as Fault {
            report(fault)
        } catch {
            host.report("error: \(error)")
        }
        return false
    }

    /// Stops what is being evaluated; any thread and a signal handler may call it.
    public func interrupt() { host.stop.request() }

    /// Leaves the cluster, where there is one.
    public func leaveCluster() { host.cluster?.close() }

    /// A mistake in a function of another file is shown with the user's call that led there, too.
    func report(_ fault: Fault) {
        var diagnostic = fault.diagnostic
        func file(_ range: SourceRange) -> String? { sources.file(of: range)?.name }
        let shown = Set(diagnostic.labels.compactMap { file($0.range) })
        let call = fault.callers.first { call in file(call).map { !shown.contains($0) && !$0.hasPrefix(Session.libraryFolder) } ?? false }
        if let call { diagnostic.labels.append((call, "called here")) }
        report(diagnostic)
    }

    func report(_ diagnostic: Diagnostic) {
        host.report(DiagnosticRenderer(sources: sources, isColoured: host.options.color).render(diagnostic))
    }
}

public enum SessionError: Error {
    case preludeFailed
    case lawsFailed
}

/// How a session behaves.
public struct SessionOptions: Sendable {
    public var seed = 0
    /// Children trained at once.
    public var workers = 1
    /// Width of the terminal, where progress is drawn as a bar; nil where it is written as a line now and then.
    public var progressWidth: Int?
    /// Columns for what is drawn, such as plots; nil: as `output` says.
    public var width: Int?
    /// Whether drawings have colours; nil: as `output` says.
    public var drawsColor: Bool?
    public var color = false
    /// The file that runs are kept in; then every search is kept. nil: `nasl.sqlite` in the working folder, for those with a name.
    public var store: String?
    /// How a worker for isolated trials is started, the program first; nil: there are none.
    public var workerCommand: [String]?
    /// How the driver of a cluster is started that evaluates all trials of searches, the program first; nil: they stay on this machine.
    public var clusterCommand: [String]?
    /// Whether `command` may run programs.
    public var allowRun = false
    /// A bound on the work of one evaluation, for texts that nobody vouches for; nil is none. See ``Fuel``.
    public var fuel: Int?
    /// Evaluation is given up when the process holds more bytes.
    public var memoryLimit = Memory.usable / 4 * 3
    /// What drawings are made of; asked for at each one, since a terminal may change its size.
    public var output: @Sendable () -> OutputStyle = { OutputStyle() }

    public init() {}

    /// What drawings are made of, the user's wishes counted in.
    var drawing: OutputStyle {
        var style = output()
        if let width { style.width = width }
        if let drawsColor { style.hasColor = drawsColor }
        return style
    }
}

/// Where a session's lines go; any thread may call these.
public struct SessionFaces: Sendable {
    /// Output.
    public var write: @Sendable (String) -> Void
    /// Messages about mistakes.
    public var report: @Sendable (String) -> Void
    /// Progress: each line replaces the one before on a terminal; nil takes it away.
    public var status: @Sendable (String?) -> Void

    public init(
        _ write: @escaping @Sendable (String) -> Void, report: (@Sendable (String) -> Void)? = nil, status: @escaping @Sendable (String?) -> Void = { _ in }
    ) {
        self.write = write
        self.report = report ?? write
        self.status = status
    }
}
