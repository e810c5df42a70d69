/// Operators, brackets, and signs that other languages use for them.
extension Lexer {
    /// Longest first.
    private static let operators: [(spelling: [UInt8], kind: TokenKind)] = TokenKind.allCases
        .filter { [.operatorSign, .punctuation, .bracket].contains($0.category) }
        .map { (Array($0.rawValue.utf8), $0) }
        .sorted { $0.0.count > $1.0.count }

    private struct Foreign {
        let spelling: [UInt8]
        let ours: String
        let kind: TokenKind

        init(_ spelling: String, _ ours: String, _ kind: TokenKind) {
            self.spelling = Array(spelling.utf8)
            self.ours = ours
            self.kind = kind
        }
    }

    /// Spellings from elsewhere, what is written here, and what they are read as. Longest first.
    private static let foreign = [
        Foreign("...", "..", .dots), Foreign("..<", "..", .dots), Foreign("===", "==", .equal), Foreign("**", "^", .caret),
        Foreign("&&", "and", .and), Foreign("||", "or", .or), Foreign("=>", "->", .arrow), Foreign(":=", "=", .assign),
        Foreign("//", "#", .unknown), Foreign("|>", ">>", .compose), Foreign("!", "not", .not), Foreign("&", "and", .and),
    ]

    private func stands(_ spelling: [UInt8]) -> Bool {
        file.bytes[offset...].prefix(spelling.count).elementsEqual(spelling)
    }

    mutating func readOperator() {
        let start = offset
        if let row = Lexer.foreign.first(where: { stands($0.spelling) }), !stands(Array("!=".utf8)) {
            offset += row.spelling.count
            if row.kind == .unknown {  // `//` begins a comment elsewhere
                while offset < file.bytes.count, byte() != UInt8(ascii: "\n") { offset += 1 }
                if byte(-1) == UInt8(ascii: "\r") { offset -= 1 }
            }
            add(row.kind, from: start)
            diagnostics.append(.foreignOperator(String(decoding: row.spelling, as: UTF8.self), ours: row.ours, at: range(from: start)))
            return
        }
        if let row = Lexer.operators.first(where: { stands($0.spelling) }) {
            offset += row.spelling.count
            add(row.kind, from: start)
            return
        }
        readForeign()
    }

    /// Signs outside ASCII that mean something here.
    private static let lookalikes: [Unicode.Scalar: (ours: String, kind: TokenKind)] = [
        "−": ("-", .minus), "–": ("-", .minus), "×": ("*", .star), "·": ("*", .star), "÷": ("/", .slash), "≤": ("<=", .lessOrEqual),
        "≥": (">=", .greaterOrEqual), "≠": ("!=", .notEqual), "→": ("->", .arrow), "∈": ("in", .in), "…": ("..", .dots),
        "∧": ("and", .and), "∨": ("or", .or), "¬": ("not", .not),
    ]

    /// A character that has no place in the language, with advice where it is plain what was meant.
    mutating func readForeign() {
        let start = offset
        guard let (scalar, length) = scalar() else {
            skipCharacter()
            add(.unknown, from: start)
            return
        }
        offset += length
        if let row = Lexer.lookalikes[scalar] {
            add(row.kind, from: start)
            diagnostics.append(.foreignOperator(String(scalar), ours: row.ours, at: range(from: start)))
            return
        }
        if scalar.properties.generalCategory == .spaceSeparator || scalar.properties.generalCategory == .format {
            let code = String(scalar.value, radix: 16, uppercase: true)
            diagnostics.append(.invisibleCharacter(code, at: range(from: start)))
            return
        }
        add(.unknown, from: start)
        diagnostics.append(.unknownCharacter(String(scalar), at: range(from: start), help: Lexer.advice(on: scalar)))
    }

    private static func advice(on scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "²": "write `^2`"
        case "³": "write `^3`"
        case "“", "”", "„", "‘", "’", "`": "a text stands between straight double quotes: `\"text\"`"
        case "\\": "a function is written `x -> x + 1`"
        case "~": "`not a` for truth values, `!=` for unequal"
        default: nil
        }
    }

    /// One character on, or one byte where the bytes are not UTF-8, which is said.
    mutating func skipCharacter() {
        if let (_, length) = scalar() {
            offset += length
            return
        }
        let start = offset
        if offset < file.bytes.count { offset += 1 }
        // One message for a run of them.
        while offset < file.bytes.count, byte() >= 0x80, scalar() == nil { offset += 1 }
        if offset > start { diagnostics.append(.notUTF8(at: range(from: start))) }
    }
}
