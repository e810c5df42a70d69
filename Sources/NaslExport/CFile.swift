import NaslExpr

/// A function as a file of C99: the function and its derivative by each parameter, in double precision.
enum CFile {
    static let dialect = Dialect(
        target: .c, width: 64, reserved: reserved.union(Dialect.called(in: .c)),
        number: { plainNumber($0, point: true, infinity: "INFINITY", nan: "NAN") },
        conditional: { "\($0) ? \($1) : \($2)" }, isConditionalOperator: true,
        truth: { condition, _ in "(\(condition) ? 1.0 : 0.0)" },
        helper: { "nasl_\($0)" }, definition: helper)

    static func text(_ function: FunctionTerm, named name: String, _ origin: Provenance) throws(ExportError) -> String {
        var name = dialect.identifier(name)
        while dialect.identifiers(function.parameters).contains(Symbol(name)) { name += "_" }
        let value = try FunctionCode(function, in: dialect)
        var definitions = value.definitions
        var functions = [functionText(value, name)]
        for (slot, parameter) in value.parameters.enumerated() {
            let slope = try FunctionCode(function, in: dialect, slope: slot)
            for definition in slope.definitions where !definitions.contains(definition) { definitions.append(definition) }
            functions.append("// The derivative by \(parameter).\n" + functionText(slope, "\(name)_d\(parameter)"))
        }
        let blocks = [origin.comment("//"), "#include <math.h>"] + definitions + functions
        return blocks.map(\.trimmingNewlines).joined(separator: "\n\n") + "\n"
    }

    private static func functionText(_ code: FunctionCode, _ name: String) -> String {
        let parameters = code.parameters.isEmpty ? "void" : code.parameters.map { "double \($0)" }.joined(separator: ", ")
        var lines = code.parameters.filter { !code.mentioned.contains($0) }.map { "(void)\($0);" }
        lines += code.parts.map { "const double \($0.name) = \($0.text);" }
        lines.append("return \(code.result);")
        return "double \(name)(\(parameters)) {\n" + lines.map { "    \($0)\n" }.joined() + "}"
    }

    private static func helper(_ name: String, _ parameters: [String], _ summary: String, _ body: String) -> String {
        let list = parameters.map { "double \($0)" }.joined(separator: ", ")
        let comment = Provenance.wrapped(summary, 76).map { "// \($0)\n" }.joined()
        return "\(comment)static double \(name)(\(list)) {\n    return \(body);\n}"
    }

    private static let reserved: Set<String> = [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline",
        "int", "long", "main", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned",
        "void", "volatile", "while", "j0", "j1", "jn", "y0", "y1", "yn", "gamma", "fmin", "round", "abs", "NAN", "INFINITY", "I",
        // C23.
        "alignas", "alignof", "bool", "constexpr", "false", "nullptr", "static_assert", "thread_local", "true", "typeof", "asm",
    ]
}
