import NaslExpr

/// The draws that are no rule. In a grammar's template each is a hole with this name and its arguments.
///
///     Expr.draw(.int, [1, 9])                                      // int(1..9)
///     Expr.draw(.pick, [.list([.variable("a"), .variable("b")])])  // pick([a, b])
public enum Draw: String, Sendable, CaseIterable {
    /// `int(1..9)` [lowest, highest]: a whole number.
    case int
    /// `real(0..1)` [lowest, highest]: a number, uniform between them.
    case real
    /// `log_real(1e-5..1e-1)` [lowest, highest]: a number whose logarithm is uniform.
    case logReal = "log_real"
    /// `pick(list)` [list]: one of its elements.
    case pick
    /// `subset(list)` [list]: a list of one or more of its elements, in their order.
    case subset
    /// `chain(start, count, step)` [list, number or draw of one, function]: a list that grows by its own steps.
    case chain
    /// `Layer{3..6}` [mention of a rule, least, most]: a list of so many draws.
    case repeated = "{}"

    var name: Symbol { Symbol(rawValue) }
    public static let unused = Symbol("unused"), last = Symbol("last"), first = Symbol("first")
}

extension Expr {
    public static func draw(_ draw: Draw, _ arguments: [Expr]) -> Expr { .hole(draw.name, arguments) }
}

extension Template {
    /// What this hole draws where it is no rule.
    var drawn: Draw? { kind == .hole ? Draw(rawValue: symbol.text) : nil }

    static func draw(_ draw: Draw, _ arguments: [Template], site: Int) -> Template {
        var node = Expr.Node(.hole)
        node.symbol = draw.name
        var hole = Template(node, arguments)
        hole.site = site
        return hole
    }

    /// The ends of a hole's range, whole numbers or not; nil where they are no numbers.
    var ends: (low: Double, high: Double)? {
        guard children.count >= 2, let low = children[children.count - 2].literal, let high = children[children.count - 1].literal else { return nil }
        return (low, high)
    }

    var literal: Double? { kind == .number ? node.value : nil }
}

/// The numbers of a `real` or `log_real`.
public struct RealRange: Hashable, Sendable {
    public let lowest: Double
    public let highest: Double
    public let isLogarithmic: Bool

    /// The number at `position` in [0, 1], rounded to six significant digits so that it reads well.
    public func number(at position: Double) -> Double {
        let exact = isLogarithmic
            ? exponential(logarithm(lowest) + position * (logarithm(highest) - logarithm(lowest)))
            : lowest + position * (highest - lowest)
        guard exact != 0, exact.isFinite else { return min(max(exact, lowest), highest) }
        let scale = power(10, (5 - logarithm10(abs(exact)).rounded(.down)))
        let rounded = (exact * scale).rounded() / scale
        return min(max(rounded.isFinite ? rounded : exact, lowest), highest)
    }

    /// Where a number lies, 0 at the lowest, 1 at the highest.
    public func position(of number: Double) -> Double {
        guard highest > lowest else { return 0 }
        return isLogarithmic
            ? (logarithm(number) - logarithm(lowest)) / (logarithm(highest) - logarithm(lowest)) : (number - lowest) / (highest - lowest)
    }

    public func contains(_ number: Double) -> Bool { number >= lowest && number <= highest }

    /// A drawn number as a choice, which is the pattern of its bits.
    public static func choice(_ number: Double) -> Int { Int(truncatingIfNeeded: number.bitPattern) }
    public static func number(_ choice: Int) -> Double { Double(bitPattern: UInt64(truncatingIfNeeded: choice)) }
}
