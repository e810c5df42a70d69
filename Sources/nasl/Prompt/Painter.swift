import NaslExpr
import NaslLanguage

/// Colours an entry, and fills the room before its further lines with their prompt: written over what libedit has drawn, the cursor put back.
final class Painter {
    private let hasColor: Bool

    init(hasColor: Bool) { self.hasColor = hasColor }

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
    }

    /// `buffer` is what libedit shows, its cursor at `cursor`. Nothing is done where the block does not fit the screen.
    func paint(_ buffer: [Unicode.Scalar], cursor: Int) {
        let size = Terminal.size
        let layout = Layout(buffer, width: size.columns)
        guard !buffer.isEmpty, layout.isKnown, layout.rows < size.rows else { return }
        let cells = self.cells(buffer, layout)
        let home = layout.place(of: cursor)
        var row = home.row
        var output = ""
        func go(to place: Layout.Place) {
            if place.row < row { output += "\u{1B}[\(row - place.row)A" }
            if place.row > row { output += "\u{1B}[\(place.row - row)B" }
            output += "\r" + (place.column > 0 ? "\u{1B}[\(place.column)C" : "")
            row = place.row
        }
        var start = 0
        while start < cells.count {
            var end = start + 1
            while end < cells.count, cells[end].code == cells[start].code, cells[end].place.row == cells[start].place.row { end += 1 }
            go(to: cells[start].place)
            var run = String.UnicodeScalarView()
            run.append(contentsOf: cells[start..<end].map(\.scalar))
            output += cells[start].code.map { "\u{1B}[\($0)m\(String(run))\u{1B}[m" } ?? String(run)
            start = end
        }
        go(to: home)
        Terminal.send(output)
    }

    /// Each character that is drawn with its colour; without colours only the prompts of further lines.
    private func cells(_ buffer: [Unicode.Scalar], _ layout: Layout) -> [Cell] {
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
                cells.append(Cell(scalar: prompt[prompt.count - room], place: layout.place(of: index), code: hasColor ? "90" : nil))
                room -= 1
                continue
            }
            room = 0
            if hasColor {
                owners.append((cells.count, plain.count))
                cells.append(Cell(scalar: scalar, place: layout.place(of: index)))
            }
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
