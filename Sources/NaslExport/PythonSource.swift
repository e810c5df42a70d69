/// What files in Python have in common.
enum PythonSource {
    static let reserved: Set<String> = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
        "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
        "self", "key", "like", "params", "channels", "torch", "nn", "jax", "jnp", "sp", "F", "math", "Tensor", "float", "int",
    ]

    /// Black's limit.
    static let width = 88

    static func definition(_ name: String, _ parameters: [String], _ summary: String, _ body: String) -> String {
        "def \(name)(\(parameters.joined(separator: ", "))):\n" + docstring(summary, indent: 4) + "\n    return \(body)\n"
    }

    static func docstring(_ sentence: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        let lines = Provenance.wrapped(sentence, width - indent - 6)
        if lines.count <= 1 { return "\(margin)\"\"\"\(lines.first ?? "")\"\"\"" }
        return "\(margin)\"\"\"\(lines.joined(separator: "\n" + margin))\n\(margin)\"\"\""
    }

    /// `name(items)`, over several lines where one would be too long.
    static func call(_ head: String, _ items: [String], _ tail: String, indent: Int, width: Int = width) -> String {
        let margin = String(repeating: " ", count: indent)
        let line = "\(margin)\(head)(\(items.joined(separator: ", ")))\(tail)"
        if line.count <= width { return line }
        let inner = "\(margin)    \(items.joined(separator: ", "))"
        if inner.count <= width { return "\(margin)\(head)(\n\(inner)\n\(margin))\(tail)" }
        return "\(margin)\(head)(\n" + items.map { "\(margin)    \($0),\n" }.joined() + "\(margin))\(tail)"
    }

    /// The parts and the result, indented.
    static func body(_ code: FunctionCode, indent: Int, result: String? = nil) -> String {
        let margin = String(repeating: " ", count: indent)
        return (code.parts.map { "\(margin)\($0.name) = \($0.text)" } + ["\(margin)return \(result ?? code.result)"]).joined(separator: "\n")
    }

    /// Lines, each perhaps of several, moved to the right.
    static func indented(_ lines: [String], by count: Int) -> String {
        let margin = String(repeating: " ", count: count)
        return lines.flatMap { $0.split(separator: "\n") }.map { margin + $0 }.joined(separator: "\n")
    }

    /// The parts of a file, two empty lines apart.
    static func file(_ head: String, imports: String, _ blocks: [String]) -> String {
        ([head, imports].joined(separator: "\n\n") + "\n\n\n" + blocks.map { $0.trimmingNewlines }.joined(separator: "\n\n\n")) + "\n"
    }

    /// `reads_austen` -> `ReadsAusten`.
    static func className(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension String {
    var trimmingNewlines: String {
        var text = self[...]
        while text.last == "\n" { text = text.dropLast() }
        return String(text)
    }
}
