extension TerminalPlot {
    /// A matrix as coloured half blocks, or as shades of characters where there is no colour, and its scale.
    func heatMap(_ map: HeatMap) -> [String] {
        let labelWidth = String(max(0, map.rows - 1)).count
        let indent = labelWidth + 2
        let isHalved = style.hasColor && style.isUnicode
        let (columns, rows) = (max(8, style.width - indent), canvasRows)
        // Squares where they fit: a character is about twice as high as it is wide.
        let pixelRows = isHalved ? 2 * rows : rows
        let wide = isHalved ? 1 : map.columns * 2 <= columns ? 2 : 1
        let scale = min(columns / (wide * map.columns), pixelRows / map.rows)
        let shown = scale >= 1 ? map : map.reduced(rows: min(map.rows, pixelRows), columns: min(map.columns, columns / wide))
        let (cellWidth, cellHeight) = (max(1, scale) * wide, max(1, scale))
        let (width, height) = (shown.columns * cellWidth, (shown.rows * cellHeight + (isHalved ? 1 : 0)) / (isHalved ? 2 : 1))

        var labels: [Int: String] = [:]
        let perRow = isHalved ? 2 : 1
        for tick in Ticks.choose(Limits(-0.5, Double(map.rows) - 0.5), atMost: max(2, height / 2), isWhole: true) {
            let middle = (tick.value + 0.5) / Double(map.rows) * Double(shown.rows * cellHeight)
            labels[min(height - 1, Int(middle) / perRow)] = tick.label
        }
        var lines: [String] = []
        if let label = plot.y.label { lines.append(label.fitted(to: style.width, style)) }
        for row in 0..<height {
            var line = PaintedLine()
            line.add((labels[row] ?? "").padded(to: labelWidth, atLeft: true) + " " + (labels[row] == nil ? signs.vertical : signs.verticalTick))
            for column in 0..<shown.columns {
                let cell: (text: String, code: String?)
                if isHalved {
                    let lower = 2 * row + 1 < shown.rows * cellHeight ? shown[(2 * row + 1) / cellHeight, column] : nil
                    cell = halves(shown[2 * row / cellHeight, column], lower, map.scale)
                } else {
                    cell = (shade(shown[row / cellHeight, column], map.scale), nil)
                }
                for _ in 0..<cellWidth { line.add(cell.text, cell.code) }
            }
            lines.append(line.text(style))
        }
        let axis = Axis(Limits(-0.5, Double(map.columns) - 0.5), label: plot.x.label, isWhole: true)
        let ticks = bottomTicks(axis, columns: width, each: 3) { fraction in
            (0...1).contains(fraction) ? min(width - 1, Int(fraction * Double(width))) : nil
        }
        return lines + bottomAxis(axis, ticks, indent: indent, columns: width) + [scaleLine(map.scale)]
    }

    /// An upper and a lower pixel in one character.
    private func halves(_ upper: Double, _ lower: Double?, _ scale: Limits) -> (text: String, code: String?) {
        let top = upper.isFinite ? HeatColor.at(scale.fraction(upper)).terminal : nil
        let bottom = lower.flatMap { $0.isFinite ? HeatColor.at(scale.fraction($0)).terminal : nil }
        switch (top, bottom) {
        case (nil, nil): return (" ", nil)
        case (let top?, nil): return ("▀", "38;5;\(top)")
        case (nil, let bottom?): return ("▄", "38;5;\(bottom)")
        case (let top?, let bottom?): return top == bottom ? ("█", "38;5;\(top)") : ("▀", "38;5;\(top);48;5;\(bottom)")
        }
    }

    private func shade(_ number: Double, _ scale: Limits) -> String {
        guard number.isFinite else { return "?" }
        let ramp = style.isUnicode ? TerminalPlot.blocks : TerminalPlot.characters
        return ramp[min(ramp.count - 1, max(0, Int(scale.fraction(number) * Double(ramp.count))))]
    }

    private static let blocks = [" ", "░", "▒", "▓", "█"]
    private static let characters = " .:-=+*#%@".map(String.init)

    /// The colours with the numbers at their ends.
    private func scaleLine(_ scale: Limits) -> String {
        var line = PaintedLine()
        let (low, high) = (rounded(scale.lower), rounded(scale.upper))
        line.add("  \(low) ")
        let steps = max(1, min(20, style.width - 4 - low.count - high.count))
        for step in 0..<steps {
            let fraction = (Double(step) + 0.5) / Double(steps)
            let number = scale.lower + (scale.upper - scale.lower) * fraction
            if style.hasColor && style.isUnicode {
                line.add("█", "38;5;\(HeatColor.at(fraction).terminal)")
            } else {
                line.add(shade(number.isFinite ? number : 0, scale))
            }
        }
        line.add(" \(high)")
        return line.text(style)
    }
}
