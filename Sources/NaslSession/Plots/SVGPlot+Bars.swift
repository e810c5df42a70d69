extension SVGPlot {
    mutating func drawBars(_ bars: [Bar], _ style: BarStyle) {
        let names = min(width * 0.42, bars.map { textWidth($0.name) }.max() ?? 0)
        let texts = bars.map { bar in
            bar.value.isFinite ? rounded(bar.value) + (bar.deviation.map { " ± \(rounded($0))" } ?? "") : "-"
        }
        let area = area(left: names + 22, right: 20 + (texts.map(textWidth).max() ?? 0), legend: 0)
        addBottomAxis(plot.x, area)
        let step = area.height / Double(max(1, bars.count))
        let thickness = min(26, step * 0.7)
        let color = SVGPlot.colors[0]
        func x(_ number: Double) -> Double { area.x(min(max(plot.x.limits.fraction(number), 0), 1)) }
        for (number, bar) in bars.enumerated() {
            let middle = area.top + (Double(number) + 0.5) * step
            addText(bar.name, at: area.left - 10, middle + 4, anchor: "end", room: names)
            addText(texts[number], at: area.right + 10, middle + 4)
            guard bar.value.isFinite else { continue }
            if style == .fromZero {
                let (from, to) = (x(min(0, bar.value)), x(max(0, bar.value)))
                body += "<rect x=\"\(px(from))\" y=\"\(px(middle - thickness / 2))\" width=\"\(px(to - from))\" height=\"\(px(thickness))\" fill=\"\(color)\"/>\n"
            }
            if let deviation = bar.deviation, deviation.isFinite, deviation > 0 {
                let ink = style == .fromZero ? "#333" : color
                let (from, to) = (x(bar.value - deviation), x(bar.value + deviation))
                addLine(from, middle, to, middle, ink, width: 1.6)
                for end in [from, to] { addLine(end, middle - 5, end, middle + 5, ink, width: 1.6) }
            }
            if style == .interval { body += "<circle cx=\"\(px(x(bar.value)))\" cy=\"\(px(middle))\" r=\"4.5\" fill=\"\(color)\"/>\n" }
        }
        if style == .fromZero { addLine(x(0), area.top, x(0), area.bottom, "#888") }
    }
}
