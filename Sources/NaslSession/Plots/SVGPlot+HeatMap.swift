extension SVGPlot {
    mutating func drawHeatMap(_ map: HeatMap) {
        let left = 24 + textWidth(String(max(0, map.rows - 1)))
        var area = area(left: left, right: 20 + 34 + max(textWidth(rounded(map.scale.lower)), textWidth(rounded(map.scale.upper))), legend: 0)
        // Square cells.
        let side = min(area.width / Double(map.columns), area.height / Double(map.rows))
        area.width = side * Double(map.columns)
        area.height = side * Double(map.rows)
        let shown = map.reduced(rows: 200, columns: 200)
        let (cellWidth, cellHeight) = (area.width / Double(shown.columns), area.height / Double(shown.rows))
        // One path for each of 64 colours keeps the file small.
        var paths = [String](repeating: "", count: 64)
        for row in 0..<shown.rows {
            for column in 0..<shown.columns where shown[row, column].isFinite {
                let level = Int((min(max(map.scale.fraction(shown[row, column]), 0), 1) * 63).rounded())
                paths[level] += "M\(px(area.left + Double(column) * cellWidth)) \(px(area.top + Double(row) * cellHeight))h\(px(cellWidth))v\(px(cellHeight))h-\(px(cellWidth))z"
            }
        }
        for (level, path) in paths.enumerated() where !path.isEmpty {
            body += "<path fill=\"\(HeatColor.at(Double(level) / 63).hex)\" shape-rendering=\"crispEdges\" d=\"\(path)\"/>\n"
        }
        body += "<rect x=\"\(px(area.left))\" y=\"\(px(area.top))\" width=\"\(px(area.width))\" height=\"\(px(area.height))\" fill=\"none\" stroke=\"#888\"/>\n"
        addIndices(map, area)
        addScale(map.scale, area)
    }

    private mutating func addIndices(_ map: HeatMap, _ area: Area) {
        for tick in Ticks.choose(Limits(-0.5, Double(map.columns) - 0.5), atMost: max(2, Int(area.width / 40)), isWhole: true) {
            addText(tick.label, at: area.x((tick.value + 0.5) / Double(map.columns)), area.bottom + 18, anchor: "middle")
        }
        for tick in Ticks.choose(Limits(-0.5, Double(map.rows) - 0.5), atMost: max(2, Int(area.height / 24)), isWhole: true) {
            addText(tick.label, at: area.left - 8, area.top + (tick.value + 0.5) / Double(map.rows) * area.height + 4, anchor: "end")
        }
    }

    /// The colours from bottom to top, with their numbers.
    private mutating func addScale(_ scale: Limits, _ area: Area) {
        let x = area.right + 16
        let step = area.height / 64
        for level in 0..<64 {
            let y = area.bottom - Double(level + 1) * step
            body += "<rect x=\"\(px(x))\" y=\"\(px(y))\" width=\"14\" height=\"\(px(step + 0.3))\" shape-rendering=\"crispEdges\" fill=\"\(HeatColor.at(Double(level) / 63).hex)\"/>\n"
        }
        addText(rounded(scale.upper), at: x + 20, area.top + 10)
        addText(rounded(scale.lower), at: x + 20, area.bottom)
    }
}
