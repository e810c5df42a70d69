import NaslExpr

/// Reads a source text into statements: recursive descent, with precedence climbing for operators.
///
///     let (program, diagnostics) = Parser.parse(SourceFile(id: 0, name: "a.nasl", text: "let x = 1 + 2"))
///
/// It reads whatever it is given to the end. After a mistake it goes on with the next statement (or the next rule of a grammar), so
/// one reading finds several; a program is fit to run only if there is no diagnostic of severity `error`.
public struct Parser {
    let file: SourceFile
    /// Without comments; the last is `.end`.
    let tokens: [Token]
    /// The `##` lines above the token at an index.
    let documentation: [Int: String]

    var index = 0
    /// Where the last token that was taken ends.
    var lastEnd: SourceRange
    /// What is open at this place, innermost last.
    var openers: [Token] = []
    /// Levels of nesting, brackets or not.
    var depth = 0
    /// `in` ends the value of a `let .. in`.
    var stopsAtIn = false
    /// In a law or a forbidden pattern.
    var allowsPlaceholders = false
    var diagnostics: [Diagnostic]
    /// Whether the first mistake was that the text ends too early.
    var endsEarly: Bool?

    /// Brackets and everything else that nests.
    public static let greatestDepth = 1_000
    static let greatestErrorCount = 100

    public static func parse(_ file: SourceFile) -> (program: [Statement], diagnostics: [Diagnostic]) {
        var parser = Parser(file)
        let program = parser.program()
        return (program, parser.sortedDiagnostics)
    }

    init(_ file: SourceFile) {
        self.file = file
        let (tokens, diagnostics) = Lexer.tokens(of: file)
        (self.tokens, documentation) = Parser.withoutComments(tokens, of: file)
        self.diagnostics = Array(diagnostics.prefix(Parser.greatestErrorCount))
        lastEnd = SourceRange(source: file.id, start: 0, end: 0)
        if !diagnostics.isEmpty { endsEarly = false }
    }

    /// By place, as a reader meets them.
    var sortedDiagnostics: [Diagnostic] {
        diagnostics.enumerated().sorted { ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset) }.map(\.element)
    }

    /// Comments taken out, and the `##` lines that stand directly above a token kept by its index. An empty line cuts them off.
    private static func withoutComments(_ tokens: [Token], of file: SourceFile) -> ([Token], [Int: String]) {
        var kept: [Token] = []
        var documentation: [Int: String] = [:]
        var lines: [String] = []
        var previous = TokenKind.newline
        for token in tokens {
            switch token.kind {
            case .comment: break
            case .documentation:
                let text = file.text(of: token.range).dropFirst(2)
                if previous == .newline { lines.append(String(text.hasPrefix(" ") ? text.dropFirst() : text)) }
            case .newline:
                if previous == .newline { lines = [] }
                kept.append(token)
            default:
                if !lines.isEmpty { documentation[kept.count] = lines.joined(separator: "\n") }
                lines = []
                kept.append(token)
            }
            previous = token.kind
        }
        return (kept, documentation)
    }
}

/// Thrown after a diagnostic was noted; caught where reading can go on.
struct SyntaxFailure: Error {}

/// Looking at tokens and taking them.
extension Parser {
    var token: Token { tokens[index] }
    var kind: TokenKind { tokens[index].kind }

    /// Whether newlines mean nothing here.
    var isBracketed: Bool { openers.last.map { $0.kind != .openBrace } ?? false }

    func text(_ token: Token) -> String { file.text(of: token.range) }

    /// The index of the token behind the one at `index`, as `advance` would find it.
    func following(_ index: Int) -> Int {
        var next = min(index + 1, tokens.count - 1)
        while isBracketed, tokens[next].kind == .newline { next += 1 }
        return next
    }

    var next: Token { tokens[following(index)] }

    mutating func skipNewlines(if wanted: Bool = true) {
        while wanted || isBracketed, tokens[index].kind == .newline { index += 1 }
    }

    /// Takes the token here, and the newlines behind it where they do not count.
    @discardableResult
    mutating func advance() -> Token {
        let token = tokens[index]
        if token.kind != .end { index += 1 }
        if token.kind != .newline { lastEnd = token.range }
        skipNewlines(if: token.kind.continuesLine)
        return token
    }

    mutating func take(_ kind: TokenKind) -> Bool {
        guard self.kind == kind else { return false }
        advance()
        return true
    }

    /// Takes an opening bracket.
    mutating func open() -> Token {
        let opener = token
        openers.append(opener)
        advance()
        return opener
    }

    /// Takes the bracket that closes `opener`, the innermost; `wanted` is what could stand here as well.
    mutating func close(_ opener: Token, or wanted: String? = nil) throws(SyntaxFailure) {
        guard let closer = opener.kind.closer, kind == closer else { throw notClosed(opener, or: wanted) }
        openers.removeLast()
        advance()
    }

    /// From `start` to the end of what was taken last.
    func range(from start: SourceRange) -> SourceRange { start.union(lastEnd) }

    /// Runs `body` one level deeper.
    mutating func nested<T>(_ body: (inout Parser) throws(SyntaxFailure) -> T) throws(SyntaxFailure) -> T {
        guard depth < Parser.greatestDepth else { throw fail(.tooDeep(at: token.range, limit: Parser.greatestDepth)) }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// An expression that is certainly not too tall; `checked` is for those that grow.
    func node(_ kind: Expression.Kind, _ range: SourceRange) -> Expression { Expression(kind, range) }
}
