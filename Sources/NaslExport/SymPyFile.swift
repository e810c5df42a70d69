import NaslExpr

/// A function as an expression of SymPy over real symbols.
enum SymPyFile {
    static let dialect = Dialect(
        target: .sympy, width: 60, reserved: PythonSource.reserved,
        number: { $0 == .pi ? "sp.pi" : plainNumber($0, point: false, infinity: "sp.oo", nan: "sp.nan") },
        conditional: { "sp.Piecewise((\($1), \($0)), (\($2), True))" }, isConditionalOperator: false,
        truth: { condition, _ in "sp.Piecewise((1, \(condition)), (0, True))" },
        helper: { "_\($0)" }, definition: PythonSource.definition)

    static func text(_ function: FunctionTerm, named name: String, _ origin: Provenance) throws(ExportError) -> String {
        var name = dialect.identifier(name)
        let code = try FunctionCode(function, in: dialect)
        while code.parameters.contains(name) { name += "_" }
        let symbols: String? = switch code.parameters.count {
        case 0: nil
        case 1: "\(code.parameters[0]) = sp.Symbol(\"\(code.parameters[0])\", real=True)"
        default: "\(code.parameters.joined(separator: ", ")) = sp.symbols(\"\(code.parameters.joined(separator: " "))\", real=True)"
        }
        let result = code.isConstant ? "sp.sympify(\(code.result))" : code.result
        let lines = [symbols].compactMap { $0 } + code.parts.map { "\($0.name) = \($0.text)" } + ["\(name) = \(result)"]
        let main = lines.joined(separator: "\n")
        if code.definitions.isEmpty { return "\(origin.comment("#"))\n\nimport sympy as sp\n\n\(main)\n" }
        return PythonSource.file(origin.comment("#"), imports: "import sympy as sp", code.definitions + [main])
    }
}
