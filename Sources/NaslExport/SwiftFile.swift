import NaslExpr

/// A function as a file of Swift: the function and its derivative by each parameter, in double precision.
enum SwiftFile {
    static let dialect = Dialect(
        target: .swift, width: 70, reserved: reserved.union(Dialect.called(in: .swift)),
        number: { plainNumber($0, point: false, infinity: "Double.infinity", nan: "Double.nan") },
        conditional: { "\($0) ? \($1) : \($2)" }, isConditionalOperator: true,
        truth: { condition, _ in "(\(condition) ? 1 : 0)" },
        helper: { "_\($0)" }, definition: helper)

    static func text(_ function: FunctionTerm, named name: String, _ origin: Provenance) throws(ExportError) -> String {
        var name = camelCase(dialect.identifier(name))
        while dialect.identifiers(function.parameters).contains(Symbol(name)) { name += "_" }
        let value = try FunctionCode(function, in: dialect)
        var definitions = value.definitions
        var functions = ["/// \(wrapped(function.text))\n" + functionText(value, name)]
        for (slot, parameter) in value.parameters.enumerated() {
            let slope = try FunctionCode(function, in: dialect, slope: slot)
            for definition in slope.definitions where !definitions.contains(definition) { definitions.append(definition) }
            let by = value.parameters.count == 1 ? "Slope" : "Slope" + parameter.prefix(1).uppercased() + parameter.dropFirst()
            functions.append("/// The derivative by \(parameter).\n" + functionText(slope, name + by))
        }
        let blocks = [origin.comment("//"), "import Foundation"] + functions + definitions
        return blocks.map(\.trimmingNewlines).joined(separator: "\n\n") + "\n"
    }

    private static func wrapped(_ text: String) -> String { Provenance.wrapped(text, 90).joined(separator: "\n/// ") }

    private static func functionText(_ code: FunctionCode, _ name: String) -> String {
        let parameters = code.parameters.map { "_ \($0): Double" }.joined(separator: ", ")
        let head = "func \(name)(\(parameters)) -> Double {\n"
        if code.parts.isEmpty { return head + "    \(code.result)\n}" }
        return head + code.parts.map { "    let \($0.name): Double = \($0.text)\n" }.joined() + "    return \(code.result)\n}"
    }

    private static func helper(_ name: String, _ parameters: [String], _ summary: String, _ body: String) -> String {
        let list = parameters.map { "_ \($0): Double" }.joined(separator: ", ")
        let sentence = Provenance.wrapped(summary, 90).joined(separator: "\n/// ")
        return "/// \(sentence)\nprivate func \(name)(\(list)) -> Double {\n    \(body)\n}"
    }

    /// `reads_austen` -> `readsAusten`.
    private static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        guard let first = words.first, words.count > 1 else { return name }
        return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static let reserved: Set<String> = [
        "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import", "init", "inout", "internal", "let", "open", "operator",
        "private", "precedencegroup", "protocol", "public", "rethrows", "static", "struct", "subscript", "typealias", "var", "break", "case", "catch",
        "continue", "default", "defer", "do", "else", "fallthrough", "for", "guard", "if", "in", "repeat", "return", "throw", "switch", "where", "while",
        "Any", "as", "await", "false", "is", "nil", "self", "Self", "super", "throws", "true", "try", "Double", "Swift", "abs", "exp", "log1p",
    ]
}
