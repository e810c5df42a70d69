import NaslExpr
import NaslLanguage
import NaslTraining

extension Builtins {
    /// Functions fitted to numbers.
    static let fitting: [Builtin] = [
        Builtin("polyfit", "x, y, degree", "The polynomial of this degree that is nearest to the points by least squares, as a function.",
                example: "polyfit([0, 1, 2, 3], [1, 2, 5, 10], 2)") { arguments, _ in
            let (xs, ys) = (try coordinates(arguments, "x"), try coordinates(arguments, "y"))
            guard xs.count == ys.count else { throw Fault.value("`polyfit` needs as many `y` as `x`, but there are \(ys.count) and \(xs.count)", at: arguments.range) }
            let degree = try arguments.count("degree", in: 0...30)
            guard xs.count > degree else {
                throw Fault.value("a polynomial of degree \(degree) needs at least \(degree + 1) points, and there are \(xs.count)", at: arguments.range)
            }
            guard let coefficients = LeastSquares.solve(xs.map { x in (0...degree).map { power(x, $0) } }, ys) else {
                throw Fault.value("these points do not fix a polynomial of degree \(degree): too many of them share their x", at: arguments.range)
            }
            let x = Expr.variable("x")
            let body = coefficients.dropLast().reversed().reduce(Expr.number(coefficients.last ?? 0)) { .apply(.add, .apply(.mul, $0, x), .number($1)) }
            return .function(Function(name: nil, .term(FunctionTerm(parameters: ["x"], body: body), derivation: nil)))
        },
    ]

    private static func coordinates(_ arguments: Arguments, _ name: String) throws -> [Double] {
        try arguments.list(name).map { value in
            guard case .number(let number) = value, number.isFinite else { throw Fault.type("an element of `\(name)` of `polyfit`", expected: "a finite number", found: value, at: arguments.range(of: name)) }
            return number
        }
    }

    private static func power(_ x: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * x } }
}
