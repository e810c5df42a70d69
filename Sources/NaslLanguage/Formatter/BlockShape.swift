/// Where the braces of a body stand: all on one line, or the first at the end of a line and the last alone on one.
enum BlockShape {
    /// Gives the braces that stand on different lines their breaks, and no empty lines inside.
    static func straighten(_ pieces: inout [Piece]) {
        let open = bodies(pieces).filter { pieces[$0.open...$0.close].contains(where: \.isBreak) }
        var edits: [LineBreaking.Edit] = []
        for (open, close) in open {
            let behind = pieces[open + 1].isComment ? open + 2 : open + 1
            if !pieces[behind].isBreak { edits.append(.breakBefore(behind)) }
            if !pieces[close - 1].isBreak { edits.append(.breakBefore(close)) }
            pieces[behind].hasEmptyLine = false
            pieces[close - 1].hasEmptyLine = false
        }
        pieces = LineBreaking.applying(edits, to: pieces)
    }

    /// The edits that open the body between two places of one line.
    static func opening(_ open: Int, _ close: Int, _ pieces: [Piece]) -> [LineBreaking.Edit] {
        var edits = [LineBreaking.Edit.breakBefore(open + 1), .breakBefore(close)]
        // A `;` before the closing brace mutes, so it stays.
        for index in open + 1..<close - 1 where pieces[index].kind == .semicolon && pieces[index + 1].startsStatement && pieces[index + 1].depth == 0 {
            if isDirectlyInside(open, index, pieces) { edits.append(.replaceByBreak(index)) }
        }
        return edits
    }

    private static func isDirectlyInside(_ open: Int, _ index: Int, _ pieces: [Piece]) -> Bool {
        pieces[open + 1..<index].reduce(0) { $0 + ($1.role == .body ? ($1.kind == .openBrace ? 1 : -1) : 0) } == 0
    }

    /// The braces of all bodies.
    static func bodies(_ pieces: [Piece]) -> [(open: Int, close: Int)] {
        var result: [(Int, Int)] = []
        var open: [Int] = []
        for (index, piece) in pieces.enumerated() where piece.role == .body {
            if piece.kind == .openBrace { open.append(index) } else if let start = open.popLast() { result.append((start, index)) }
        }
        return result
    }
}
