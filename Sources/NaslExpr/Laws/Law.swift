/// An equation between terms that may be used to rewrite them, left to right: `exp(log(?a)) == ?a where ?a > 0`.
///
/// Placeholders are holes named `?a`; `_` on the left stands for anything. A law makes a term smaller, or it puts the same parts in other
/// places; then it is used where the term comes earlier in the order of ``TermStore``.
public struct Law: Sendable {
    /// What has to be known of the placeholders.
    public enum Condition: Sendable, Hashable {
        /// A comparison, such as `?a > 0`.
        case comparison(Expr)
        /// `number(?n)`: it stands for a literal number. What the right side computes from such numbers alone is computed at once, if exactly.
        case number(Symbol)
    }

    public let left: Expr
    public let right: Expr
    public let conditions: [Condition]
    /// The placeholders, in the order in which the left side meets them.
    let placeholders: [Symbol]
    /// Whether the left side is defined at points where the law is not true, so that its conditions have to be proven of the arguments;
    /// `exp(log(?a))` needs no proof, `abs(?a) == ?a where ?a >= 0` does.
    package let needsProof: Bool

    /// - Parameter isKnown: spares the numbers where they could only confirm the law.
    /// - Throws: ``LawMistake`` where the equation cannot be a law, or is not true.
    public init(_ left: Expr, _ right: Expr, where conditions: [Condition] = [], isKnown: Bool = false) throws(LawMistake) {
        self.left = left
        self.right = right
        self.conditions = conditions
        placeholders = left.placeholders
        try Law.checkForm(left, right, conditions)
        let hasDomain = conditions.contains { if case .comparison = $0 { true } else { false } }
        needsProof = isKnown && !hasDomain ? false : try LawCheck(left, right, conditions).run(points: isKnown ? LawCheck.fewerPoints : LawCheck.pointCount)
    }

    /// Whether both sides are made of the same parts.
    var isReordering: Bool { left.partCounts == right.partCounts }

    /// Whether nothing that the left side names disappears.
    var keepsEverything: Bool { Set(right.placeholders).count == placeholders.count && !left.nodes.contains { $0.isWildcard } }

    var numberPlaceholders: Set<Symbol> { Law.numberPlaceholders(conditions) }

    static func numberPlaceholders(_ conditions: [Condition]) -> Set<Symbol> {
        Set(conditions.compactMap { if case .number(let name) = $0 { name } else { nil } })
    }
}

extension Law: CustomStringConvertible {
    public var description: String {
        let conditions = conditions.map { condition in
            switch condition {
            case .comparison(let term): term.text
            case .number(let name): "number(\(name))"
            }
        }
        return "\(left) == \(right)\(conditions.isEmpty ? "" : " where \(conditions.joined(separator: " and "))")"
    }
}

/// Why an equation is no law.
public enum LawMistake: Error, Equatable {
    /// Something that is no elementwise expression, in the user's words.
    case notElementwise(String)
    /// The left side is a placeholder or a number.
    case nothingToFind
    /// Too many swaps on the left side.
    case tooLarge
    /// A placeholder that the left side does not have.
    case unknownPlaceholder(Symbol)
    /// The right side is, or can become, larger than the left one.
    case grows
    /// Both are of the same size, but made of other parts.
    case neither
    /// At this point both sides are known, and different.
    case isFalse(at: [(name: Symbol, value: Double)], left: Double, right: Double)
    /// At no point that was tried both sides could be compared.
    case neverDefined

    public static func == (a: LawMistake, b: LawMistake) -> Bool {
        switch (a, b) {
        case (.notElementwise(let a), .notElementwise(let b)): a == b
        case (.unknownPlaceholder(let a), .unknownPlaceholder(let b)): a == b
        case (.nothingToFind, .nothingToFind), (.tooLarge, .tooLarge), (.grows, .grows), (.neither, .neither), (.neverDefined, .neverDefined): true
        case (.isFalse(let a, let l, let r), .isFalse(let b, let m, let s)):
            l.bitPattern == m.bitPattern && r.bitPattern == s.bitPattern && a.elementsEqual(b) { $0.name == $1.name && $0.value == $1.value }
        default: false
        }
    }
}
