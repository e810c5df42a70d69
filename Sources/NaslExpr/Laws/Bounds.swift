/// An interval that holds every value of a term where the term is defined. Ends are rounded outwards.
struct Bounds: Equatable, Sendable {
    var lower = -Double.infinity
    var upper = Double.infinity
    /// Whether the ends themselves are never reached.
    var excludesLower = false
    var excludesUpper = false

    static let all = Bounds()
    static let unit = Bounds(lower: 0, upper: 1)
    static let positive = Bounds(lower: 0, excludesLower: true)
    static let nonnegative = Bounds(lower: 0)

    static func only(_ value: Double) -> Bounds { value.isNaN ? .all : Bounds(lower: value, upper: value) }

    var isPositive: Bool { lower > 0 || (lower == 0 && excludesLower) }
    var isNegative: Bool { upper < 0 || (upper == 0 && excludesUpper) }

    /// Whether every value here is greater than every value there.
    func isGreater(than other: Bounds) -> Bool { lower > other.upper || (lower == other.upper && (excludesLower || other.excludesUpper)) }

    func isAtLeast(_ other: Bounds) -> Bool { lower >= other.upper }

    /// The smallest interval that holds both.
    func hull(_ other: Bounds) -> Bounds {
        var hull = self
        if other.lower < lower || (other.lower == lower && !other.excludesLower) { (hull.lower, hull.excludesLower) = (other.lower, other.excludesLower) }
        if other.upper > upper || (other.upper == upper && !other.excludesUpper) { (hull.upper, hull.excludesUpper) = (other.upper, other.excludesUpper) }
        return hull
    }

    /// What lies in both; nil where nothing does by more than rounding.
    func intersection(_ other: Bounds) -> Bounds? {
        var both = self
        if other.lower > lower || (other.lower == lower && other.excludesLower) { (both.lower, both.excludesLower) = (other.lower, other.excludesLower) }
        if other.upper < upper || (other.upper == upper && other.excludesUpper) { (both.upper, both.excludesUpper) = (other.upper, other.excludesUpper) }
        if both.lower < both.upper || (both.lower == both.upper && !both.excludesLower && !both.excludesUpper) { return both }
        return both.lower - both.upper <= 1e-9 * Swift.max(abs(both.lower), abs(both.upper)) && both.lower != both.upper ? self : nil
    }

    /// Whether a comparison holds for all values; nil where that depends on them.
    static func holds(_ comparison: Primitive, _ a: Bounds, _ b: Bounds) -> Bool? {
        switch comparison {
        case .greater: a.isGreater(than: b) ? true : b.isAtLeast(a) ? false : nil
        case .greaterOrEqual: a.isAtLeast(b) ? true : b.isGreater(than: a) ? false : nil
        case .less: holds(.greater, b, a)
        case .lessOrEqual: holds(.greaterOrEqual, b, a)
        case .notEqual: a.isGreater(than: b) || b.isGreater(than: a) ? true : nil
        case .equal: a.isGreater(than: b) || b.isGreater(than: a) ? false : a.lower == a.upper && a.lower == b.lower && b.lower == b.upper ? true : nil
        default: nil
        }
    }
}
