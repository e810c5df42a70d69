import NaslExpr

/// One line that begins with `limit`, `forbid` or `require`. Every constraint reads the printed program and nothing else.
public struct Constraint: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// `limit depth <= 3`; with a rule, `limit depth(Core) <= 2`: every term that this rule draws is at most that deep.
        case depth(atMost: Int, of: Symbol? = nil)
        /// `limit size in 4..15`; an open end is 0 or `Int.max`. With a rule, every term that it draws.
        case size(ClosedRange<Int>, of: Symbol? = nil)
        /// `limit count(const) <= 3`: how often a head occurs; an open end is 0 or `Int.max`. With a rule, in every term that it draws.
        case count(Head, ClosedRange<Int>, of: Symbol? = nil)
        /// `forbid sin within cos`: `inner` may not stand anywhere below `outer`.
        case forbidWithin(inner: Head, outer: Head)
        /// `forbid -(-_)`, `forbid ?a - ?a`: a term of that form may not stand anywhere. `_` and `?a` are holes of that name; one that is
        /// repeated stands for two direct arguments of the pattern's root.
        case forbid(Expr)
        /// `require x`: the head occurs at least once.
        case require(Head)
    }

    public var kind: Kind
    public var range: SourceRange
    /// The grammar it was written in, an index into ``Grammar/scopes``.
    public var scope: Int

    public init(_ kind: Kind, range: SourceRange = .none, scope: Int = 0) {
        self.kind = kind
        self.range = range
        self.scope = scope
    }
}

/// What stands at a node of a program: the word a constraint is about.
///
/// Names bound inside the program (by a `let` or a function) are no heads: a constraint on `x` means the grammar's `x`.
public enum Head: Hashable, Sendable, CustomStringConvertible {
    case primitive(Primitive)
    /// A parameter of the grammar, or a function that is no primitive.
    case name(Symbol)
    /// `const`.
    case constant
    /// `param(..)`, whatever its start.
    case parameter
    case number(Double)

    /// The head of that spelling: a primitive's name, `const`, `param`, or any other name.
    public init(named name: Symbol) {
        switch name.text {
        case "const": self = .constant
        case "param": self = .parameter
        default: self = Primitive.named(name.text).map(Head.primitive) ?? .name(name)
        }
    }

    /// As the user would write it.
    public var description: String {
        switch self {
        case .primitive(let primitive): primitive.name
        case .name(let name): name.text
        case .constant: "const"
        case .parameter: "param"
        case .number(let value): numberText(value)
        }
    }
}
