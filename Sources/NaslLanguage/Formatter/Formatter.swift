import NaslExpr

/// Writes a source text in the one form that everybody's has.
///
///     grammar G(x:Tensor){E=x@4|-E            grammar G(x: Tensor) {
///     Other=sin( E )}                ->           E     = x @4 | -E
///                                                 Other = sin(E)
///                                             }
///
/// What it changes is space: between tokens, at the beginning of lines, between the names and the `=` of consecutive rules, before
/// comments at the ends of lines. Line breaks stay where they were; lines longer than ``width`` get more of them, before a `|`, behind a
/// comma or an operator. Every token and every byte of a comment stays, and what the text means; a second time changes nothing.
public enum Formatter {
    /// Columns that code may take; a comment at the end of a line may go beyond.
    public static let width = 120
    /// Columns of one level.
    static let step = 4

    public enum Result: Sendable {
        case text(String)
        /// The text has mistakes, so nobody knows what it means.
        case mistakes([Diagnostic])
        /// What was written does not read as what was there. No text is known that does this; it is looked for so that none can be spoilt.
        case changed
    }

    public static func format(_ file: SourceFile) -> Result {
        let (program, diagnostics) = Parser.parse(file)
        let mistakes = diagnostics.filter { $0.severity == .error }
        guard mistakes.isEmpty else { return .mistakes(mistakes) }
        let text = layOut(file)
        let result = SourceFile(id: file.id, name: file.name, text: text)
        let (again, faults) = Parser.parse(result)
        guard faults.isEmpty, again.map(\.explicitText) == program.map(\.explicitText), comments(of: result) == comments(of: file) else { return .changed }
        return .text(text)
    }

    /// Each of them, byte by byte.
    private static func comments(of file: SourceFile) -> [String] {
        Lexer.tokens(of: file).tokens.filter { $0.kind.category == .comment }.map { file.text(of: $0.range) }
    }

    private static func layOut(_ file: SourceFile) -> String {
        var pieces = Piece.pieces(of: file)
        Piece.assignRoles(&pieces)
        BlockShape.straighten(&pieces)
        while true {
            Piece.assignRoles(&pieces)
            let lines = LineLayout.lines(of: pieces)
            let breaks = LineBreaking.edits(lines, pieces)
            if breaks.isEmpty { return text(of: lines) }
            pieces = LineBreaking.applying(breaks, to: pieces)
        }
    }

    private static func text(of lines: [LaidLine]) -> String {
        lines.map { $0.text + "\n" }.joined()
    }
}
