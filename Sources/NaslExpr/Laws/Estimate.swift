/// A value in double precision with an estimate of its rounding error: how far it moves when its arguments move by theirs.
///
/// Rewriting changes how a value is rounded; `(x + 1e20) - 1e20` is `x`, but computes as 0. Two values tell two programs apart only
/// where they differ by more than both errors.
struct Estimate: Sendable {
    var value: Double
    var error: Double

    static func exact(_ value: Double) -> Estimate { Estimate(value: value, error: 0) }

    /// Whether the two differ by more than rounding explains.
    func differs(from other: Estimate) -> Bool {
        abs(value - other.value) > 1e-9 * Swift.max(abs(value), abs(other.value)) + 8 * (error + other.error)
    }

    /// Whether at least six digits are known.
    var isSignificant: Bool { error <= 1e-6 * abs(value) || error < 1e-300 }

    /// `primitive` of these arguments, as many as it has; nil where it is not defined, or not finite.
    static func of(_ primitive: Primitive, _ a: Estimate, _ b: Estimate = .exact(0), _ c: Estimate = .exact(0)) -> Estimate? {
        let evaluate = primitive.row.evaluate
        let value = evaluate(a.value, b.value, c.value)
        guard value.isFinite else { return nil }
        var error = ownError(of: primitive, value, a, b)
        func addSpread(_ above: Double, _ below: Double) {
            let spread = Swift.max(abs(above - value), abs(below - value))
            // A neighbour that is not defined says that nothing is known here.
            error += above.isNaN || below.isNaN ? .infinity : spread
        }
        if a.error > 0 { addSpread(evaluate(a.value + a.error, b.value, c.value), evaluate(a.value - a.error, b.value, c.value)) }
        if b.error > 0 { addSpread(evaluate(a.value, b.value + b.error, c.value), evaluate(a.value, b.value - b.error, c.value)) }
        if c.error > 0 { addSpread(evaluate(a.value, b.value, c.value + c.error), evaluate(a.value, b.value, c.value - c.error)) }
        return Estimate(value: value, error: error)
    }

    /// What the operation itself rounds away.
    private static func ownError(of primitive: Primitive, _ value: Double, _ a: Estimate, _ b: Estimate) -> Double {
        switch primitive {
        case .neg, .abs, .sign, .relu, .floor, .round, .id, .max, .min, .clip, .left, .select: return 0
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: return 0
        case .add, .sub, .mul, .square, .cube:
            if abs(value) < 9e15, a.isWhole, b.isWhole { return 0 }
        default: break
        }
        return 4 * .ulpOfOne * abs(value) + .leastNormalMagnitude
    }

    private var isWhole: Bool { error == 0 && value.rounded() == value }
}

extension Expr {
    /// The value where its names have these values; nil where a part of it is not defined there.
    func estimate(_ names: [Symbol: Estimate]) throws(NotElementwise) -> Estimate? {
        var stack: [Estimate] = []
        for (position, node) in nodes.enumerated() {
            switch node.kind {
            case .number:
                guard node.value.isFinite else { return nil }
                stack.append(.exact(node.value))
            case .variable, .hole, .fitted, .parameter:
                if let value = names[node.symbol] { stack.append(value) } else if node.symbol == "pi" { stack.append(.exact(.pi)) } else {
                    throw NotElementwise(found: "the name `\(node.symbol)`")
                }
            case .primitive:
                let first = stack.count - Int(node.arity)
                let result: Estimate?
                if node.primitive.isRandom {
                    // Both are proportional to their first argument.
                    result = names[node.symbol].flatMap { .of(.mul, stack[first], $0) }
                } else {
                    switch node.arity {
                    case 1: result = .of(node.primitive, stack[first])
                    case 2: result = .of(node.primitive, stack[first], stack[first + 1])
                    default: result = .of(node.primitive, stack[first], stack[first + 1], stack[first + 2])
                    }
                }
                guard let result else { return nil }
                stack.removeSubrange(first...)
                stack.append(result)
            default: throw NotElementwise(found: "`\(subterm(at: position))`")
            }
        }
        return stack.last
    }
}
