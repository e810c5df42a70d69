import NaslExpr

/// What the evaluator asks of the room above it.
public protocol Host: AnyObject, Sendable {
    /// One line (or more) of output; the newline is the host's.
    func write(_ text: String)
    /// True once Ctrl-C was pressed.
    var isInterrupted: Bool { get }
    /// What evaluation may still spend; nil where it is not bounded.
    var fuel: Fuel? { get }
    /// Throws where the program holds more memory than it may.
    func checkMemory() throws
    /// An elementwise term over columns of length 1 or `count`.
    func evaluate(_ term: FunctionTerm, _ columns: [[Double]], count: Int) throws -> [Double]
    /// One trial of a task, called by hand or by a search.
    func trial(of task: TaskValue, _ arguments: [Argument], _ interpreter: Interpreter, at range: SourceRange) throws -> Value
    /// `value in grammar`.
    func contains(_ grammar: GrammarValue, _ value: Value) throws -> Bool
}

extension Host {
    public var fuel: Fuel? { nil }
    public func checkMemory() throws {}
}
