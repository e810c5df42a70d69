/// A ``Document`` as Markdown (CommonMark with tables); pictures are drawn in characters, so that it is one file.
struct MarkdownWriter {
    func text(_ document: Document) -> String {
        var parts = ["# \(inline(document.title))"]
        for section in document.sections {
            parts.append("## \(escaped(section.title))")
            parts += section.blocks.map(block)
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func block(_ block: Document.Block) -> String {
        switch block {
        case .paragraph(let prose): inline(prose)
        case .list(let items): items.map { "- \(inline($0))" }.joined(separator: "\n")
        case .code(let text): fenced(text)
        case .table(let table): self.table(table) + (table.note.map { "\n\n\(inline($0))" } ?? "")
        case .plot(let plot, let caption): fenced(TerminalPlot(plot, OutputStyle()).text) + "\n\n" + inline(caption)
        case .overview(let overview): fenced(TerminalOverview(overview, OutputStyle()).lines.joined(separator: "\n")) + "\n\n" + inline(Overview.caption)
        }
    }

    /// A fence that is longer than any inside.
    private func fenced(_ text: String) -> String {
        let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
        return "\(fence)\n\(text.trimmingLines)\n\(fence)"
    }

    private func table(_ table: Document.Table) -> String {
        func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
        let rules = table.columns.map { $0.kind == .number ? "---:" : "---" }
        let rows = table.rows.map { row in
            line(zip(row, table.columns).map { $1.kind == .code ? code($0).replacing("|", with: "\\|") : escaped($0) })
        }
        return ([line(table.columns.map { escaped($0.title) }), line(rules)] + rows).joined(separator: "\n")
    }

    private func inline(_ prose: Prose) -> String {
        prose.parts.map { part in
            switch part {
            case .text(let text): escaped(text)
            case .code(let text): code(text)
            }
        }.joined()
    }

    /// A code span; its fence is longer than any run of backticks inside (CommonMark 0.31, section 6.1).
    private func code(_ text: String) -> String {
        let text = text.oneLine
        guard !text.isEmpty else { return "" }
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return fence + pad + text + pad + fence
    }

    private func longestRun(of character: Character, in text: String) -> Int {
        var (longest, current) = (0, 0)
        for one in text {
            current = one == character ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }

    /// Text in which nothing is a mark.
    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text.oneLine {
            switch character {
            case "\\", "`", "*", "_", "[", "]", "#", "|", "~": result += "\\\(character)"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
        return result
    }
}

extension String {
    /// Without line breaks and other control characters.
    var oneLine: String { String(map { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : $0 }) }

    /// Without empty lines at its end.
    var trimmingLines: String {
        var text = self[...]
        while text.last?.isNewline == true { text = text.dropLast() }
        return String(text)
    }
}
