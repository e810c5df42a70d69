import NaslExpr
import NaslLanguage
import NaslSearch
import NaslTensor
import Synchronization

/// What the evaluator asks of a session, from any thread.
public final class SessionHost: Host {
    private let settings: Mutex<SessionOptions>
    /// Set by Ctrl-C; children in flight look at it.
    public let stop = StopFlag()
    /// How the names at the top level came to be.
    let definitions = Definitions()
    /// Where runs are kept.
    let runStore = RunStore()
    private let output: @Sendable (String) -> Void
    private let problems: @Sendable (String) -> Void
    private let progress: @Sendable (String?) -> Void

    init(_ options: SessionOptions, _ faces: SessionFaces) {
        settings = Mutex(options)
        fuel = options.fuel.map { Fuel($0) }
        cluster = options.clusterCommand.map { ClusterDriver($0) }
        output = faces.write
        problems = faces.report
        progress = faces.status
    }

    /// Where trials go instead of threads and processes of this machine; nil where they stay.
    let cluster: ClusterDriver?

    /// `:set` may change them between evaluations.
    public var options: SessionOptions { settings.withLock { $0 } }

    func change(_ body: (inout SessionOptions) -> Void) {
        var options = self.options
        body(&options)
        settings.withLock { [options] in $0 = options }
    }

    /// The library's laws and those that were declared since; nil until they are needed.
    private let ownLaws = Mutex<LawTable?>(nil)

    func laws() throws -> LawTable { try ownLaws.withLock { $0 } ?? StandardLaws.table.get() }

    func add(_ law: Law) throws {
        var laws = try laws()
        laws.append(law)
        ownLaws.withLock { [laws] in $0 = laws }
    }

    /// What the data files held that were read, by their names as they were written.
    private let files = Mutex<[String: String]>([:])

    var readFiles: [String: String] { files.withLock { $0 } }

    func noteFile(_ name: String, _ content: String) { files.withLock { $0[name] = content } }

    public func write(_ text: String) { output(text) }

    /// A message about a mistake.
    func report(_ text: String) { problems(text) }

    /// A line beside the output: what happens that was not asked for.
    func note(_ text: String) { problems("note: \(text)") }

    /// A line of progress, which the next one replaces on a terminal; nil takes it away.
    func status(_ text: String?) { progress(text) }

    public var isInterrupted: Bool { stop.isRequested }

    /// What one evaluation may spend, where the options bound it.
    public let fuel: Fuel?

    public func checkMemory() throws {
        guard let held = Memory.held, held > options.memoryLimit else { return }
        throw Fault.memory(held: Memory.text(held), limit: Memory.text(options.memoryLimit))
    }

    public func evaluate(_ term: FunctionTerm, _ columns: [[Double]], count: Int) throws -> [Double] {
        try term.evaluate(columns, count: count)
    }

    public func trial(of task: TaskValue, _ arguments: [Argument], _ interpreter: Interpreter, at range: SourceRange) throws -> Value {
        try TaskRunner.trialByHand(of: task, arguments, interpreter, at: range)
    }

    public func contains(_ grammar: GrammarValue, _ value: Value) throws -> Bool {
        try grammar.choices(of: value) != nil
    }
}
