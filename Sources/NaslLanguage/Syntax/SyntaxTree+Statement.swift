import NaslExpr

/// One statement of a script, of a line at the prompt, or of a body in braces.
public struct Statement: Sendable {
    public let kind: Kind
    public let range: SourceRange
    /// A `;` stands at the end of its line: the prompt does not echo it.
    public let isMuted: Bool

    public init(_ kind: Kind, _ range: SourceRange, isMuted: Bool = false) {
        self.kind = kind
        self.range = range
        self.isMuted = isMuted
    }

    public indirect enum Kind: Sendable {
        case binding(LetDeclaration)
        case function(FunctionDeclaration)
        case grammar(GrammarDeclaration)
        case task(TaskDeclaration)
        case law(LawDeclaration)
        /// `import "file"`; the range is that of the text with its quotes.
        case importFile(String, SourceRange)
        case loop(ForLoop)
        /// `reward e`, directly in the body of a task only.
        case reward(Expression)
        /// `minimize e`, directly in the body of a task only.
        case minimize(Expression)
        case expression(Expression)
    }
}

/// `let name = value`.
public struct LetDeclaration: Sendable {
    public let name: String
    public let nameRange: SourceRange
    public let value: Expression
}

/// `fn name(parameters) = body` or `fn name(parameters) { statements }`; then the body is a `.block`.
public struct FunctionDeclaration: Sendable {
    public let name: String
    public let nameRange: SourceRange
    public let parameters: [Parameter]
    public let body: Expression
    /// The `##` lines directly above, without their marks; nil where there are none.
    public let documentation: String?
}

/// `task name(f: Grammar, width: 64) { statements }`.
public struct TaskDeclaration: Sendable {
    public let name: String
    public let nameRange: SourceRange
    public let parameters: [Parameter]
    public let body: [Statement]
    public let documentation: String?
}

/// `law left == right where condition and condition`, with placeholders.
public struct LawDeclaration: Sendable {
    public let left: Expression
    public let right: Expression
    /// The domain; empty where the law holds everywhere.
    public let conditions: [Expression]
}

/// `for name in list { statements }`.
public struct ForLoop: Sendable {
    public let name: String
    public let nameRange: SourceRange
    public let list: Expression
    public let body: [Statement]
}

/// A parameter of a function, a grammar, a task or a lambda: `x`, `x: Tensor` or `width: 64`.
public struct Parameter: Sendable {
    public let name: String
    public let nameRange: SourceRange
    /// After the colon a type, ...
    public let type: TypeAnnotation?
    /// ... or a default value, never both.
    public let defaultValue: Expression?

    public init(name: String, nameRange: SourceRange, type: TypeAnnotation? = nil, defaultValue: Expression? = nil) {
        self.name = name
        self.nameRange = nameRange
        self.type = type
        self.defaultValue = defaultValue
    }

    public var range: SourceRange { nameRange.union(type?.range ?? defaultValue?.range ?? nameRange) }
}

/// `Tensor`, or `(h: Tensor, c: Tensor)`.
public struct TypeAnnotation: Sendable {
    public indirect enum Kind: Sendable {
        case name(String)
        case record([(name: String, type: TypeAnnotation)])
    }

    public let kind: Kind
    public let range: SourceRange

    public init(_ kind: Kind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
    }

    /// As it is written: `(h: Tensor, c: Tensor)`.
    public var text: String {
        switch kind {
        case .name(let name): name
        case .record(let fields): "(\(fields.map { "\($0.name): \($0.type.text)" }.joined(separator: ", ")))"
        }
    }
}
