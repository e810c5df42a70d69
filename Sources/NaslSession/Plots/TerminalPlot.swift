/// A plot as lines of characters: braille and ANSI colours, or plain ASCII, as ``OutputStyle`` says.
package struct TerminalPlot {
    let plot: Plot
    let style: OutputStyle

    package init(_ plot: Plot, _ style: OutputStyle) {
        self.plot = plot
        self.style = style
    }

    /// The drawing, without a newline at its end.
    package var text: String {
        var lines: [String] = []
        if let title = plot.title { lines.append(centered(title, in: style.width)) }
        switch plot.content {
        case .curves(let series): lines += curves(series)
        case .bars(let bars, let barStyle): lines += self.bars(bars, barStyle)
        case .heatMap(let map): lines += heatMap(map)
        case .diagram(let diagram): lines += self.diagram(diagram)
        }
        for note in plot.notes { lines += wrapped(note) }
        return lines.joined(separator: "\n")
    }

    /// Lines for the picture itself, without axis and tick labels.
    var canvasRows: Int { max(3, style.height - 2) }

    func centered(_ text: String, in width: Int, after indent: Int = 0) -> String {
        let shown = text.fitted(to: width - indent, style)
        return String(repeating: " ", count: indent + (width - indent - shown.shownWidth) / 2) + shown
    }

    /// A sentence in lines of the drawing's width.
    private func wrapped(_ note: String) -> [String] {
        var lines: [String] = []
        var line = " "
        for word in note.split(separator: " ") {
            if line.shownWidth + 1 + String(word).shownWidth > style.width, line != " " {
                lines.append(line.fitted(to: style.width, style))
                line = " "
            }
            line += " " + word
        }
        return lines + [line.fitted(to: style.width, style)]
    }

    /// The signs of which axes are made.
    var signs: (vertical: String, verticalTick: String, corner: String, horizontal: String, horizontalTick: String, zeroRow: String, zeroColumn: String) {
        style.isUnicode ? ("│", "┤", "└", "─", "┬", "┈", "┊") : ("|", "+", "+", "-", "+", ".", ".")
    }

    /// As many ticks along the bottom as have room for their labels, with the column of each.
    func bottomTicks(_ axis: Axis, columns: Int, each room: Int = 6, at column: (Double) -> Int?) -> [(column: Int, label: String)] {
        var count = max(2, columns / room)
        while true {
            let ticks = Ticks.choose(axis.limits, atMost: count, isWhole: axis.isWhole)
                .compactMap { tick in column(axis.limits.fraction(tick.value)).map { (column: $0, label: tick.label) } }
            let gap = 2 + (ticks.map(\.label.count).max() ?? 0)
            if count <= 2 || zip(ticks, ticks.dropFirst()).allSatisfy({ $1.column - $0.column >= gap }) { return ticks }
            count -= 1
        }
    }

    /// The line below a picture that begins at column `indent`, its tick labels, and the axis' name.
    func bottomAxis(_ axis: Axis, _ ticks: [(column: Int, label: String)], indent: Int, columns: Int) -> [String] {
        var marks = [String](repeating: signs.horizontal, count: columns)
        for tick in ticks { marks[tick.column] = signs.horizontalTick }
        var labels = ""
        for tick in ticks {
            let start = min(max(indent + tick.column - (tick.label.count - 1) / 2, 0), style.width - tick.label.count)
            if start < labels.count + (labels.isEmpty ? 0 : 1) { continue }
            labels = labels.padded(to: start) + tick.label
        }
        var lines = [String(repeating: " ", count: indent - 1) + signs.corner + marks.joined(), labels]
        if let label = axis.label { lines.append(centered(label, in: indent + columns, after: indent)) }
        return lines
    }
}
