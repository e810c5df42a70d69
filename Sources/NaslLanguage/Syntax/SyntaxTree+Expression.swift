import NaslExpr

/// An expression as it was written, with the place where it stands.
///
///     let (program, _) = Parser.parse(SourceFile(id: 0, name: "a.nasl", text: "1 + x"))
///
/// The range of an expression in brackets includes the brackets; there is no node for them.
public struct Expression: Sendable {
    public let kind: Kind
    public let range: SourceRange
    /// The longest way from here down to a leaf, so that trees too deep for a recursion are never built.
    let height: Int32

    public init(_ kind: Kind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
        self.height = 1 + kind.tallestChild
    }

    public indirect enum Kind: Sendable {
        /// `42`, `1e-3`, `-1` (a minus directly before a literal is part of it).
        case number(Double)
        /// `20s`, `5min`, `100ms`, `2h`, in seconds.
        case duration(seconds: Double)
        case text(String)
        case bool(Bool)
        case none
        case name(String)
        /// `?a`, in laws and forbidden patterns only.
        case placeholder(String)
        /// `_`, in laws and forbidden patterns only: anything.
        case wildcard
        /// `[a, b]`.
        case list([Expression])
        /// `(lr: 0.1, beta: 0.9)`; each argument has a label, no label stands twice.
        case record([CallArgument])
        /// `lower..upper by step`, ends included.
        case range(lower: Expression, upper: Expression, step: Expression?)
        case unary(UnaryOperator, Expression)
        /// The range is the operator's own.
        case binary(BinaryOperator, SourceRange, Expression, Expression)
        /// `x -> body`, `(a, b) -> body`. The parameters are plain names, `_` for one that is not used.
        case lambda([Parameter], body: Expression)
        /// `if condition then first else second`.
        case conditional(condition: Expression, then: Expression, otherwise: Expression)
        /// `let name = value in body`.
        case letIn(name: String, nameRange: SourceRange, value: Expression, body: Expression)
        case call(Expression, [CallArgument])
        /// `base[index]`.
        case index(Expression, Expression)
        /// `base.name`.
        case field(Expression, name: String, nameRange: SourceRange)
        /// `Layer{3..6}`: a list of that many draws of a rule; `Leaf{4}` has equal ends. `0 <= least <= most`.
        case repeated(rule: String, nameRange: SourceRange, least: Int, most: Int)
        /// `{ statements; value }`, only as the body of a `fn`. Its value is that of its last statement.
        case block([Statement])
    }
}

/// An argument of a call or a field of a record: `value` or `label: value`.
public struct CallArgument: Sendable {
    public let label: String?
    /// Of the label without its colon; `.none` where there is no label.
    public let labelRange: SourceRange
    public let value: Expression

    public init(label: String? = nil, labelRange: SourceRange = .none, value: Expression) {
        self.label = label
        self.labelRange = labelRange
        self.value = value
    }

    /// Of the label, if any, and the value.
    public var range: SourceRange { labelRange.union(value.range) }
}

/// Before their operand: `-x`, `not x`.
public enum UnaryOperator: String, Sendable, CaseIterable {
    case negate = "-"
    case not
}

/// Between their operands; the raw value is the spelling.
public enum BinaryOperator: String, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case power = "^"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    /// Membership: `x in xs`, `f in G`.
    case `in`
    case and
    case or
    /// `a >> f`: composes if `a` is a function, applies otherwise.
    case compose = ">>"
}
