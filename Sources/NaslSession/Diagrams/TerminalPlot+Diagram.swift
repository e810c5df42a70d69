extension TerminalPlot {
    /// Boxes and arrows of line characters. A line that crosses another goes over it.
    func diagram(_ diagram: Diagram) -> [String] {
        let layout = DiagramLayout(diagram)
        var canvas = LineCanvas(rows: layout.rows, columns: layout.columns)
        for line in layout.lines { canvas.draw(line) }
        for (box, place) in zip(diagram.boxes, layout.places) { canvas.draw(box, place, style) }
        for line in layout.lines where line.isArrow {
            if let end = line.points.last { canvas.put(style.isUnicode ? "▼" : "v", end.row - 1, end.column) }
        }
        let lines = canvas.lines(style)
        guard layout.columns > style.width else { return lines }
        return lines.map { $0.fitted(to: style.width, style) } + ["  cut at \(style.width) of \(layout.columns) columns; `width: \(min(500, layout.columns))` shows more, `to: \"net.svg\"` draws all of it"]
    }
}

/// Lines on a grid of characters; each cell knows in which directions lines leave it.
private struct LineCanvas {
    private struct Cell {
        var directions = 0
        var source = -1
        var character: Character?
    }

    private static let up = 1, down = 2, left = 4, right = 8
    private static let unicode: [Int: Character] = [
        1: "│", 2: "│", 3: "│", 4: "─", 8: "─", 12: "─", 5: "┘", 6: "┐", 9: "└", 10: "┌", 7: "┤", 11: "├", 13: "┴", 14: "┬", 15: "┼",
    ]

    private var cells: [[Cell]]

    init(rows: Int, columns: Int) { cells = [[Cell]](repeating: [Cell](repeating: Cell(), count: columns), count: rows) }

    mutating func put(_ character: Character, _ row: Int, _ column: Int) {
        guard cells.indices.contains(row), cells[row].indices.contains(column) else { return }
        cells[row][column].character = character
    }

    mutating func draw(_ line: DiagramLayout.Line) {
        for (from, to) in zip(line.points, line.points.dropFirst()) {
            let (rows, columns) = (to.row - from.row, to.column - from.column)
            for step in 0..<max(abs(rows), abs(columns)) {
                let here = (from.row + step * rows.signum(), from.column + step * columns.signum())
                mark(here.0, here.1, rows != 0 ? LineCanvas.down : columns > 0 ? LineCanvas.right : LineCanvas.left, line.source)
                mark(here.0 + rows.signum(), here.1 + columns.signum(), rows != 0 ? LineCanvas.up : columns > 0 ? LineCanvas.left : LineCanvas.right, line.source)
            }
        }
    }

    private mutating func mark(_ row: Int, _ column: Int, _ direction: Int, _ source: Int) {
        guard cells.indices.contains(row), cells[row].indices.contains(column) else { return }
        var cell = cells[row][column]
        if cell.source >= 0, cell.source != source {
            // Lines of different boxes only cross: what goes down stays whole.
            if direction == LineCanvas.up || direction == LineCanvas.down { cell = Cell(directions: LineCanvas.up | LineCanvas.down, source: source) }
        } else {
            cell.directions |= direction
            cell.source = source
        }
        cells[row][column] = cell
    }

    mutating func draw(_ box: Diagram.Box, _ place: DiagramLayout.Place, _ style: OutputStyle) {
        let (h, v, corners): (Character, Character, [Character]) = style.isUnicode ? ("─", "│", box.role == .operation ? ["┌", "┐", "└", "┘"] : ["╭", "╮", "╰", "╯"]) : ("-", "|", ["+", "+", "+", "+"])
        let right = place.column + place.width - 1
        for row in place.row...place.bottom {
            let isEdge = row == place.row || row == place.bottom
            for column in place.column...right { put(isEdge ? h : " ", row, column) }
            put(isEdge ? corners[row == place.row ? 0 : 2] : v, row, place.column)
            put(isEdge ? corners[row == place.row ? 1 : 3] : v, row, right)
        }
        for (number, line) in box.lines.enumerated() {
            let text = line.fitted(to: place.width - 4, style)
            var column = place.column + (place.width - text.shownWidth) / 2
            for character in text {
                put(character, place.row + 1 + number, column)
                column += 1
            }
        }
    }

    func lines(_ style: OutputStyle) -> [String] {
        cells.map { row in
            var text = ""
            for cell in row {
                let line: Character? = style.isUnicode ? LineCanvas.unicode[cell.directions] : cell.directions == 0 ? nil : cell.directions & 3 == cell.directions ? "|" : cell.directions & 12 == cell.directions ? "-" : "+"
                text.append(cell.character ?? line ?? " ")
            }
            while text.last == " " { text.removeLast() }
            return text
        }
    }
}
