import NaslExpr

/// What an expression of the language evaluates to. Values never change.
public enum Value: Sendable {
    case none
    case bool(Bool)
    case number(Double)
    /// Seconds: `20s`.
    case duration(Double)
    case text(String)
    case list([Value])
    case record(Record)
    case range(NumberRange)
    case tensor(Tensor)
    case function(Function)
    case grammar(GrammarValue)
    case task(TaskValue)
    /// What a room above the language brings in: data sets, layers, optimizers, trials, runs.
    case object(any LanguageObject)

    /// The kind as messages name it: "a number", "a list".
    public var kind: String {
        switch self {
        case .none: "none"
        case .bool: "true or false"
        case .number: "a number"
        case .duration: "a duration"
        case .text: "a text"
        case .list: "a list"
        case .record: "a record"
        case .range: "a range"
        case .tensor(let tensor): "a tensor of shape \(shapeText(tensor.shape))"
        case .function: "a function"
        case .grammar(let grammar): "the grammar `\(grammar.name)`"
        case .task(let task): "the task `\(task.name)`"
        case .object(let object): object.kind
        }
    }
}

/// Named values in the order in which they were written: `(lr: 0.1, beta: 0.9)`.
public struct Record: Sendable {
    public var fields: [(name: String, value: Value)]

    public init(_ fields: [(name: String, value: Value)]) { self.fields = fields }

    public subscript(name: String) -> Value? { fields.first { $0.name == name }?.value }
}

/// `lower..upper by step`, ends included.
public struct NumberRange: Sendable, Hashable {
    public var lower: Double
    public var upper: Double
    /// 1 where none was written.
    public var step: Double

    public init(lower: Double, upper: Double, step: Double = 1) {
        self.lower = lower
        self.upper = upper
        self.step = step
    }

    public static let greatestCount = 100_000_000

    /// How many numbers it holds; nil where that is no sensible count.
    public var count: Int? {
        guard step != 0, lower.isFinite, upper.isFinite, step.isFinite else { return nil }
        let count = ((upper - lower) / step + 1e-9).rounded(.down) + 1
        return count <= 0 ? 0 : Int(exactly: count).flatMap { $0 <= NumberRange.greatestCount ? $0 : nil }
    }

    public func number(_ position: Int) -> Double { lower + Double(position) * step }
}

/// Numbers in a box, row-major, double precision.
public struct Tensor: Sendable, Hashable {
    public var shape: [Int]
    public var numbers: [Double]

    public init(shape: [Int], numbers: [Double]) {
        self.shape = shape
        self.numbers = numbers
    }
}

/// `[3, 4]`, as messages write shapes.
public func shapeText(_ shape: [Int]) -> String { "[\(shape.map(String.init).joined(separator: ", "))]" }

/// A kind of value from a room above the language.
public protocol LanguageObject: AnyObject, Sendable {
    /// "a data set", "a run".
    var kind: String { get }
    /// As the prompt shows it; may have several lines.
    var shown: String { get }
    func field(_ name: String) throws -> Value?
    var fieldNames: [String] { get }
}

extension LanguageObject {
    public func field(_ name: String) throws -> Value? { nil }
    public var fieldNames: [String] { [] }
}

/// An object that can be called as `object(arguments)`: a layer, a net.
public protocol CallableObject: LanguageObject {
    func call(_ arguments: Arguments, _ interpreter: Interpreter) throws -> Value
}

/// An object on which elementwise functions work by recording themselves: a tensor inside a net that is being traced.
public protocol TracedOperand: LanguageObject {
    /// `term` applied to the operands, at least one of which is traced.
    func apply(_ term: FunctionTerm, to operands: [Value]) throws -> Value
}

/// An object that stands for a program where one is wanted: a trial of a run.
public protocol ProgramObject: LanguageObject {
    var program: Value { get }
}
