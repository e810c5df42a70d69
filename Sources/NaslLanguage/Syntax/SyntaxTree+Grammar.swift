import NaslExpr

/// `grammar Name(x: Tensor) -> Tensor { rules and constraints }`.
public struct GrammarDeclaration: Sendable {
    public let name: String
    public let nameRange: SourceRange
    /// Each with a type or bare, never with a default value.
    public let parameters: [Parameter]
    /// What stands after `->`.
    public let result: TypeAnnotation?
    /// In the order in which they were written; the first is the start. At least one.
    public let rules: [RuleDeclaration]
    public let constraints: [ConstraintDeclaration]
    public let documentation: String?
}

/// `Name(parameters) = alternative @weight | ...`, from the name to the end of the last alternative.
public struct RuleDeclaration: Sendable {
    public let name: String
    public let nameRange: SourceRange
    /// Plain names.
    public let parameters: [Parameter]
    /// At least one.
    public let alternatives: [AlternativeDeclaration]
    public let range: SourceRange
}

/// One alternative of a rule.
public struct AlternativeDeclaration: Sendable {
    public let value: Expression
    /// What stands after `@`: finite and not negative; nil where nothing was written.
    public let weight: Double?
    /// Of the number after `@`.
    public let weightRange: SourceRange
    /// With its weight.
    public let range: SourceRange
}

/// A line of a grammar that begins with `limit`, `forbid` or `require`.
public struct ConstraintDeclaration: Sendable {
    public let kind: Kind
    public let range: SourceRange

    public indirect enum Kind: Sendable {
        /// `limit depth <= 3`, `limit depth(Core) <= 2`, `limit size in 4..15`, `limit count(const) <= 3`.
        case limit(Limit)
        /// `forbid inner within outer`: no `inner` anywhere below an `outer`.
        case forbidWithin(inner: Expression, outer: Expression)
        /// `forbid -(-_)`, `forbid ?a - ?a`.
        case forbidPattern(Expression)
        /// `require x`.
        case require(Expression)
    }

    public struct Limit: Sendable {
        public enum Measure: String, Sendable, CaseIterable {
            case depth, size, count
        }

        public let measure: Measure
        public let measureRange: SourceRange
        /// The rule of `depth(Core)`, what is counted by `count(const)`; nil for plain `depth` and `size`.
        public let subject: Expression?
        public let bound: Bound
    }

    public enum Bound: Sendable {
        /// `<= n`.
        case atMost(Expression)
        /// `in a..b`, a range in most cases.
        case within(Expression)
    }
}
