/// Whether a space stands between two neighbours on a line.
enum Spacing {
    static func isSpaced(_ left: Piece, _ right: Piece) -> Bool {
        switch right.kind {
        // `2.` would begin a fraction.
        case .dot where left.kind == .number: return true
        case .comma, .semicolon, .colon, .dot, .closeParenthesis, .closeBracket: return false
        default: break
        }
        if left.kind == .dot || left.kind == .openParenthesis || left.kind == .openBracket || left.kind == .at { return false }
        if left.role == .repetition && left.kind == .openBrace || right.role == .repetition { return false }
        if isTight(left) || isTight(right) { return false }
        // Two signs of minus in a row are no operator.
        if left.role == .unary { return right.kind == .minus }
        return right.role != .call
    }

    /// `2^3`, `1..8`.
    private static func isTight(_ piece: Piece) -> Bool { piece.kind == .caret || piece.kind == .dots }
}
