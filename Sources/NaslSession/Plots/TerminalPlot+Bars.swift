extension TerminalPlot {
    /// A line for each bar: its name, the bar, its number.
    func bars(_ bars: [Bar], _ barStyle: BarStyle) -> [String] {
        let names = bars.map { $0.name.fitted(to: max(8, style.width * 2 / 5), style) }
        let nameWidth = names.map(\.shownWidth).max() ?? 0
        let indent = nameWidth + 3
        var texts = bars.map(numberText)
        var textWidth = 1 + (texts.map(\.shownWidth).max() ?? 0)
        if style.width - indent - textWidth < 8 {
            // Where a terminal is that narrow the bars come before their numbers.
            texts = bars.map { _ in "" }
            textWidth = 0
        }
        let columns = max(4, style.width - indent - textWidth)
        let limits = plot.x.limits
        func column(_ fraction: Double) -> Int? {
            (0...1).contains(fraction) ? Int((fraction * Double(columns - 1)).rounded()) : nil
        }
        var lines: [String] = []
        for (number, bar) in bars.enumerated() {
            var line = PaintedLine()
            line.add(" " + names[number].padded(to: nameWidth) + " " + signs.vertical)
            let cells = !bar.value.isFinite ? [] : barStyle == .fromZero ? filled(bar.value, limits, columns) : interval(bar, column)
            for cell in cells + Array(repeating: " ", count: max(0, columns - cells.count)) { line.add(cell, LineMark.colors[0]) }
            line.add(" " + texts[number])
            lines.append(line.text(style))
        }
        return lines + bottomAxis(plot.x, bottomTicks(plot.x, columns: columns, at: column), indent: indent, columns: columns)
    }

    /// A bar from zero; to the right in eighths of a column.
    private func filled(_ value: Double, _ limits: Limits, _ columns: Int) -> [String] {
        let zero = Int((min(max(limits.fraction(0), 0), 1) * Double(columns)).rounded())
        let end = min(max(limits.fraction(value), 0), 1) * Double(columns)
        let full = style.isUnicode ? "█" : "#"
        var cells = [String](repeating: " ", count: columns)
        if value >= 0 {
            let eighths = max(0, Int((end * 8).rounded()) - zero * 8)
            for column in zero..<min(columns, zero + eighths / 8) { cells[column] = full }
            let next = zero + eighths / 8
            if eighths % 8 > 0, next < columns {
                if style.isUnicode { cells[next] = TerminalPlot.eighths[eighths % 8] } else if eighths % 8 >= 4 { cells[next] = full }
            }
        } else {
            let start = min(zero, Int(end.rounded(.up)))
            for column in start..<zero { cells[column] = full }
            if start > 0, Double(start) - end >= 0.5 { cells[start - 1] = style.isUnicode ? "▐" : full }
        }
        return cells
    }

    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// A mark with its deviation to both sides.
    private func interval(_ bar: Bar, _ column: (Double) -> Int?) -> [String] {
        guard let middle = column(plot.x.limits.fraction(bar.value)) else { return [] }
        var low = middle, high = middle
        if let deviation = bar.deviation, deviation.isFinite {
            low = column(max(0, plot.x.limits.fraction(bar.value - deviation))) ?? middle
            high = column(min(1, plot.x.limits.fraction(bar.value + deviation))) ?? middle
        }
        let (left, line, right, mark) = style.isUnicode ? ("├", "─", "┤", "●") : ("|", "-", "|", "o")
        var cells = [String](repeating: " ", count: high + 1)
        for position in low...high { cells[position] = position == low ? left : position == high ? right : line }
        cells[middle] = mark
        return cells
    }

    private func numberText(_ bar: Bar) -> String {
        guard bar.value.isFinite else { return "-" }
        return rounded(bar.value) + (bar.deviation.map { " \(style.isUnicode ? "±" : "+-") \(rounded($0))" } ?? "")
    }
}
