/// How tightly an operator holds its operands, loosest first.
enum Precedence: Int, Comparable, Sendable {
    /// `->`, `let .. in`, `if .. then .. else`: they reach right as far as they can.
    case open
    case compose, or, and, not, comparison, range, sum, product, unary, power, postfix

    static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

    /// One step tighter.
    var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }
}

extension BinaryOperator {
    var precedence: Precedence {
        switch self {
        case .compose: .compose
        case .or: .or
        case .and: .and
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .in: .comparison
        case .add, .subtract: .sum
        case .multiply, .divide, .remainder: .product
        case .power: .power
        }
    }

    /// The operator that a token between two operands is.
    init?(_ kind: TokenKind) {
        switch kind {
        case .compose: self = .compose
        case .or: self = .or
        case .and: self = .and
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .in: self = .in
        case .plus: self = .add
        case .minus: self = .subtract
        case .star: self = .multiply
        case .slash: self = .divide
        case .percent: self = .remainder
        case .caret: self = .power
        default: return nil
        }
    }
}
