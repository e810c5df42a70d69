import NaslExpr

extension Piece {
    /// Tells what each piece does. The text has no mistakes, so a look at the neighbours will do where the parser looks at more.
    static func assignRoles(_ pieces: inout [Piece]) {
        var reader = RoleReader()
        for index in pieces.indices { reader.read(index, &pieces) }
    }
}

private struct RoleReader {
    /// What is open, innermost last; the first is the text itself.
    private var levels = [Level()]
    private var isAtStart = true
    /// Whether an operand ends at the last token, so that an operator or the end must follow.
    private var endsOperand = false
    /// The last token that is neither break nor comment.
    private var last: Piece?

    private struct Level {
        /// Nil for the text itself.
        var opener: Piece?
        /// Of a body: what it belongs to.
        var owner = TokenKind.end
        /// Of a body: what the statement at this place begins with.
        var statement = TokenKind.end
        /// Of a grammar: whether the `=` of the rule here was seen; of a law: its `==`.
        var hasAssign = false

        var isBody: Bool { opener == nil || opener?.role == .body }
    }

    private var level: Level { levels[levels.count - 1] }
    private var depth: Int { levels.reversed().prefix { !$0.isBody }.count }

    mutating func read(_ index: Int, _ pieces: inout [Piece]) {
        var piece = pieces[index]
        piece.role = .plain
        piece.startsStatement = false
        if piece.isBreak {
            if level.isBody, !goesOn, !(level.owner == .grammar && next(after: index, pieces)?.kind == .bar) { isAtStart = true }
        } else if !piece.isComment {
            start(&piece)
            close(&piece)
            piece.depth = depth
            piece.role = role(of: piece, before: next(after: index, pieces))
            open(piece)
            endsOperand = endsOperand(at: piece)
            last = piece
        }
        if piece.isBreak || piece.isComment { piece.depth = depth }
        pieces[index] = piece
    }

    private func next(after index: Int, _ pieces: [Piece]) -> Piece? {
        pieces[(index + 1)...].first { !$0.isBreak && !$0.isComment }
    }

    /// Whether the line that ends here goes on in the next.
    private var goesOn: Bool { last.map { $0.kind.continuesLine || ($0.role == .infixWord && $0.text == "by") } ?? false }

    private mutating func start(_ piece: inout Piece) {
        guard isAtStart, level.isBody else { return }
        isAtStart = false
        endsOperand = false
        guard piece.kind != .closeBrace, piece.kind != .semicolon else { return }
        piece.startsStatement = true
        levels[levels.count - 1].statement = piece.kind
        levels[levels.count - 1].hasAssign = false
    }

    private mutating func close(_ piece: inout Piece) {
        guard piece.kind.isCloser, levels.count > 1 else { return }
        piece.role = levels.removeLast().opener?.role ?? .plain
        isAtStart = false
    }

    private mutating func open(_ piece: Piece) {
        if piece.kind == .semicolon, level.isBody { isAtStart = true }
        if piece.role == .ruleAssign || piece.role == .lawEquals { levels[levels.count - 1].hasAssign = true }
        guard piece.kind.closer != nil else { return }
        let owner = level.statement
        levels.append(Level(opener: piece, owner: piece.role == .body ? owner : .end))
        isAtStart = piece.role == .body
    }

    private func role(of piece: Piece, before next: Piece?) -> Piece.Role {
        switch piece.kind {
        case _ where piece.kind.isCloser: return piece.role
        case .minus: return endsOperand ? .plain : .unary
        case .openParenthesis, .openBracket: return endsOperand ? .call : .plain
        case .openBrace:
            let isHead = level.isBody && level.statement == .grammar
            let isCapital = last?.text.unicodeScalars.first { $0 != "_" }?.properties.isUppercase ?? false
            return !isHead && last?.kind == .name && piece.isAdjacent && isCapital ? .repetition : .body
        case .name:
            if piece.startsStatement {
                let leads = level.owner == .grammar ? ["limit", "forbid", "require"] : level.owner == .task ? ["reward", "minimize"] : []
                return leads.contains(piece.text) ? .lead : .plain
            }
            return endsOperand ? (level.isBody && level.statement == .law ? .lawWhere : .infixWord) : .plain
        case .equal: return level.isBody && level.statement == .law && !level.hasAssign ? .lawEquals : .plain
        case .assign: return level.isBody && level.owner == .grammar && !level.hasAssign ? .ruleAssign : .plain
        case .bar: return level.isBody && level.owner == .grammar ? .ruleBar : .plain
        default: return .plain
        }
    }

    private func endsOperand(at piece: Piece) -> Bool {
        if last?.kind == .dot { return true }
        switch piece.kind {
        case .name: return piece.role == .plain
        case .number, .duration, .text, .underscore, .placeholder, .true, .false, .none, .closeParenthesis, .closeBracket: return true
        case .closeBrace: return piece.role == .repetition
        default: return false
        }
    }
}
