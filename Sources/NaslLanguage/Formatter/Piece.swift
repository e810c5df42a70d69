import NaslExpr

/// A token with its text and what it does where it stands; a line break is a piece, too.
struct Piece {
    enum Role {
        case plain
        /// A minus before its operand.
        case unary
        /// A bracket directly behind what is called or indexed, or of the parameters of a declaration.
        case call
        /// The braces of `Leaf{4}`.
        case repetition
        /// The braces of a body.
        case body
        /// `reward`, `limit` and the like at the beginning of a statement.
        case lead
        /// `by` and `within`.
        case infixWord
        /// The `=` of a rule.
        case ruleAssign
        /// The `==` of a law.
        case lawEquals
        /// The `where` of a law.
        case lawWhere
        /// The `|` between two alternatives.
        case ruleBar
    }

    let kind: TokenKind
    let text: String
    /// Of a line break: an empty line follows.
    var hasEmptyLine = false
    /// Nothing stands between it and the token before.
    var isAdjacent = false

    var role = Role.plain
    var startsStatement = false
    /// How many `(` and `[` are open here inside the innermost body, this one not counted.
    var depth = 0

    var isComment: Bool { kind == .comment || kind == .documentation }
    var isBreak: Bool { kind == .newline }

    static let lineBreak = Piece(kind: .newline, text: "")

    /// All of a text; breaks at its beginning and end are left out, several in a row are one.
    static func pieces(of file: SourceFile) -> [Piece] {
        var pieces: [Piece] = []
        var end: Int32 = -1
        for token in Lexer.tokens(of: file).tokens where token.kind != .end {
            if token.kind == .newline {
                if pieces.last?.isBreak == true { pieces[pieces.count - 1].hasEmptyLine = true } else if !pieces.isEmpty { pieces.append(lineBreak) }
                continue
            }
            var piece = Piece(kind: token.kind, text: file.text(of: token.range))
            piece.isAdjacent = token.range.start == end
            end = token.range.end
            pieces.append(piece)
        }
        if pieces.last?.isBreak == true { pieces.removeLast() }
        return pieces
    }
}
