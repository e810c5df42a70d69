/// An ``Overview`` as one SVG picture, in the manner of ``SVGPlot``.
struct SVGOverview {
    private let overview: Overview
    private let width: Double
    private var body = ""
    private var height = 0.0

    private static let line = 17.0
    /// About as wide as a browser sets a character at 13 pixels.
    private static let character = 7.0

    init(_ overview: Overview, width: Int = 560) {
        self.overview = overview
        self.width = Double(width)
    }

    /// The file's text.
    var text: String {
        var writer = self
        writer.draw()
        let size = "width=\"\(px(width))\" height=\"\(px(writer.height))\" viewBox=\"0 0 \(px(width)) \(px(writer.height))\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="13" fill="#333">
            <title>\("\(overview.sampled); \(overview.learned)".xml)</title>
            <rect width="\(px(width))" height="\(px(writer.height))" fill="#fff"/>
            \(writer.body)</svg>

            """
    }

    private mutating func draw() {
        let step = SVGOverview.line
        let gap = 30.0, side = 8.0
        let outer = (width - gap - 2 * side) / 2
        func fitted(_ text: String, _ room: Double) -> [String] { Overview.wrapped(text, to: max(4, Int(room / SVGOverview.character))) }
        let above = fitted(overview.sampled, width - 2 * side), below = fitted(overview.learned, width - 2 * side)
        let boxes = [overview.controller, overview.child].map { lines in lines.enumerated().flatMap { number, line in fitted(line, outer - 20).map { (text: $0, isTitle: number == 0) } } }
        let inner = Double(boxes.map(\.count).max() ?? 0) * step + 20
        var y = 20.0
        for text in above {
            addText(text, width / 2, y, "middle")
            y += step
        }
        let top = y - 4
        let (left, right) = (side + outer / 2, width - side - outer / 2)
        let boxTop = top + 34, boxBottom = boxTop + inner
        arrow(from: left, boxTop, over: top + 4, to: right, boxTop - 2)
        for (number, box) in boxes.enumerated() {
            let x = side + Double(number) * (outer + gap)
            body += "<rect x=\"\(px(x))\" y=\"\(px(boxTop))\" width=\"\(px(outer))\" height=\"\(px(inner))\" rx=\"8\" fill=\"\(number == 0 ? "#e8f1f8" : "#fdf0e6")\" stroke=\"\(SVGPlot.colors[number])\" stroke-width=\"1.6\"/>\n"
            for (row, line) in box.enumerated() { addText(line.text, x + outer / 2, boxTop + 20 + Double(row) * step, "middle", isBold: line.isTitle) }
        }
        let bottom = boxBottom + 34
        arrow(from: right, boxBottom, over: bottom - 4, to: left, boxBottom + 2)
        y = bottom + 14
        for text in below {
            addText(text, width / 2, y, "middle")
            y += step
        }
        height = y - step + 12
    }

    /// Up or down from one box, across, and into the other.
    private mutating func arrow(from x1: Double, _ y1: Double, over y: Double, to x2: Double, _ y2: Double) {
        let head = y < y2 ? -7.0 : 7.0
        body += "<path d=\"M\(px(x1)) \(px(y1))V\(px(y))H\(px(x2))V\(px(y2 + head / 2))\" fill=\"none\" stroke=\"#555\" stroke-width=\"1.6\" stroke-linejoin=\"round\"/>\n"
        body += "<path d=\"M\(px(x2)) \(px(y2))l-4.5 \(px(head))h9z\" fill=\"#555\"/>\n"
    }

    private mutating func addText(_ text: String, _ x: Double, _ y: Double, _ anchor: String, isBold: Bool = false) {
        body += "<text x=\"\(px(x))\" y=\"\(px(y))\" text-anchor=\"\(anchor)\"\(isBold ? " font-weight=\"bold\"" : "")>\(text.xml)</text>\n"
    }
}
