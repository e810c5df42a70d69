extension SVGPlot {
    mutating func drawCurves(_ series: [Series]) {
        let guess = Ticks.choose(plot.y.limits, atMost: max(2, Int(height / 50)), isWhole: plot.y.isWhole)
        let left = 22 + (guess.map { textWidth($0.label) }.max() ?? 0)
        let legend = legendRows(series)
        let area = area(left: left, right: 20, legend: legend.count)
        let ticks = Ticks.choose(plot.y.limits, atMost: max(2, Int(area.height / 45)), isWhole: plot.y.isWhole)
        addBottomAxis(plot.x, area)
        addLeftAxis(ticks, plot.y.limits, area)
        for (number, one) in series.enumerated().reversed() { drawBand(one, number, area) }
        // The first lies on top.
        for (number, one) in series.enumerated().reversed() { draw(one, number, area) }
        let first = area.bottom + (plot.x.label == nil ? 40 : 58)
        for (row, entries) in legend.enumerated() {
            for entry in entries { drawEntry(series[entry.number], entry.number, at: entry.x, first + Double(row) * SVGPlot.legendRow, room: width - entry.x - 44) }
        }
    }

    private mutating func draw(_ series: Series, _ number: Int, _ area: Area) {
        let color = SVGPlot.color(number)
        if series.style == .points {
            for place in series.points(plot.x.limits, plot.y.limits) { addDot(area.x(place.x), area.y(place.y), color, radius: 2, opacity: 0.55) }
            return
        }
        for stroke in series.strokes(plot.x.limits, plot.y.limits) {
            if stroke.count == 1 {
                addDot(area.x(stroke[0].x), area.y(stroke[0].y), color, radius: 2)
                continue
            }
            let places = stroke.map { "\(px(area.x($0.x))),\(px(area.y($0.y)))" }.joined(separator: " ")
            body += "<polyline points=\"\(places)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.8\" stroke-linejoin=\"round\"\(SVGPlot.dash(number))/>\n"
        }
    }

    /// From the low edge to the end and back along the high one, in each stretch that both have.
    private mutating func drawBand(_ series: Series, _ number: Int, _ area: Area) {
        guard let band = series.band else { return }
        let (low, high) = (band.low.series.strokes(plot.x.limits, plot.y.limits), band.high.series.strokes(plot.x.limits, plot.y.limits))
        for (one, other) in zip(low, high) where one.count > 1 && other.count > 1 {
            let places = (one + other.reversed()).map { "\(px(area.x($0.x))),\(px(area.y($0.y)))" }.joined(separator: " ")
            body += "<polygon points=\"\(places)\" fill=\"\(SVGPlot.color(number))\" fill-opacity=\"0.15\"/>\n"
        }
    }

    private mutating func addDot(_ x: Double, _ y: Double, _ color: String, radius: Double, opacity: Double = 1) {
        let opacity = opacity == 1 ? "" : " fill-opacity=\"\(px(opacity))\""
        body += "<circle cx=\"\(px(x))\" cy=\"\(px(y))\" r=\"\(px(radius))\" fill=\"\(color)\"\(opacity)/>\n"
    }

    /// Where the named series stand: as many in a row as have room.
    private func legendRows(_ series: [Series]) -> [[(number: Int, x: Double)]] {
        var rows: [[(number: Int, x: Double)]] = []
        var x = width
        for (number, one) in series.enumerated() where !one.name.isEmpty {
            let needed = 44 + textWidth(one.name) + 16
            if rows.isEmpty || x + needed > width - 14 {
                rows.append([])
                x = 14
            }
            rows[rows.count - 1].append((number, x))
            x += needed
        }
        return rows
    }

    private mutating func drawEntry(_ series: Series, _ number: Int, at x: Double, _ y: Double, room: Double) {
        if series.style == .points {
            addDot(x + 13, y - 4, SVGPlot.color(number), radius: 2.5)
        } else {
            body += "<line x1=\"\(px(x))\" y1=\"\(px(y - 4))\" x2=\"\(px(x + 26))\" y2=\"\(px(y - 4))\" stroke=\"\(SVGPlot.color(number))\" stroke-width=\"2\"\(SVGPlot.dash(number))/>\n"
        }
        addText(series.name, at: x + 34, y, room: room)
    }
}
