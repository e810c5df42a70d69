/// How far what stands before a sign reaches in consecutive lines, so that the `=` of rules, and the `==` and `where` of laws, stand below
/// one another.
enum RuleAlignment {
    /// For each such sign: the columns of the widest line before it among the lines around it. An empty line or another statement ends
    /// a group.
    static func widths(_ pieces: [Piece]) -> [Int: Int] {
        var result: [Int: Int] = [:]
        var group: [Line] = []
        func close() {
            let widest = group.map(\.width).max() ?? 0
            for line in group { result[line.sign] = widest }
            // The domains of laws stand behind the widest of those that have one.
            let widestLaw = group.filter { $0.domain != nil }.map { widest + 1 + $0.rest }.max() ?? 0
            for line in group { if let domain = line.domain { result[domain] = widestLaw } }
            group = []
        }
        for (index, piece) in pieces.enumerated() {
            if piece.isBreak, piece.hasEmptyLine { close() }
            guard piece.startsStatement else { continue }
            guard let line = line(at: index, pieces) else {
                close()
                continue
            }
            // Behind a `;` on the same line nothing is aligned.
            if index == 0 || pieces[index - 1].isBreak { group.append(line) }
        }
        close()
        return result
    }

    private struct Line {
        /// The `=` or `==`, and the width of what stands before it.
        var sign: Int
        var width: Int
        /// The `where`, and the width from the sign up to it.
        var domain: Int?
        var rest = 0
    }

    /// The rule or law that begins here.
    private static func line(at start: Int, _ pieces: [Piece]) -> Line? {
        var line: Line?
        var width = 0
        for index in start..<pieces.count {
            let piece = pieces[index]
            if piece.role == .ruleAssign { return Line(sign: index, width: width) }
            if piece.isBreak || piece.isComment || piece.kind == .semicolon || (index > start && piece.startsStatement) { return line }
            if piece.role == .lawEquals {
                line = Line(sign: index, width: width)
                width = -1
            }
            if piece.role == .lawWhere, var law = line {
                law.domain = index
                law.rest = width
                return law
            }
            if index > start, Spacing.isSpaced(pieces[index - 1], piece) { width += 1 }
            width += LineLayout.width(of: piece.text)
        }
        return line
    }
}
