import NaslExpr

/// Cuts a source text into tokens.
///
///     let (tokens, _) = Lexer.tokens(of: SourceFile(id: 0, name: "a.nasl", text: "x + 20s"))
///     tokens.map(\.kind)   // [.name, .plus, .duration, .end]
///
/// Comments and newlines are tokens too; spaces are what lies between. Whatever the bytes, the tokens follow one another without
/// overlap, and the last is `.end`.
public struct Lexer {
    let file: SourceFile
    var offset = 0
    var tokens: [Token] = []
    var diagnostics: [Diagnostic] = []

    public static func tokens(of file: SourceFile) -> (tokens: [Token], diagnostics: [Diagnostic]) {
        var lexer = Lexer(file: file)
        lexer.run()
        return (lexer.tokens, lexer.diagnostics)
    }

    private init(file: SourceFile) {
        self.file = file
        tokens.reserveCapacity(file.bytes.count / 4 + 2)
    }

    /// The byte `distance` ahead; 0, which is no character of the language, behind the end.
    func byte(_ distance: Int = 0) -> UInt8 {
        let position = offset + distance
        return position >= 0 && position < file.bytes.count ? file.bytes[position] : 0
    }

    func range(from start: Int) -> SourceRange { SourceRange(source: file.id, start: start, end: offset) }

    mutating func add(_ kind: TokenKind, from start: Int) { tokens.append(Token(kind, range(from: start))) }

    private mutating func run() {
        if file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }  // a byte order mark
        while offset < file.bytes.count { next() }
        add(.end, from: offset)
    }

    private mutating func next() {
        let start = offset
        let first = byte()
        switch first {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
        case UInt8(ascii: "\n"):
            offset += 1
            add(.newline, from: start)
        case UInt8(ascii: "#"): readComment()
        case UInt8(ascii: "\""): readText()
        case UInt8(ascii: "'"): readQuoted()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
        case UInt8(ascii: "."):
            if isDigit(byte(1)), !followsValue { readNumber() } else { readOperator() }
        case UInt8(ascii: "?"): readPlaceholder()
        default:
            if isNameStart { readName() } else if first < 0x80 { readOperator() } else { readForeign() }
        }
    }

    /// Whether a point here would take a field of what stands directly before.
    private var followsValue: Bool {
        guard let last = tokens.last, Int(last.range.end) == offset else { return false }
        return last.kind.isCloser || last.kind == .name || last.kind == .text || last.kind == .number
    }

    private mutating func readComment() {
        let start = offset
        while offset < file.bytes.count, byte() != UInt8(ascii: "\n") { offset += 1 }
        var length = offset - start
        if length > 0, file.bytes[offset - 1] == UInt8(ascii: "\r") { length -= 1 }
        let marks = file.bytes[start..<offset].prefix { $0 == UInt8(ascii: "#") }.count
        tokens.append(Token(marks == 2 ? .documentation : .comment, SourceRange(source: file.id, start: start, end: start + length)))
    }

    private mutating func readPlaceholder() {
        let start = offset
        offset += 1
        guard isNameStart else {
            add(.unknown, from: start)
            diagnostics.append(.unknownCharacter("?", at: range(from: start), help: "a question mark stands before a name in a pattern: `?a`"))
            return
        }
        skipName()
        add(.placeholder, from: start)
    }
}
