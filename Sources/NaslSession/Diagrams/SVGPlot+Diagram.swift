extension SVGPlot {
    private static let column = 7.4, row = 15.0, margin = 14.0

    /// As large as its boxes need.
    static func size(of diagram: Diagram) -> (width: Int, height: Int) {
        let layout = DiagramLayout(diagram)
        return (Int(Double(layout.columns) * column + 2 * margin) + 1, Int(Double(layout.rows) * row + 2 * margin) + 1)
    }

    /// Boxes and arrows, in the middle of the picture and as large as it allows.
    mutating func drawDiagram(_ diagram: Diagram) {
        let layout = DiagramLayout(diagram)
        let size = SVGPlot.size(of: diagram)
        let top = plot.title == nil ? 0.0 : 30
        if let title = plot.title { addText(title, at: width / 2, 22, anchor: "middle", room: width - 20, extra: " font-size=\"15\" font-weight=\"bold\"") }
        let scale = min(width / Double(size.width), (height - top) / Double(size.height))
        let left = (width - scale * Double(size.width)) / 2
        func x(_ column: Int) -> Double { SVGPlot.margin + (Double(column) + 0.5) * SVGPlot.column }
        func y(_ row: Int) -> Double { SVGPlot.margin + (Double(row) + 0.5) * SVGPlot.row }
        body += "<g transform=\"translate(\(px(left)) \(px(top))) scale(\(fixed(scale, 4)))\" text-anchor=\"middle\">\n"
        for line in layout.lines {
            var path = ""
            for (number, point) in line.points.enumerated() {
                let isEnd = line.isArrow && number == line.points.count - 1
                path += "\(number == 0 ? "M" : "L")\(px(x(point.column))) \(px(y(point.row) - (isEnd ? 4 : 0)))"
            }
            body += "<path d=\"\(path)\" fill=\"none\" stroke=\"#777\" stroke-width=\"1.4\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n"
            if line.isArrow, let end = line.points.last { body += "<path d=\"M\(px(x(end.column))) \(px(y(end.row)))l-4 -7h8z\" fill=\"#777\"/>\n" }
        }
        for (box, place) in zip(diagram.boxes, layout.places) {
            let (fill, stroke) = switch box.role {
            case .input: ("#f4f4f4", "#888")
            case .operation: ("#e8f1f8", SVGPlot.colors[0])
            case .output: ("#fdf0e6", SVGPlot.colors[1])
            }
            let (left, upper) = (x(place.column), y(place.row))
            let (right, lower) = (x(place.column + place.width - 1), y(place.row + place.height - 1))
            body += "<rect x=\"\(px(left))\" y=\"\(px(upper))\" width=\"\(px(right - left))\" height=\"\(px(lower - upper))\" rx=\"6\" fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"1.4\"/>\n"
            for (number, line) in box.lines.enumerated() { addText(line, at: (left + right) / 2, y(place.row + 1 + number) + 4) }
        }
        body += "</g>\n"
    }
}
