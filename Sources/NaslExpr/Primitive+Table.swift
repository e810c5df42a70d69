extension Primitive {
    /// The one table of primitives. Derivatives are terms in the arguments `a`, `b`, `c` and the result `y`.
    public static let table: [Row] = {
        let a = Expr.variable("a"), b = Expr.variable("b"), y = Expr.variable("y")
        let zero = Expr.number(0), one = Expr.number(1)

        func unary(
            _ primitive: Primitive, _ name: String, _ derivative: Expr?, domain: Domain = .everywhere, kinks: [Double] = [],
            _ summary: String, _ evaluate: @escaping @Sendable (Double) -> Double
        ) -> Row {
            Row(primitive: primitive, name: name, arity: 1, infix: primitive == .neg ? "-" : nil, domain: domain, derivative: [derivative],
                kinks: kinks, summary: summary, evaluate: { a, _, _ in evaluate(a) })
        }
        func binary(
            _ primitive: Primitive, _ name: String, _ infix: String?, _ derivative: [Expr?], domain: Domain = .everywhere,
            _ summary: String, _ evaluate: @escaping @Sendable (Double, Double) -> Double
        ) -> Row {
            Row(primitive: primitive, name: name, arity: 2, infix: infix, domain: domain, derivative: derivative, kinks: [],
                summary: summary, evaluate: { a, b, _ in evaluate(a, b) })
        }
        func comparison(_ primitive: Primitive, _ name: String, _ infix: String, _ holds: @escaping @Sendable (Double, Double) -> Bool) -> Row {
            binary(primitive, name, infix, [nil, nil], "1 where `a \(infix) b` holds, else 0", { holds($0, $1) ? 1 : 0 })
        }

        let sincNearZero = -a / 3 + a * a * a / 30
        return [
            unary(.neg, "neg", -one, "the negative, `-a`", { -$0 }),
            unary(.abs, "abs", .apply(.sign, a), kinks: [0], "the absolute value", { Swift.abs($0) }),
            unary(.sign, "sign", nil, kinks: [0], "-1, 0 or 1", { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }),
            unary(.square, "square", 2 * a, "`a * a`", { $0 * $0 }),
            unary(.cube, "cube", 3 * a * a, "`a * a * a`", { $0 * $0 * $0 }),
            unary(.sqrt, "sqrt", 0.5 / y, domain: .firstNonnegative, kinks: [0], "the square root", { $0.squareRoot() }),
            unary(.exp, "exp", y, "e to the power a", { libm.exp($0) }),
            unary(.log, "log", 1 / a, domain: .firstPositive, "the natural logarithm", { libm.log($0) }),
            unary(.sin, "sin", .apply(.cos, a), "the sine of an angle in radians", { libm.sin($0) }),
            unary(.cos, "cos", -.apply(.sin, a), "the cosine of an angle in radians", { libm.cos($0) }),
            unary(.tan, "tan", 1 + y * y, domain: .cosineNonzero, "the tangent of an angle in radians", { libm.tan($0) }),
            unary(.sinh, "sinh", .apply(.cosh, a), "the hyperbolic sine", { libm.sinh($0) }),
            unary(.cosh, "cosh", .apply(.sinh, a), "the hyperbolic cosine", { libm.cosh($0) }),
            unary(.tanh, "tanh", 1 - y * y, "the hyperbolic tangent", { libm.tanh($0) }),
            unary(.asinh, "asinh", 1 / .apply(.sqrt, a * a + 1), "the inverse hyperbolic sine", { libm.asinh($0) }),
            unary(.atan, "atan", 1 / (a * a + 1), "the inverse tangent", { libm.atan($0) }),
            unary(.sinc, "sinc", .apply(.select, .apply(.less, .apply(.abs, a), 0.01), sincNearZero, (.apply(.cos, a) - y) / a),
                  "`sin(a) / a`, and 1 at 0", { $0 == 0 ? 1 : libm.sin($0) / $0 }),
            unary(.sigmoid, "sigmoid", y * (1 - y), "`1 / (1 + exp(-a))`", { 1 / (1 + libm.exp(-$0)) }),
            unary(.relu, "relu", .apply(.greater, a, zero), kinks: [0], "`max(a, 0)`", { $0 > 0 ? $0 : $0.isNaN ? $0 : 0 }),
            unary(.softplus, "softplus", .apply(.sigmoid, a), "`log(1 + exp(a))`", { Swift.max($0, 0) + libm.log1p(libm.exp(-Swift.abs($0))) }),
            unary(.erf, "erf", (2 / Double.pi.squareRoot()) * .apply(.exp, -(a * a)), "the error function", { libm.erf($0) }),
            unary(.gelu, "gelu",
                  0.5 * (1 + .apply(.erf, a * 0.5.squareRoot())) + a * .apply(.exp, a * a * -0.5) * (1 / (2 * Double.pi).squareRoot()),
                  "`a` times the normal distribution function of `a` (Hendrycks & Gimpel 2016)",
                  { 0.5 * $0 * libm.erfc(-$0 * 0.5.squareRoot()) }),
            unary(.floor, "floor", nil, "the largest whole number not above `a`", { $0.rounded(.down) }),
            unary(.round, "round", nil, "the nearest whole number, halves to even", { $0.rounded(.toNearestOrEven) }),
            unary(.id, "id", one, "`a` itself", { $0 }),

            binary(.add, "add", "+", [one, one], "the sum", { $0 + $1 }),
            binary(.sub, "sub", "-", [one, -one], "the difference", { $0 - $1 }),
            binary(.mul, "mul", "*", [b, a], "the product", { $0 * $1 }),
            binary(.div, "div", "/", [1 / b, -y / b], domain: .secondNonzero, "the quotient", { $0 / $1 }),
            binary(.pow, "pow", "^",
                   [b * .apply(.pow, a, b - 1), .apply(.select, .apply(.equal, a, zero), zero, y * .apply(.log, a))], domain: .power,
                   "`a` to the power `b`", { libm.pow($0, $1) }),
            binary(.max, "max", nil, [.apply(.greaterOrEqual, a, b), .apply(.less, a, b)], "the larger",
                   { $0.isNaN || $1.isNaN ? .nan : $0 >= $1 ? $0 : $1 }),
            binary(.min, "min", nil, [.apply(.lessOrEqual, a, b), .apply(.greater, a, b)], "the smaller",
                   { $0.isNaN || $1.isNaN ? .nan : $0 <= $1 ? $0 : $1 }),
            binary(.mod, "mod", "%", [one, -.apply(.floor, a / b)], domain: .secondNonzero,
                   "the remainder, with the sign of `b`", { $0 - $1 * ($0 / $1).rounded(.down) }),
            binary(.clip, "clip", nil,
                   [.apply(.lessOrEqual, .apply(.abs, a), b),
                    .apply(.select, .apply(.greater, .apply(.max, a, -b), b), one, .apply(.select, .apply(.less, a, -b), -one, zero))],
                   "`a` cut to the range `-b..b`", { $0.isNaN || $1.isNaN ? .nan : Swift.min(Swift.max($0, -$1), $1) }),
            binary(.left, "left", nil, [one, nil], "the first of two", { a, _ in a }),
            comparison(.less, "less", "<", { $0 < $1 }),
            comparison(.lessOrEqual, "less_or_equal", "<=", { $0 <= $1 }),
            comparison(.greater, "greater", ">", { $0 > $1 }),
            comparison(.greaterOrEqual, "greater_or_equal", ">=", { $0 >= $1 }),
            comparison(.equal, "equals", "==", { $0 == $1 }),
            comparison(.notEqual, "not_equals", "!=", { $0 != $1 }),

            Row(primitive: .select, name: "select", arity: 3, infix: nil, domain: .everywhere,
                derivative: [nil, .apply(.select, a, one, zero), .apply(.select, a, zero, one)], kinks: [],
                summary: "`b` where `a` is not 0, else `c`", evaluate: { a, b, c in a != 0 ? b : c }),

            // Their derivatives draw again what they drew: see Graph+Gradient.
            Row(primitive: .noise, name: "noise", arity: 1, infix: nil, domain: .everywhere, derivative: [nil], kinks: [],
                summary: "a random number, normal with mean 0 and deviation `a`; each mention draws anew", evaluate: { a, site, _ in a * RandomDraw.normal(site: site) }),
            Row(primitive: .drop, name: "drop", arity: 2, infix: nil, domain: .everywhere, derivative: [nil, nil], kinks: [],
                summary: "0 with probability `b`, else `a`; each mention draws anew",
                evaluate: { a, b, site in RandomDraw.uniform(site: site) < b ? 0 : a }),
        ]
    }()
}
