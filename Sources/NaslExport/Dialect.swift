import NaslExpr

/// How a target writes expressions, as far as the table of spellings does not say it.
struct Dialect: Sendable {
    let target: Primitive.Target
    /// The widest expression, about, in characters.
    let width: Int
    /// Names that parameters and parts must not have.
    var reserved: Set<String>
    let number: @Sendable (Double) -> String
    /// `b` where the condition holds, else `c`.
    let conditional: @Sendable (_ condition: String, _ b: String, _ c: String) -> String
    /// Whether that is an operator, which needs brackets inside of another.
    let isConditionalOperator: Bool
    /// A condition as 1 or 0, of the type of `like`.
    let truth: @Sendable (_ condition: String, _ like: String) -> String
    /// The name of a small function that stands for a primitive.
    let helper: @Sendable (_ primitive: String) -> String
    /// Such a function.
    let definition: @Sendable (_ name: String, _ parameters: [String], _ summary: String, _ body: String) -> String

    /// The same with further names that parts must not have.
    func reserving(_ names: Set<String>) -> Dialect {
        var dialect = self
        dialect.reserved.formUnion(names)
        return dialect
    }

    /// `name` as this target allows it.
    func identifier(_ name: String) -> String {
        var plain = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" })
        if plain.first.map({ $0.isNumber }) ?? true { plain = "_" + plain }
        if plain.allSatisfy({ $0 == "_" }) { plain = "x" + plain }
        while reserved.contains(plain) { plain += "_" }
        return plain
    }

    /// The names of a function's parameters, each another.
    func identifiers(_ names: [Symbol]) -> [Symbol] {
        var taken: Set<String> = []
        return names.map { name in
            var text = identifier(name.text)
            while !taken.insert(text).inserted { text += "_" }
            return Symbol(text)
        }
    }

    /// All names that expressions of this target may call.
    static func called(in target: Primitive.Target) -> Set<String> {
        var names: Set<String> = []
        for row in Primitive.table {
            let words = (row.primitive.spelling(in: target) ?? "").split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
            for word in words { if let first = word.split(separator: ".").first, first.count > 1 { names.insert(String(first)) } }
        }
        return names
    }
}

/// A number as the languages write it: never a whole number where `point` asks for a fraction.
func plainNumber(_ value: Double, point: Bool, infinity: String, nan: String) -> String {
    if value.isNaN { return nan }
    if value.isInfinite { return value < 0 ? "-\(infinity)" : infinity }
    let text = numberText(value)
    if text == "-0" { return "-0.0" }
    return point && !text.contains(".") && !text.contains("e") ? text + ".0" : text
}
