/// A ``Document`` as one page of HTML: pictures inside, no script, nothing asked from outside, readable on a phone and on paper.
struct HTMLWriter {
    func text(_ document: Document) -> String {
        var body = "<h1>\(inline(document.title))</h1>\n"
        for (number, section) in document.sections.enumerated() {
            body += "<section aria-labelledby=\"s\(number + 1)\">\n<h2 id=\"s\(number + 1)\">\(section.title.html)</h2>\n"
            for block in section.blocks { body += self.block(block) }
            body += "</section>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(document.title.plain.html)</title>
            <style>
            \(HTMLWriter.style)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
    }

    private func block(_ block: Document.Block) -> String {
        switch block {
        case .paragraph(let prose): "<p>\(inline(prose))</p>\n"
        case .list(let items): "<ul>\n\(items.map { "<li>\(inline($0))</li>\n" }.joined())</ul>\n"
        case .code(let text): "<pre><code>\(text.html)</code></pre>\n"
        case .table(let table): self.table(table)
        case .plot(let plot, let caption): figure(SVGPlot(plot, width: HTMLWriter.pictureWidth, height: height(plot)).text, caption)
        case .overview(let overview): figure(SVGOverview(overview, width: HTMLWriter.pictureWidth).text, Overview.caption)
        }
    }

    private func figure(_ picture: String, _ caption: Prose) -> String { "<figure>\n\(picture)<figcaption>\(inline(caption))</figcaption>\n</figure>\n" }

    /// Narrow enough that its texts can be read on a phone.
    private static let pictureWidth = 420

    private func height(_ plot: Plot) -> Int { if case .bars = plot.content { SVGPlot.height(for: plot.content) } else { 340 } }

    private func table(_ table: Document.Table) -> String {
        func cells(_ row: [String], _ tag: String) -> String {
            zip(row, table.columns).map { text, column in
                let name = switch column.kind {
                case .number: " class=\"n\""
                case .text: ""
                case .code: tag == "td" ? " class=\"c\"" : ""
                }
                let scope = tag == "th" ? " scope=\"col\"" : ""
                return "<\(tag)\(scope)\(name)>\(column.kind == .code && tag == "td" && !text.isEmpty ? "<code>\(text.html)</code>" : text.html)</\(tag)>"
            }.joined()
        }
        let rows = table.rows.map { "<tr>\(cells($0, "td"))</tr>\n" }.joined()
        let note = table.note.map { "<p class=\"note\">\(inline($0))</p>\n" } ?? ""
        return "<div class=\"t\">\n<table>\n<thead>\n<tr>\(cells(table.columns.map(\.title), "th"))</tr>\n</thead>\n<tbody>\n\(rows)</tbody>\n</table>\n</div>\n\(note)"
    }

    private func inline(_ prose: Prose) -> String {
        prose.parts.map { part in
            switch part {
            case .text(let text): text.html
            case .code(let text): "<code>\(text.html)</code>"
            }
        }.joined()
    }

    private static let style = """
        :root { color-scheme: light; }
        body { margin: 0; background: #fff; color: #222; font: 16px/1.5 Georgia, "Times New Roman", "DejaVu Serif", serif; }
        main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #ccc; }
        code, pre { font: .875em/1.4 "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        code { overflow-wrap: anywhere; }
        pre { background: #f6f6f4; padding: .75rem; overflow-x: auto; }
        pre code { font-size: 1em; overflow-wrap: normal; }
        .t { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .875rem; margin: .5rem 0; }
        th, td { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #eee; }
        th { border-bottom: 1px solid #888; font-weight: 600; }
        .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        td.c { min-width: 7rem; }
        .note { font-size: .875rem; color: #555; margin-top: .25rem; }
        figure { margin: 1rem 0; }
        figcaption { font-size: .875rem; color: #555; }
        svg { display: block; width: 100%; max-width: 36rem; height: auto; }
        @media print { body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } .t, pre { overflow: visible; } pre { white-space: pre-wrap; } }
        """
}
