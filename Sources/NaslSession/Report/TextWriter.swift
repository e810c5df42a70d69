import NaslLanguage

/// A ``Document`` as lines of a terminal, none wider than its style says.
struct TextWriter {
    private let style: OutputStyle

    init(_ style: OutputStyle) { self.style = style }

    func text(_ document: Document) -> String {
        var lines = wrapped(document.title.plain, indent: 0)
        for section in document.sections {
            lines += ["", heading(section.title)]
            for block in section.blocks { lines += self.lines(block) }
        }
        return lines.joined(separator: "\n")
    }

    private func heading(_ title: String) -> String {
        let shown = title.fitted(to: style.width, style)
        return style.hasColor ? "\u{1B}[1m\(shown)\u{1B}[0m" : shown
    }

    private func lines(_ block: Document.Block) -> [String] {
        switch block {
        case .paragraph(let prose): wrapped(prose.plain, indent: 2)
        case .list(let items): items.flatMap { wrapped("- " + $0.plain, indent: 2, hanging: 2) }
        case .table(let table): self.table(table) + (table.note.map { wrapped($0.plain, indent: 2) } ?? [])
        case .code(let text): text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + String($0).fitted(to: style.width - 2, style) }
        case .plot(let plot, _): TerminalPlot(plot, style).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        case .overview(let overview): TerminalOverview(overview, style).lines
        }
    }

    /// A text in lines at its words.
    private func wrapped(_ text: String, indent: Int, hanging: Int = 0) -> [String] {
        let space = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if !line.isEmpty, indent + line.shownWidth + 1 + String(word).shownWidth > style.width {
                lines.append(line)
                line = String(repeating: " ", count: hanging)
                line += word
            } else {
                line += (line.isEmpty ? "" : " ") + word
            }
        }
        return (lines + [line]).map { space + $0.fitted(to: style.width - indent, style) }
    }

    /// Columns as wide as they need; the last text column gives way where there is no room.
    private func table(_ table: Document.Table) -> [String] {
        let all = [table.columns.map(\.title)] + table.rows
        var widths = table.columns.indices.map { column in all.map { $0[column].shownWidth }.max() ?? 0 }
        let gaps = 2 + 2 * max(0, widths.count - 1)
        // The widest column of text is cut first, then the next.
        while widths.reduce(gaps, +) > style.width {
            let texts = table.columns.indices.filter { table.columns[$0].kind != .number && widths[$0] > 4 }
            guard let widest = texts.max(by: { (widths[$0], $0) < (widths[$1], $1) }) ?? table.columns.indices.filter({ widths[$0] > 2 }).max(by: { widths[$0] < widths[$1] }) else { break }
            let next = texts.filter { $0 != widest }.map { widths[$0] }.max() ?? 4
            widths[widest] = max(min(widths[widest] - 1, next), widths[widest] - (widths.reduce(gaps, +) - style.width))
        }
        return all.map { row in
            let cells = table.columns.indices.map { column in row[column].fitted(to: widths[column], style).padded(to: widths[column], atLeft: table.columns[column].kind == .number) }
            var line = ("  " + cells.joined(separator: "  "))[...]
            while line.last == " " { line = line.dropLast() }
            return String(line).fitted(to: style.width, style)
        }
    }
}
