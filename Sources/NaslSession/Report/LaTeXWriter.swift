/// A ``Document`` as the skeleton of a paper in LaTeX: pictures with TikZ and pgfplots, tables with booktabs. It compiles with pdfLaTeX.
struct LaTeXWriter {
    func text(_ document: Document) -> String {
        var body = ""
        for section in document.sections {
            body += "\n\\section{\(escaped(section.title))}\n\n"
            for block in section.blocks { body += self.block(block) + "\n\n" }
        }
        return """
            \\documentclass[11pt]{article}
            \\usepackage[T1]{fontenc}
            \\usepackage[utf8]{inputenc}
            \\usepackage[a4paper,margin=2.5cm]{geometry}
            \\usepackage{array,booktabs,textcomp,tikz,pgfplots}
            \\pgfplotsset{compat=1.16}
            \\title{\(inline(document.title))}
            \\author{}
            \\date{}
            \\begin{document}
            \\sloppy
            \\maketitle
            \(body)\\end{document}

            """
    }

    private func block(_ block: Document.Block) -> String {
        switch block {
        case .paragraph(let prose): inline(prose)
        case .list(let items): "\\begin{itemize}\n\(items.map { "\\item \(inline($0))\n" }.joined())\\end{itemize}"
        // Lines of a listing as lines of text, since verbatim could be ended by what stands in it.
        case .code(let text):
            "{\\footnotesize\\raggedright\\ttfamily\n\(text.trimmingLines.split(separator: "\n", omittingEmptySubsequences: false).map { "\\mbox{}\(listing(String($0)))\\\\\n" }.joined())}"
        case .table(let table): self.table(table)
        case .plot(let plot, let caption): figure(PGFPlot(plot).text, caption)
        case .overview(let overview): figure(self.overview(overview), Overview.caption)
        }
    }

    private func figure(_ picture: String, _ caption: Prose) -> String {
        "\\begin{figure}[htbp]\n\\centering\n\(picture)\n\\caption{\(inline(caption))}\n\\end{figure}"
    }

    private func table(_ table: Document.Table) -> String {
        let texts = table.columns.count { $0.kind != .number }
        // Text columns share what numbers leave of the line.
        let room = max(0.15, (0.98 - 0.1 * Double(table.columns.count - texts)) / Double(max(1, texts)))
        let layout = table.columns.map { $0.kind == .number ? "r" : ">{\\raggedright\\arraybackslash}p{\(px(room))\\linewidth}" }.joined(separator: " ")
        func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\\n" }
        let rows = table.rows.map { row in line(zip(row, table.columns).map { $1.kind == .code ? code($0) : escaped($0) }) }.joined()
        let note = table.note.map { "\\par\\smallskip\n\\begin{minipage}{\\linewidth}\\small \(inline($0))\\end{minipage}\n" } ?? ""
        return "\\begin{table}[htbp]\n\\centering\\small\n\\setlength{\\tabcolsep}{4pt}\n\\begin{tabular}{\(layout)}\n\\toprule\n\(line(table.columns.map { escaped($0.title) }))\\midrule\n\(rows)\\bottomrule\n\\end{tabular}\n\(note)\\end{table}"
    }

    private func overview(_ overview: Overview) -> String {
        func box(_ lines: [String]) -> String {
            lines.enumerated().map { $0.offset == 0 ? "\\textbf{\(escaped($0.element))}" : escaped($0.element) }.joined(separator: "\\\\ ")
        }
        return """
            \\begin{tikzpicture}[>=stealth, every node/.style={font=\\small},
              box/.style={draw, rounded corners, align=center, text width=5.2cm, minimum height=1.8cm, inner sep=6pt}]
            \\node[box] (controller) at (0,0) {\(box(overview.controller))};
            \\node[box] (child) at (7.6,0) {\(box(overview.child))};
            \\draw[->, thick] (controller.north) -- ++(0,0.7) -| node[above, pos=0.25, align=center, text width=9cm] {\(escaped(overview.sampled))} (child.north);
            \\draw[->, thick] (child.south) -- ++(0,-0.7) -| node[below, pos=0.25, align=center, text width=9cm] {\(escaped(overview.learned))} (controller.south);
            \\end{tikzpicture}
            """
    }

    private func inline(_ prose: Prose) -> String {
        prose.parts.map { part in
            switch part {
            case .text(let text): escaped(text)
            case .code(let text): code(text)
            }
        }.joined()
    }

    private func code(_ text: String) -> String { text.isEmpty ? "" : "\\texttt{\(escaped(text, breaking: true))}" }

    /// With the spaces at the beginning of the line.
    private func listing(_ line: String) -> String {
        let spaces = line.prefix { $0 == " " }.count
        return String(repeating: "~", count: spaces) + escaped(String(line.dropFirst(spaces)))
    }

    /// Text in which nothing is a command; what pdfLaTeX's fonts lack becomes a question mark.
    private func escaped(_ text: String, breaking: Bool = false) -> String { LaTeXWriter.escaped(text, breaking: breaking) }

    /// - Parameter breaking: whether lines may end behind operators, too.
    static func escaped(_ text: String, breaking: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\textbackslash{}"
            case "{", "}", "$", "&", "#", "%": result += "\\\(scalar)"
            case "_": result += breaking ? "\\_\\allowbreak{}" : "\\_"
            case "^": result += "\\textasciicircum{}"
            case "~": result += "\\textasciitilde{}"
            case "<": result += "\\textless{}"
            case ">": result += "\\textgreater{}"
            case "|": result += "\\textbar{}"
            case "\"": result += "\\textquotedbl{}"
            case "`": result += "\\textasciigrave{}"
            case "'": result += "\\textquotesingle{}"
            case "-": result += "-{}"
            case "(", ",", ".": result += breaking ? "\(scalar)\\allowbreak{}" : "\(scalar)"
            case "\u{B1}": result += "\\textpm{}"
            default: result += scalar.value < 0x20 ? " " : (0x20..<0x7F).contains(scalar.value) || (0xC0...0xFF).contains(scalar.value) ? "\(scalar)" : "?"
            }
        }
        return result
    }
}
