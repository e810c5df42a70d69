import NaslExpr

/// A grammar as it was written: rules whose alternatives are ordinary terms with holes where a rule is mentioned.
///
///     // grammar Activation(x: Tensor) -> Tensor { E = x @4 | tanh(E) | E + E ; limit depth <= 3 }
///     Grammar(
///         name: "Activation", parameters: [("x", "Tensor")], resultType: "Tensor",
///         rules: [Rule(name: "E", alternatives: [
///             Alternative(.variable("x"), weight: 4),
///             Alternative(.apply(.tanh, .hole("E"))),
///             Alternative(.apply(.add, .hole("E"), .hole("E"))),
///         ])],
///         constraints: [Constraint(.depth(atMost: 3))])
///
/// It is data only; ``Space`` judges it and makes it answer questions.
public struct Grammar: Sendable {
    public var name: Symbol
    /// Names and types of the parameters of the programs it draws; empty where it draws plain values.
    public var parameters: [(name: Symbol, type: String)]
    public var resultType: String
    /// The first is the start.
    public var rules: [Rule]
    public var constraints: [Constraint]
    public var range: SourceRange
    /// The grammar itself, then those that it includes; see ``including(_:)``.
    public internal(set) var scopes: [Scope]

    /// What constraints speak of: the whole program, or each program of an included grammar.
    public struct Scope: Sendable {
        public let name: Symbol
        /// The scope it stands in; 0 also for the first, which stands in none.
        public let parent: Int
    }

    public init(
        name: Symbol, parameters: [(name: Symbol, type: String)] = [], resultType: String = "", rules: [Rule],
        constraints: [Constraint] = [], range: SourceRange = .none
    ) {
        self.name = name
        self.parameters = parameters
        self.resultType = resultType
        self.rules = rules
        self.constraints = constraints
        self.range = range
        scopes = [Scope(name: name, parent: 0)]
    }
}

/// `E = x @4 | tanh(E) | E + E`.
public struct Rule: Sendable {
    public var name: Symbol
    /// `Node(p, q) = ...` has the parameters `p` and `q`.
    public var parameters: [Symbol]
    public var alternatives: [Alternative]
    public var range: SourceRange
    /// The grammar it was written in, an index into ``Grammar/scopes``.
    public let scope: Int

    public init(name: Symbol, parameters: [Symbol] = [], alternatives: [Alternative], range: SourceRange = .none, scope: Int = 0) {
        self.scope = scope
        self.name = name
        self.parameters = parameters
        self.alternatives = alternatives
        self.range = range
    }
}

/// One alternative of a rule, with its weight.
public struct Alternative: Sendable {
    /// A term with `.hole` nodes where rules are mentioned. In a rule that draws functions: a name (`.variable("neg")`), a
    /// `.lambda`, or a mention of another such rule.
    public var template: Expr
    /// Relative to the other alternatives still possible; 1 where none was written.
    public var weight: Double
    public var range: SourceRange

    public init(_ template: Expr, weight: Double = 1, range: SourceRange = .none) {
        self.template = template
        self.weight = weight
        self.range = range
    }
}
