extension TerminalPlot {
    /// Series over a pair of axes, and the legend.
    func curves(_ series: [Series]) -> [String] {
        let rows = canvasRows
        let ticks = Ticks.choose(plot.y.limits, atMost: max(2, rows / 3 + 1), isWhole: plot.y.isWhole)
        let labelWidth = ticks.map(\.label.count).max() ?? 0
        let indent = labelWidth + 2
        let columns = max(8, style.width - indent)
        var grid = DotGrid(columns: columns, rows: rows, isBraille: style.isUnicode)
        for (number, one) in series.enumerated() {
            if one.style == .points {
                for place in one.points(plot.x.limits, plot.y.limits) { grid.mark(place, series: number) }
            } else {
                let dash = style.isUnicode ? LineMark.dash(number, hasColor: style.hasColor) : [true]
                for stroke in one.strokes(plot.x.limits, plot.y.limits) { grid.stroke(stroke, series: number, dash: dash) }
                // A band is its two edges, thinly dotted.
                for edge in one.band.map({ [$0.low.series, $0.high.series] }) ?? [] where style.isUnicode {
                    for stroke in edge.strokes(plot.x.limits, plot.y.limits) { grid.stroke(stroke, series: number, dash: [true, false, false, false]) }
                }
            }
        }
        var labels: [Int: String] = [:]
        for tick in ticks { if let row = grid.row(at: plot.y.limits.fraction(tick.value)) { labels[row] = tick.label } }
        let zeroRow = isWithin(plot.y.limits) ? grid.row(at: plot.y.limits.fraction(0)) : nil
        let zeroColumn = isWithin(plot.x.limits) ? grid.column(at: plot.x.limits.fraction(0)) : nil
        var lines: [String] = []
        if let label = plot.y.label { lines.append(label.fitted(to: style.width, style).padded(to: indent, atLeft: true)) }
        for row in 0..<rows {
            var line = PaintedLine()
            line.add((labels[row] ?? "").padded(to: labelWidth, atLeft: true))
            line.add(" " + (labels[row] == nil ? signs.vertical : signs.verticalTick))
            for column in 0..<columns {
                if let cell = grid.cell(column, row) {
                    line.add(String(cell.character), LineMark.colors[cell.series % LineMark.colors.count])
                } else if row == zeroRow {
                    line.add(signs.zeroRow, TerminalPlot.faint)
                } else {
                    line.add(column == zeroColumn ? signs.zeroColumn : " ", TerminalPlot.faint)
                }
            }
            lines.append(line.text(style))
        }
        lines += bottomAxis(plot.x, bottomTicks(plot.x, columns: columns, at: grid.column(at:)), indent: indent, columns: columns)
        return lines + legend(series)
    }

    static let faint = "2"

    /// Zero gets a faint line where it lies within the picture.
    private func isWithin(_ limits: Limits) -> Bool { limits.lower < 0 && limits.upper > 0 }

    /// In one line where there is room, else a line for each.
    private func legend(_ series: [Series]) -> [String] {
        let entries = series.enumerated().filter { !$1.name.isEmpty }.map { number, one -> (line: PaintedLine, width: Int) in
            var line = PaintedLine()
            line.add("  ")
            line.add(LineMark.sample(number, one.style, style), LineMark.colors[number % LineMark.colors.count])
            let name = one.name.fitted(to: style.width - 6, style)
            line.add(" " + name)
            return (line, 6 + name.shownWidth)
        }
        let texts = entries.map { $0.line.text(style) }
        let whole = entries.reduce(0) { $0 + $1.width }
        return texts.count > 1 && whole + texts.count - 1 <= style.width ? [texts.joined(separator: " ")] : texts
    }
}
