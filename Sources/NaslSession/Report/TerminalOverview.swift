/// An ``Overview`` as lines of characters, between two boxes an arrow there and one back.
struct TerminalOverview {
    let overview: Overview
    let style: OutputStyle

    init(_ overview: Overview, _ style: OutputStyle) {
        self.overview = overview
        self.style = style
    }

    var lines: [String] {
        let width = min(style.width, 76)
        let (h, v, corners, heads) = style.isUnicode ? ("─", "│", ["┌", "┐", "└", "┘"], ["▼", "▲"]) : ("-", "|", ["+", "+", "+", "+"], ["v", "^"])
        let gap = 4
        let outer = max(8, (width - gap) / 2)
        let boxes = [overview.controller, overview.child].map { $0.flatMap { Overview.wrapped($0.fitted(to: .max, style), to: outer - 4) } }
        let height = boxes.map(\.count).max() ?? 0
        let (left, right) = (outer / 2, outer + gap + outer / 2)
        func arrow(_ first: String, _ last: String) -> String {
            String(repeating: " ", count: left) + first + String(repeating: h, count: right - left - 1) + last
        }
        /// The line at the boxes' top or bottom, with what stands in the middle of each.
        func edge(_ start: String, _ end: String, _ marks: [String]) -> String {
            marks.map { mark in
                start + String(repeating: h, count: outer / 2 - 1) + mark + String(repeating: h, count: outer - outer / 2 - 2) + end
            }.joined(separator: String(repeating: " ", count: gap))
        }
        var lines = centered(overview.sampled, width)
        lines.append(arrow(corners[0], corners[1]))
        lines.append(String(repeating: " ", count: left) + v + String(repeating: " ", count: right - left - 1) + heads[0])
        lines.append(edge(corners[0], corners[1], [style.isUnicode ? "┴" : "+", h]))
        for row in 0..<height {
            lines.append(boxes.map { box in "\(v) \((row < box.count ? box[row] : "").padded(to: outer - 4)) \(v)" }.joined(separator: String(repeating: " ", count: gap)))
        }
        lines.append(edge(corners[2], corners[3], [h, style.isUnicode ? "┬" : "+"]))
        lines.append(String(repeating: " ", count: left) + heads[1] + String(repeating: " ", count: right - left - 1) + v)
        lines.append(arrow(corners[2], corners[3]))
        return lines + centered(overview.learned, width)
    }

    private func centered(_ text: String, _ width: Int) -> [String] {
        Overview.wrapped(text.fitted(to: .max, style), to: width).map { String(repeating: " ", count: max(0, (width - $0.shownWidth) / 2)) + $0 }
    }
}
