import NaslExport
import NaslExpr

/// Terms in ordinary notation, for tests.
func call(_ primitive: Primitive, _ arguments: Expr...) -> Expr { .apply(primitive, arguments) }

let x = Expr.variable("x"), y = Expr.variable("y")

func function(_ names: [Symbol], _ body: Expr) -> FunctionTerm { FunctionTerm(parameters: names, body: body) }

func exported(_ function: FunctionTerm, _ format: ExportFormat, name: String = "bent", finding: [String] = []) throws -> String {
    try FunctionExport(function, name: name, origin: Provenance(program: function.text, finding: finding)).text(as: format)
}

enum Programs {
    /// x -> max(x, tanh(x))
    static let bent = function(["x"], call(.max, x, call(.tanh, x)))
    /// (x, y) -> (x + 1)^2 / (y % 3) - 2^-x
    static let arithmetic = function(
        ["x", "y"], call(.sub, call(.div, call(.square, call(.add, x, 1)), call(.mod, y, 3)), call(.pow, 2, call(.neg, x))))
    /// Each primitive once, on both parameters.
    static let all: [FunctionTerm] = Primitive.table.filter { !$0.primitive.isRandom }.map { row in
        function(["x", "y"], .apply(row.primitive, Array([x, y, x * y].prefix(row.arity))))
    }
}

private func * (a: Expr, b: Expr) -> Expr { .apply(.mul, a, b) }
