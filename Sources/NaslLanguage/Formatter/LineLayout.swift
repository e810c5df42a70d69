/// A line with the columns of its pieces.
struct LaidLine {
    var indent = 0
    /// The pieces that are no comment, with the column where each begins.
    var pieces: [(index: Int, column: Int)] = []
    var code = ""
    /// Where the code ends.
    var end = 0
    var comment: String?
    /// The column of a comment behind code.
    var commentColumn = 0

    var text: String {
        let margin = String(repeating: " ", count: indent)
        guard let comment else { return code.isEmpty ? "" : margin + code }
        return code.isEmpty ? margin + comment : margin + code + String(repeating: " ", count: commentColumn - end) + comment
    }
}

/// Sets pieces in lines: columns from indentation, from the alignment of rules, and from the spaces between neighbours.
struct LineLayout {
    private let pieces: [Piece]
    private let ruleWidths: [Int: Int]
    private var lines: [LaidLine] = []
    private var line = LaidLine()
    private var brackets: [Bracket] = []
    private var statement = StatementColumns()

    private struct Bracket {
        let isBody: Bool
        let childIndent: Int
        let closeIndent: Int
        /// Of the statement that a body belongs to.
        let outer: StatementColumns
    }

    private struct StatementColumns {
        var indent = 0
        /// Of a rule: the column of its `=`.
        var assign: Int?
    }

    static func lines(of pieces: [Piece]) -> [LaidLine] {
        var layout = LineLayout(pieces)
        layout.run()
        alignComments(&layout.lines)
        return layout.lines
    }

    private init(_ pieces: [Piece]) {
        self.pieces = pieces
        ruleWidths = RuleAlignment.widths(pieces)
    }

    private mutating func run() {
        var isFirst = true
        for (index, piece) in pieces.enumerated() {
            if piece.isBreak {
                lines.append(line)
                if piece.hasEmptyLine { lines.append(LaidLine()) }
                line = LaidLine()
                isFirst = true
                continue
            }
            if isFirst { line.indent = indent(at: index) }
            isFirst = false
            if piece.isComment { line.comment = piece.text } else { place(index, piece) }
        }
        if !pieces.isEmpty { lines.append(line) }
    }

    private mutating func place(_ index: Int, _ piece: Piece) {
        var column = line.indent
        if line.pieces.isEmpty {
            line.end = column
        } else {
            column = line.end + (Spacing.isSpaced(pieces[index - 1], piece) ? 1 : 0)
        }
        if let width = ruleWidths[index] { column = max(column, line.indent + width + 1) }
        line.code += String(repeating: " ", count: column - line.end) + piece.text
        line.end = column + LineLayout.width(of: piece.text)
        line.pieces.append((index, column))
        if piece.startsStatement { statement = StatementColumns(indent: line.indent) }
        if piece.role == .ruleAssign { statement.assign = column }
        if piece.kind.isCloser, let bracket = brackets.popLast(), bracket.isBody { statement = bracket.outer }
        if piece.kind.closer != nil { open(piece) }
    }

    private mutating func open(_ piece: Piece) {
        let isBody = piece.role == .body
        let base = isBody ? statement.indent : max(line.indent, statement.assign.map { $0 + 2 } ?? 0)
        brackets.append(Bracket(isBody: isBody, childIndent: base + Formatter.step, closeIndent: base, outer: statement))
    }

    /// Of a line that begins with the piece at `start`.
    private func indent(at start: Int) -> Int {
        // Several closing brackets stand where the outermost was opened.
        let closers = pieces[start...].prefix { $0.kind.isCloser && $0.role != .repetition }.count
        if closers > 0, closers <= brackets.count { return brackets[brackets.count - closers].closeIndent }
        if let bracket = brackets.last, !bracket.isBody { return bracket.childIndent }
        let level = brackets.last?.childIndent ?? 0
        // A comment stands where the code below it does.
        guard let next = pieces[start...].first(where: { !$0.isBreak && !$0.isComment }), !next.kind.isCloser, !next.startsStatement else { return level }
        guard let assign = statement.assign else { return statement.indent + Formatter.step }
        return next.role == .ruleBar ? assign : assign + 2
    }

    static func width(of text: String) -> Int { text.reduce(0) { $0 + displayWidth($1) } }

    /// Comments at the ends of consecutive lines stand below one another.
    private static func alignComments(_ lines: inout [LaidLine]) {
        var first = 0
        while first < lines.count {
            var next = first
            while next < lines.count, lines[next].comment != nil, !lines[next].code.isEmpty { next += 1 }
            let column = (lines[first..<next].map(\.end).max() ?? 0) + 2
            for index in first..<next { lines[index].commentColumn = column }
            first = max(next, first + 1)
        }
    }
}
