/// A plot as one SVG picture: no scripts, no references, light paper, lines that stay apart in print.
package struct SVGPlot {
    let plot: Plot
    let width: Double
    let height: Double
    var body = ""

    /// - Parameters:
    ///   - width: in pixels; 720 is a column of a page.
    ///   - height: in pixels, title and legend included.
    ///     Where none is given it suits the content.
    package init(_ plot: Plot, width: Int = 720, height: Int? = nil) {
        self.plot = plot
        self.width = Double(width)
        self.height = Double(height ?? SVGPlot.height(for: plot.content, width: width))
    }

    /// A diagram is as wide as its boxes need, everything else as a column of a page.
    package static func width(for content: Plot.Content) -> Int {
        if case .diagram(let diagram) = content { min(4000, max(200, size(of: diagram).width)) } else { 720 }
    }

    /// Bars want a line each, a diagram keeps its shape; everything else looks best a little wider than high.
    package static func height(for content: Plot.Content, width: Int = 720) -> Int {
        switch content {
        case .bars(let bars, _): return min(4000, 90 + 34 * bars.count)
        case .diagram(let diagram):
            let size = size(of: diagram)
            return min(4000, size.height * min(width, size.width) / max(1, size.width))
        default: return 440
        }
    }

    /// The file's text.
    package var text: String {
        var writer = self
        switch plot.content {
        case .curves(let series): writer.drawCurves(series)
        case .bars(let bars, let style): writer.drawBars(bars, style)
        case .heatMap(let map): writer.drawHeatMap(map)
        case .diagram(let diagram): writer.drawDiagram(diagram)
        }
        let name = (plot.title ?? SVGPlot.name(of: plot.content)).xml
        let size = "width=\"\(px(width))\" height=\"\(px(height))\" viewBox=\"0 0 \(px(width)) \(px(height))\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="12" fill="#333">
            <title>\(name)</title>
            <rect width="\(px(width))" height="\(px(height))" fill="#fff"/>
            \(writer.body)</svg>

            """
    }

    private static func name(of content: Plot.Content) -> String {
        switch content {
        case .curves(let series): series.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
        case .bars(let bars, _): bars.map(\.name).joined(separator: ", ")
        case .heatMap(let map): "\(map.rows) x \(map.columns) numbers"
        case .diagram(let diagram): diagram.boxes.map { $0.lines.joined(separator: ", ") }.joined(separator: "; ")
        }
    }

    /// The part of the picture in which data stand.
    struct Area {
        var left, top, width, height: Double
        var right: Double { left + width }
        var bottom: Double { top + height }
        func x(_ fraction: Double) -> Double { left + fraction * width }
        func y(_ fraction: Double) -> Double { bottom - fraction * height }
    }

    /// The area that is left by title, axis texts, and `rows` lines of legend; the title and the notes are drawn.
    mutating func area(left: Double, right: Double = 16, legend rows: Int) -> Area {
        var top = 14.0
        if let title = plot.title {
            addText(title, at: width / 2, 22, anchor: "middle", room: width - 20, extra: " font-size=\"15\" font-weight=\"bold\"")
            top = 38
        }
        if plot.y.label != nil { top += 14 }
        var bottom = height - 26
        if plot.x.label != nil { bottom -= 18 }
        bottom -= Double(rows) * SVGPlot.legendRow
        let notes = plot.notes.flatMap(wrapped)
        bottom -= Double(notes.count) * 16
        for (number, note) in notes.enumerated() {
            addText(note, at: 14, height - 8 - Double(notes.count - 1 - number) * 16, room: width - 20, extra: " fill=\"#666\"")
        }
        let area = Area(left: left, top: top, width: max(40, width - left - right), height: max(30, bottom - top))
        if let label = plot.y.label { addText(label, at: 14, top - 8, room: width - 20) }
        if let label = plot.x.label { addText(label, at: area.left + area.width / 2, area.bottom + 36, anchor: "middle", room: area.width) }
        return area
    }

    static let legendRow = 18.0
    /// Colours that the colour-blind tell apart, darkest first (Okabe & Ito 2008; its yellow left out, which paper swallows).
    static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333"]

    static func color(_ number: Int) -> String { colors[number % colors.count] }

    /// Dashes once the colours run out.
    static func dash(_ number: Int) -> String { number < colors.count ? "" : " stroke-dasharray=\"\(number < 2 * colors.count ? "6 3" : "2 3")\"" }

    /// A sentence in lines of the picture's width.
    private func wrapped(_ note: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in note.split(separator: " ") {
            if !line.isEmpty, textWidth(line + " " + word) > width - 28 {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
