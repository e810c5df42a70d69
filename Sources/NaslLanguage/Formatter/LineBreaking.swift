/// Finds where lines that are too long are broken.
enum LineBreaking {
    enum Edit {
        case breakBefore(Int)
        case replaceByBreak(Int)
    }

    /// What to change so that the lines get shorter: for each that is too long one more break, or the opening of a body. Empty when
    /// all fit, or cannot be helped.
    static func edits(_ lines: [LaidLine], _ pieces: [Piece]) -> [Edit] {
        lines.filter { $0.end > Formatter.width }.flatMap { edits($0, pieces) }
    }

    static func applying(_ edits: [Edit], to pieces: [Piece]) -> [Piece] {
        var breaks: Set<Int> = []
        var replaced: Set<Int> = []
        for edit in edits {
            switch edit {
            case .breakBefore(let index): breaks.insert(index)
            case .replaceByBreak(let index): replaced.insert(index)
            }
        }
        var result: [Piece] = []
        for (index, piece) in pieces.enumerated() {
            if breaks.contains(index) { result.append(.lineBreak) }
            result.append(replaced.contains(index) ? .lineBreak : piece)
        }
        return result
    }

    private static func edits(_ line: LaidLine, _ pieces: [Piece]) -> [Edit] {
        let indices = line.pieces.map(\.index)
        guard let first = indices.first, let last = indices.last else { return [] }
        if let body = BlockShape.bodies(Array(pieces[first...last])).min(by: { $0.open < $1.open }), body.close > body.open + 1 {
            return BlockShape.opening(first + body.open, first + body.close, pieces)
        }
        var best: (cost: Int, place: Int)?
        for (place, piece) in line.pieces.enumerated().dropFirst() {
            guard let cost = cost(line.pieces[place - 1].index, piece.index, pieces) else { continue }
            let fits = line.pieces[place - 1].column + LineLayout.width(of: pieces[line.pieces[place - 1].index].text) <= Formatter.width
            // What does not fit is broken as early as it can be.
            if !fits { if best == nil { best = (cost, place) } else { break } } else if best.map({ cost <= $0.cost }) ?? true { best = (cost, place) }
        }
        return best.map { [.breakBefore(line.pieces[$0.place].index)] } ?? []
    }

    /// How ill a break between two neighbours looks: the outermost brackets and the loosest operators are the best places. Nil where none
    /// may stand.
    private static func cost(_ left: Int, _ right: Int, _ pieces: [Piece]) -> Int? {
        let (before, behind) = (pieces[left], pieces[right])
        if behind.role == .ruleBar { return 0 }
        let level = 20 * before.depth
        switch before.kind {
        case .comma: return before.depth > 0 ? level + 1 : nil
        case .openParenthesis, .openBracket: return behind.kind.isCloser ? nil : level + 60
        case .assign: return before.role == .ruleAssign ? nil : level + 50
        case .arrow, .then, .else: return level + 40
        case .in: return level + 2
        default: break
        }
        guard let operation = BinaryOperator(before.kind), before.role == .plain, operation != .power else { return nil }
        return level + 2 + operation.precedence.rawValue
    }
}
