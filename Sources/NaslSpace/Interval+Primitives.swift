import NaslExpr

/// Interval arithmetic (Moore 1966) over the table of primitives; what has no rule of its own may give everything.
extension Interval {
    package static func image(of primitive: Primitive, _ arguments: [Interval]) -> Interval {
        if arguments.contains(where: \.isNothing) { return .nothing }
        guard let a = arguments.first else { return .everything }
        if arguments.allSatisfy(\.isNumber), !primitive.isRandom {
            let value = primitive.row.evaluate(a.low, arguments.dropFirst().first?.low ?? 0, arguments.last?.low ?? 0)
            return value.isNaN ? .nothing : .number(value)
        }
        func increasing(hasZero: Bool = true) -> Interval {
            Interval(primitive.row.evaluate(a.low, 0, 0), primitive.row.evaluate(a.high, 0, 0), hasZero: hasZero)
        }
        switch primitive {
        case .neg: return Interval(-a.high, -a.low, hasZero: a.hasZero)
        case .id: return a
        case .abs: return a.magnitude
        case .square, .cosh:
            let m = a.magnitude
            return Interval(primitive.row.evaluate(m.low, 0, 0), primitive.row.evaluate(m.high, 0, 0), hasZero: a.hasZero)
        case .sign: return Interval(a.low > 0 ? 1 : a.low == 0 && !a.hasZero ? 1 : -1, a.high < 0 ? -1 : a.high == 0 && !a.hasZero ? -1 : 1, hasZero: a.hasZero)
        case .cube, .tanh, .sinh, .asinh, .atan, .erf: return increasing(hasZero: a.hasZero)
        case .exp, .sigmoid, .softplus: return increasing(hasZero: false)
        case .floor, .round: return increasing()
        case .relu: return Interval(max(a.low, 0), max(a.high, 0), hasZero: a.low < 0 || a.hasZero)
        case .sqrt: return a.high < 0 ? .nothing : Interval(max(a.low, 0).squareRoot(), a.high.squareRoot(), hasZero: a.hasZero)
        case .log:
            if a.high < 0 { return .nothing }
            return Interval(a.low <= 0 ? -.infinity : primitive.row.evaluate(a.low, 0, 0), primitive.row.evaluate(a.high, 0, 0))
        case .sin, .cos: return Interval(-1, 1)
        case .sinc: return Interval(-0.2172336282112217, 1)
        case .gelu: return Interval(a.low >= 0 ? 0 : -0.17, max(a.high, 0))
        default: break
        }
        guard arguments.count == 2, let b = arguments.last else { return arguments.count == 3 && primitive == .select ? arguments[1].union(arguments[2]) : .everything }
        switch primitive {
        case .add: return a.plus(b)
        case .sub: return a.plus(Interval(-b.high, -b.low, hasZero: b.hasZero))
        case .mul: return a.times(b)
        case .div: return b.hasZero || (b.low < 0 && b.high > 0) ? Interval(-.infinity, .infinity, hasZero: a.hasZero) : a.times(b.reciprocal)
        case .max: return Interval(max(a.low, b.low), max(a.high, b.high), hasZero: a.hasZero || b.hasZero)
        case .min: return Interval(min(a.low, b.low), min(a.high, b.high), hasZero: a.hasZero || b.hasZero)
        case .left: return a
        case .drop: return a.union(.number(0))
        case .clip:
            // A negative bound is what comes out.
            let least = max(b.low, 0), most = max(b.high, 0)
            let cut = Interval(a.low >= 0 ? min(a.low, least) : max(a.low, -most), a.high >= 0 ? min(a.high, most) : max(a.high, -least),
                               hasZero: a.hasZero || b.hasZero)
            return b.low < 0 ? cut.union(Interval(b.low, min(b.high, 0), hasZero: b.hasZero)) : cut
        case .mod: return b.low > 0 ? Interval(0, b.high) : .everything
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: return Interval(0, 1)
        case .pow:
            if b.isNumber, b.low == b.low.rounded(), b.low > 0 {
                let m = b.low.truncatingRemainder(dividingBy: 2) == 0 ? a.magnitude : a
                return Interval(primitive.row.evaluate(m.low, b.low, 0), primitive.row.evaluate(m.high, b.low, 0), hasZero: a.hasZero)
            }
            return a.low >= 0 ? Interval(0, .infinity, hasZero: a.hasZero) : .everything
        default: return .everything
        }
    }

    private var magnitude: Interval {
        if low >= 0 { return self }
        if high <= 0 { return Interval(-high, -low, hasZero: hasZero) }
        return Interval(0, max(-low, high), hasZero: hasZero)
    }

    private func plus(_ other: Interval) -> Interval {
        // Two that are not 0 together only touch it.
        let touches = (low >= 0 && other.low >= 0) || (high <= 0 && other.high <= 0)
        return Interval(low + other.low, high + other.high, hasZero: touches ? hasZero && other.hasZero : true)
    }

    private func times(_ other: Interval) -> Interval {
        // 0 times an end that is never reached is 0.
        let products = [low * other.low, low * other.high, high * other.low, high * other.high].map { $0.isNaN ? 0 : $0 }
        return Interval(products.min() ?? 0, products.max() ?? 0, hasZero: hasZero || other.hasZero)
    }

    /// Of an interval without 0.
    private var reciprocal: Interval {
        low >= 0 ? Interval(1 / high, low == 0 ? .infinity : 1 / low, hasZero: false) : Interval(high == 0 ? -.infinity : 1 / high, 1 / low, hasZero: false)
    }
}
