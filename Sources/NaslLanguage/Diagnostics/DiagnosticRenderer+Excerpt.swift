import NaslExpr

/// The lines of one file that a diagnostic shows.
struct Excerpt {
    let file: SourceFile
    /// The first label in this file.
    let place: SourceRange
    /// Ascending.
    let lines: [MarkedLine]
}

extension DiagnosticRenderer {
    /// The labels sorted by file (that of the first label first) and line. A label over several lines marks its first and its last
    /// line, and speaks at the last.
    func excerpts(of diagnostic: Diagnostic) -> [Excerpt] {
        var order: [Int32] = []
        var places: [Int32: SourceRange] = [:]
        var marks: [Int32: [Int: [MarkedLine.Mark]]] = [:]
        for label in diagnostic.labels {
            guard let file = sources.file(of: label.range) else { continue }
            if places[file.id] == nil {
                order.append(file.id)
                places[file.id] = label.range
            }
            for (line, mark) in split(label.range, label.text, in: file) { marks[file.id, default: [:]][line, default: []].append(mark) }
        }
        return order.compactMap { id in
            guard let place = places[id], let file = sources.file(of: place) else { return nil }
            let lines = (marks[id] ?? [:]).sorted { $0.key < $1.key }.map { MarkedLine(number: $0.key, marks: $0.value) }
            return Excerpt(file: file, place: place, lines: lines)
        }
    }

    private func split(_ range: SourceRange, _ text: String, in file: SourceFile) -> [(line: Int, mark: MarkedLine.Mark)] {
        let start = min(max(0, Int(range.start)), file.bytes.count)
        let end = min(max(start, Int(range.end)), file.bytes.count)
        let first = file.line(at: start)
        // A range that ends with its line belongs to that line.
        let last = max(first, end > start ? file.line(at: end - 1) : first)
        let firstLine = file.byteRange(ofLine: first)
        let from = start - firstLine.lowerBound
        if first == last { return [(first, .init(start: from, end: max(from, min(end, firstLine.upperBound) - firstLine.lowerBound), text: text))] }
        let lastLine = file.byteRange(ofLine: last)
        let indent = file.bytes[lastLine].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let to = min(end, lastLine.upperBound) - lastLine.lowerBound
        return [
            (first, .init(start: from, end: firstLine.count, text: "")),
            (last, .init(start: min(indent, to), end: to, text: text)),
        ]
    }
}

/// A line of source and what is underlined in it.
struct MarkedLine {
    struct Mark {
        /// Byte offsets in the line.
        var start: Int
        var end: Int
        var text: String
    }

    let number: Int
    let marks: [Mark]

    /// The line and the lines below it: the underlining with the text of the rightmost label behind it, then the other texts, each
    /// hung below where its label begins.
    func drawn(in file: SourceFile, width: Int) -> (source: String, marks: [String]) {
        let line = ShownLine(file.bytes[file.byteRange(ofLine: number)])
        let spans = marks
            .map { mark -> (start: Int, end: Int, text: String) in
                let start = line.column(at: mark.start)
                return (start, max(start + 1, line.column(at: mark.end)), mark.text)
            }
            .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        let window = Window(showing: spans.first?.start ?? 0, spans.map(\.end).max() ?? 0, of: line.width, width)
        let shown = spans.map { (start: window.shift($0.start), end: max(window.shift($0.start) + 1, window.shift($0.end)), text: $0.text) }
        return (window.text(of: line), underlines(shown))
    }

    private func underlines(_ spans: [(start: Int, end: Int, text: String)]) -> [String] {
        var first = Canvas()
        for span in spans { first.fill(span.start, span.end, "^") }
        // The same text at several places is said once, at the last.
        var hanging: [(start: Int, text: String)] = []
        for (position, span) in spans.enumerated() where !span.text.isEmpty {
            if !spans[(position + 1)...].contains(where: { $0.text == span.text }) { hanging.append((span.start, span.text)) }
        }
        if let last = spans.last, let said = hanging.last, said.text == last.text, said.start == last.start, !last.text.isEmpty {
            first.write(" " + last.text, at: max(last.end, first.length))
            hanging.removeLast()
        }
        var result = [first.text]
        if !hanging.isEmpty { result.append(Canvas(bars: hanging.map(\.start)).text) }
        while let next = hanging.popLast() {
            var canvas = Canvas(bars: hanging.map(\.start))
            canvas.write(next.text, at: max(next.start, canvas.length))
            result.append(canvas.text)
        }
        return result
    }
}

/// The part of a long line that is shown.
struct Window {
    private let start: Int
    private let end: Int
    private let lineWidth: Int

    init(showing from: Int, _ to: Int, of lineWidth: Int, _ width: Int) {
        self.lineWidth = lineWidth
        if lineWidth <= width {
            start = 0
            end = lineWidth
            return
        }
        // As much before the marks as fits, so that they and what follows stay readable.
        let inner = width - 6
        let spare = max(0, inner - (to - from))
        start = max(0, min(from - spare / 2, lineWidth - inner))
        end = min(lineWidth, start + inner)
    }

    private var lead: Int { start > 0 ? 3 : 0 }

    func shift(_ column: Int) -> Int { min(max(column, start), end) - start + lead }

    func text(of line: ShownLine) -> String {
        (start > 0 ? "..." : "") + line.text(start, end) + (end < lineWidth ? "..." : "")
    }
}

/// One line of characters, written to at columns.
struct Canvas {
    private var cells: [Character] = []

    init(bars: [Int] = []) {
        for bar in bars { fill(bar, bar + 1, "|") }
    }

    var length: Int { cells.count }
    var text: String { String(cells) }

    mutating func fill(_ start: Int, _ end: Int, _ character: Character) {
        while cells.count < end { cells.append(" ") }
        for column in start..<end { cells[column] = character }
    }

    /// `column` must not be before the end of what is written.
    mutating func write(_ text: String, at column: Int) {
        while cells.count < column { cells.append(" ") }
        cells += Array(text)
    }
}
