import NaslLanguage

extension SVGPlot {
    /// A text; its end is left out where `room` does not hold it.
    mutating func addText(_ text: String, at x: Double, _ y: Double, anchor: String? = nil, room: Double? = nil, extra: String = "") {
        let shown = room.map { fitted(text, $0) } ?? text
        let anchor = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
        body += "<text x=\"\(px(x))\" y=\"\(px(y))\"\(anchor)\(extra)>\(shown.xml)</text>\n"
    }

    mutating func addLine(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String, width: Double = 1) {
        let place = "x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\""
        body += "<line \(place) stroke=\"\(color)\"\(width == 1 ? "" : " stroke-width=\"\(px(width))\"")/>\n"
    }

    /// Grid lines and labels from left to right.
    mutating func addBottomAxis(_ axis: Axis, _ area: Area) {
        for tick in Ticks.choose(axis.limits, atMost: max(2, Int(area.width / 80)), isWhole: axis.isWhole) {
            let x = area.x(axis.limits.fraction(tick.value))
            addLine(x, area.top, x, area.bottom, tick.value == 0 ? "#bbb" : "#e8e8e8")
            addText(tick.label, at: x, area.bottom + 18, anchor: "middle")
        }
        addLine(area.left, area.bottom, area.right, area.bottom, "#888")
    }

    /// Grid lines and labels from bottom to top.
    mutating func addLeftAxis(_ ticks: [Tick], _ limits: Limits, _ area: Area) {
        for tick in ticks {
            let y = area.y(limits.fraction(tick.value))
            addLine(area.left, y, area.right, y, tick.value == 0 ? "#bbb" : "#e8e8e8")
            addText(tick.label, at: area.left - 8, y + 4, anchor: "end")
        }
        addLine(area.left, area.top, area.left, area.bottom, "#888")
    }

    /// About as wide as a browser sets it at 12 pixels.
    func textWidth(_ text: String) -> Double { Double(text.reduce(0) { $0 + displayWidth($1) }) * 6.5 }

    func fitted(_ text: String, _ room: Double) -> String {
        guard textWidth(text) > room else { return text }
        return text.prefix(max(1, Int(room / 6.5) - 1)) + "…"
    }
}

/// A length with two digits after the point at most.
func px(_ value: Double) -> String {
    let text = fixed(value, 2)
    guard text.contains(".") else { return text }
    var kept = text[...]
    while kept.last == "0" { kept = kept.dropLast() }
    if kept.last == "." { kept = kept.dropLast() }
    return String(kept)
}
