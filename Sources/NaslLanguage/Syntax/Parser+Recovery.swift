import NaslExpr

/// Going on after a mistake, so that one reading finds several.
extension Parser {
    /// What `body` reads, or nil after a mistake; then everything up to the next statement (or the next rule) is skipped.
    @discardableResult
    mutating func recovering<T>(_ body: (inout Parser) throws(SyntaxFailure) -> T, continuesAtBar: Bool = false) -> T? {
        let start = token
        let openCount = openers.count
        let outerDepth = depth
        let wasAllowed = allowsPlaceholders
        let startIndex = index
        do throws(SyntaxFailure) {
            return try body(&self)
        } catch {
            skipToStatementEnd(from: start, openers: openers.dropFirst(openCount).map(\.kind), continuesAtBar: continuesAtBar)
            openers.removeLast(openers.count - openCount)
            depth = outerDepth
            allowsPlaceholders = wasAllowed
            stopsAtIn = false
            if index == startIndex { advance() }
            return nil
        }
    }

    /// Stops before a newline or `;` outside of all brackets, before the brace that closes the enclosing body, and before a line that
    /// begins no further right than the statement did, because a bracket may have been left open.
    private mutating func skipToStatementEnd(from start: Token, openers opened: [TokenKind], continuesAtBar: Bool) {
        var open = opened
        let column = file.position(at: Int(start.range.start)).column
        while kind != .end {
            let isLineStart = index > 0 && tokens[index - 1].kind == .newline
            if isLineStart, index > 0, !open.isEmpty, !kind.isCloser, kind != .newline, token.range.start > start.range.start,
               file.position(at: Int(token.range.start)).column <= column { return }
            switch kind {
            case .openParenthesis, .openBracket, .openBrace: open.append(kind)
            case .closeParenthesis, .closeBracket, .closeBrace:
                if let match = open.lastIndex(where: { $0.closer == kind }) {
                    open.removeSubrange(match...)
                } else if kind == .closeBrace, !self.openers.dropLast(opened.count).isEmpty {
                    return
                }
            case .newline, .semicolon:
                if open.isEmpty, !(goesOn(atBar: continuesAtBar)) { return }
            default: break
            }
            index += 1
        }
    }

    /// Whether the next line can only belong to this one, so that it would be one more mistake for the same reason.
    private func goesOn(atBar: Bool) -> Bool {
        var ahead = index
        while tokens[ahead].kind == .newline { ahead += 1 }
        return [.then, .else, .openBrace].contains(tokens[ahead].kind) || (atBar && tokens[ahead].kind == .bar)
    }
}
