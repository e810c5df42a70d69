/// Where the values of each primitive lie, by where its arguments do (Moore, "Interval Analysis", 1966).
extension Bounds {
    init(of node: Expr.Node, _ arguments: [Bounds]) {
        switch node.kind {
        case .number: self = .only(node.value)
        case .primitive where arguments.count == node.primitive.arity:
            self = Bounds.value(of: node.primitive, arguments[0], arguments.count > 1 ? arguments[1] : .all, arguments.count > 2 ? arguments[2] : .all)
        default: self = .all
        }
        if lower.isNaN || upper.isNaN || lower > upper { self = .all }
    }

    static func value(of primitive: Primitive, _ a: Bounds, _ b: Bounds, _ c: Bounds) -> Bounds {
        switch primitive {
        case .neg: return -a
        case .abs: return a.magnitude
        case .sign: return a.isPositive ? .only(1) : a.isNegative ? .only(-1) : Bounds(lower: a.lower >= 0 ? 0 : -1, upper: a.upper <= 0 ? 0 : 1)
        case .square: return a.magnitude.rising(primitive, within: .nonnegative)
        case .sqrt: return Bounds(lower: Swift.max(a.lower, 0), upper: Swift.max(a.upper, 0), excludesLower: a.isPositive).rising(primitive, within: .nonnegative)
        case .exp, .softplus: return a.rising(primitive, within: .positive)
        case .log:
            guard a.upper > 0 else { return .all }
            return Bounds(lower: Swift.max(a.lower, 0), upper: a.upper).rising(primitive, within: .all)
        case .cube, .sinh, .asinh, .atan: return a.rising(primitive, within: .all)
        case .tanh, .erf: return a.rising(primitive, within: Bounds(lower: -1, upper: 1, excludesLower: true, excludesUpper: true))
        case .sigmoid: return a.rising(primitive, within: Bounds(lower: 0, upper: 1, excludesLower: true, excludesUpper: true))
        case .relu: return a.isPositive ? a : Bounds(lower: Swift.max(a.lower, 0), upper: Swift.max(a.upper, 0))
        case .floor, .round: return Bounds(lower: primitive.row.evaluate(a.lower, 0, 0), upper: primitive.row.evaluate(a.upper, 0, 0))
        case .sin, .cos: return Bounds(lower: -1, upper: 1)
        case .cosh: return Bounds(lower: 1)
        // Their least values are -0.21723 and -0.16997.
        case .sinc: return Bounds(lower: -0.2173, upper: 1)
        case .gelu: return Bounds(lower: -0.17)
        case .id, .left: return a
        case .add: return a + b
        case .sub: return a + -b
        case .mul: return a * b
        case .div: return a * b.reciprocal
        case .pow: return a.isPositive ? .positive : a.lower >= 0 || b.isEven ? .nonnegative : .all
        case .max: return a.larger(b)
        case .min: return -(-a).larger(-b)
        case .clip: return -((-a.larger(-b)).larger(-b))
        case .mod: return b.isPositive ? Bounds(lower: 0, upper: b.upper, excludesUpper: true) : b.isNegative ? Bounds(lower: b.lower, upper: 0, excludesLower: true) : .all
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: return holds(primitive, a, b).map { .only($0 ? 1 : 0) } ?? .unit
        case .select: return b.hull(c)
        case .drop: return a.hull(.only(0))
        default: return .all
        }
    }

    static prefix func - (a: Bounds) -> Bounds {
        Bounds(lower: -a.upper, upper: -a.lower, excludesLower: a.excludesUpper, excludesUpper: a.excludesLower)
    }

    static func + (a: Bounds, b: Bounds) -> Bounds {
        let (lower, upper) = (a.lower + b.lower, a.upper + b.upper)
        let isExact = (isExactSum(a.lower, b.lower), isExactSum(a.upper, b.upper))
        return Bounds(lower: isExact.0 ? lower : lower.nextDown, upper: isExact.1 ? upper : upper.nextUp,
                      excludesLower: isExact.0 && (a.excludesLower || b.excludesLower), excludesUpper: isExact.1 && (a.excludesUpper || b.excludesUpper))
    }

    static func * (a: Bounds, b: Bounds) -> Bounds {
        func product(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
        let (p, q, r, s) = (product(a.lower, b.lower), product(a.lower, b.upper), product(a.upper, b.lower), product(a.upper, b.upper))
        let lower = Swift.min(p, q, r, s), upper = Swift.max(p, q, r, s)
        var result = Bounds(lower: lower == 0 ? 0 : lower.nextDown, upper: upper == 0 ? 0 : upper.nextUp)
        if (a.isPositive && b.isPositive) || (a.isNegative && b.isNegative) { (result.lower, result.excludesLower) = lower > 0 ? (Swift.max(result.lower, 0), result.lower <= 0) : (0, true) }
        if (a.isPositive && b.isNegative) || (a.isNegative && b.isPositive) { (result.upper, result.excludesUpper) = upper < 0 ? (Swift.min(result.upper, 0), result.upper >= 0) : (0, true) }
        return result
    }

    private var magnitude: Bounds {
        if lower >= 0 { return self }
        if upper <= 0 { return -self }
        return Bounds(lower: 0, upper: Swift.max(-lower, upper))
    }

    private var reciprocal: Bounds {
        guard isPositive || isNegative else { return .all }
        return Bounds(lower: upper == 0 ? -.infinity : (1 / upper).nextDown, upper: lower == 0 ? .infinity : (1 / lower).nextUp).sameSign(as: self)
    }

    private func sameSign(as other: Bounds) -> Bounds {
        var result = self
        if other.isPositive, lower <= 0 { (result.lower, result.excludesLower) = (0, true) }
        if other.isNegative, upper >= 0 { (result.upper, result.excludesUpper) = (0, true) }
        return result
    }

    private var isEven: Bool { lower == upper && lower.truncatingRemainder(dividingBy: 2) == 0 }

    private func larger(_ other: Bounds) -> Bounds {
        var result = lower > other.lower || (lower == other.lower && excludesLower) ? self : other
        let top = upper > other.upper || (upper == other.upper && !excludesUpper) ? self : other
        (result.upper, result.excludesUpper) = (top.upper, top.excludesUpper)
        return result
    }

    /// Under a strictly increasing function whose values lie within `range`.
    private func rising(_ primitive: Primitive, within range: Bounds) -> Bounds {
        func image(_ end: Double, _ limit: Double) -> Double { end.isInfinite ? limit : primitive.row.evaluate(end, 0, 0) }
        var result = Bounds(lower: image(lower, range.lower).nextDown.nextDown, upper: image(upper, range.upper).nextUp.nextUp)
        let reaches = (image(lower, range.lower) == range.lower, image(upper, range.upper) == range.upper)
        if result.lower <= range.lower { (result.lower, result.excludesLower) = (range.lower, range.excludesLower || (reaches.0 && excludesLower)) }
        if result.upper >= range.upper { (result.upper, result.excludesUpper) = (range.upper, range.excludesUpper || (reaches.1 && excludesUpper)) }
        return result
    }
}

/// Whether the sum in double precision is the sum (Knuth, TAOCP 2, section 4.2.2).
func isExactSum(_ a: Double, _ b: Double) -> Bool {
    let sum = a + b
    guard sum.isFinite else { return a.isInfinite || b.isInfinite }
    let part = sum - a
    return (a - (sum - part)) + (b - part) == 0
}
