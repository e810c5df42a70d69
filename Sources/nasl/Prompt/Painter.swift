import NaslExpr
import NaslLanguage
import NaslSession

/// Colours an entry, and fills the room before its further lines with their prompt: written over what libedit has drawn, the cursor put back.
final class Painter {
    private let session: Session
    /// The first row of a block that does not fit the screen that is shown.
    private var top = 0
    /// The cursor is elsewhere than where libedit left it.
    private var isLent = false
    /// The latest drawing was one of a block that does not fit.
    private(set) var hasFilledScreen = false
    private var hasColor: Bool { session.host.options.color }

    init(_ session: Session) { self.session = session }

    /// SGR codes; nil is the terminal's own colour.
    private static func code(_ category: TokenKind.Category) -> String? {
        switch category {
        case .keyword: "35"
        case .constant, .number: "36"
        case .text: "32"
        case .comment: "90"
        case .unknown: "31"
        case .operatorSign, .punctuation, .bracket, .name, .space: nil
        }
    }

    private struct Cell {
        var scalar: Unicode.Scalar
        var place: Layout.Place
        var code: String?
        /// Of the prompt before a further line.
        var isRoom = false
    }

    /// `buffer` is what libedit shows, its cursor at `cursor`.
    func paint(_ buffer: [Unicode.Scalar], cursor: Int) {
        let size = Terminal.size
        let layout = Layout(buffer, width: size.columns)
        hasFilledScreen = layout.rows >= size.rows
        guard !buffer.isEmpty, layout.isKnown else { return }
        if layout.rows < size.rows { overlay(buffer, cursor, layout) } else { view(buffer, cursor, layout, rows: size.rows) }
    }

    /// A block that fits the screen: over what libedit has drawn, in moves relative to the cursor.
    private func overlay(_ buffer: [Unicode.Scalar], _ cursor: Int, _ layout: Layout) {
        top = 0
        let home = layout.place(of: cursor)
        var row = home.row
        var output = ""
        func go(to place: Layout.Place) {
            if place.row < row { output += "\u{1B}[\(row - place.row)A" }
            if place.row > row { output += "\u{1B}[\(place.row - row)B" }
            output += "\r" + (place.column > 0 ? "\u{1B}[\(place.column)C" : "")
            row = place.row
        }
        let cells = cells(buffer, layout)
        for run in runs(cells.filter { hasColor || $0.isRoom }) {
            go(to: run[run.startIndex].place)
            output += Painter.text(run)
        }
        // Where a line goes on in the next row it is written across the edge, so that the terminal knows the rows as one line and wraps it
        // anew when its width changes.
        for (last, first) in zip(cells, cells.dropFirst()) where layout.goesOn(from: last.place, last.scalar, to: first.place) {
            go(to: last.place)
            output += Painter.text([last]) + Painter.text([first])
            row = first.place.row
        }
        go(to: home)
        Terminal.send(output)
    }

    /// A block that does not fit fills the screen. libedit then shows its last rows, wherever the cursor is; here the rows around the cursor
    /// are drawn instead, and the cursor is put back where libedit left it before it goes on (``giveBack()``).
    private func view(_ buffer: [Unicode.Scalar], _ cursor: Int, _ layout: Layout, rows: Int) {
        let home = layout.place(of: cursor)
        top = min(max(top, home.row - rows + 1), home.row, layout.rows - rows)
        var output = isLent ? "" : "\u{1B}7"
        isLent = true
        let runs = runs(cells(buffer, layout))
        for row in 0..<rows {
            output += "\u{1B}[\(row + 1);1H\u{1B}[2K" + (row + top == 0 ? Prompt.ready : "")
            for run in runs where run[run.startIndex].place.row == row + top { output += Painter.text(run) }
        }
        output += "\u{1B}[\(home.row - top + 1);\(home.column + 1)H"
        Terminal.send(output)
    }

    /// At the beginning of an entry.
    func reset() {
        hasFilledScreen = false
        top = 0
    }

    /// Before libedit draws again.
    func giveBack() {
        if isLent { Terminal.send("\u{1B}8") }
        isLent = false
    }

    /// Stretches of one colour in one row.
    private func runs(_ cells: [Cell]) -> [ArraySlice<Cell>] {
        var runs: [ArraySlice<Cell>] = []
        var start = 0
        while start < cells.count {
            var end = start + 1
            while end < cells.count, cells[end].code == cells[start].code, cells[end].place.row == cells[start].place.row { end += 1 }
            runs.append(cells[start..<end])
            start = end
        }
        return runs
    }

    private static func text(_ run: ArraySlice<Cell>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: run.map(\.scalar))
        return run.first?.code.map { "\u{1B}[\($0)m\(String(text))\u{1B}[m" } ?? String(text)
    }

    /// Each character that is drawn, with its colour.
    private func cells(_ buffer: [Unicode.Scalar], _ layout: Layout) -> [Cell] {
        let hasColor = self.hasColor
        var cells: [Cell] = []
        var plain: [UInt8] = []
        var owners: [(cell: Int, offset: Int)] = []
        let prompt = Array(Prompt.more.unicodeScalars)
        var room = 0
        for (index, scalar) in buffer.enumerated() {
            if scalar == "\n" {
                plain.append(UInt8(ascii: "\n"))
                room = prompt.count
                continue
            }
            if room > 0, scalar == " " {
                cells.append(Cell(scalar: prompt[prompt.count - room], place: layout.place(of: index), code: hasColor ? "90" : nil, isRoom: true))
                room -= 1
                continue
            }
            room = 0
            owners.append((cells.count, plain.count))
            cells.append(Cell(scalar: scalar, place: layout.place(of: index)))
            plain += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        guard hasColor else { return cells }
        var tokens = Lexer.tokens(of: SourceFile(id: 0, name: "", bytes: plain)).tokens[...]
        let command = plain.first == UInt8(ascii: ":") ? 1 + plain.dropFirst().prefix { $0 != UInt8(ascii: " ") }.count : 0
        for (cell, offset) in owners {
            while let token = tokens.first, Int(token.range.end) <= offset { tokens.removeFirst() }
            if offset < command {
                cells[cell].code = "35"
            } else if let token = tokens.first, Int(token.range.start) <= offset {
                cells[cell].code = Painter.code(token.kind.category)
            }
        }
        return cells
    }
}
