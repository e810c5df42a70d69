/// A plot in the language of pgfplots, as a tikzpicture.
struct PGFPlot {
    let plot: Plot

    init(_ plot: Plot) { self.plot = plot }

    var text: String {
        if case .diagram(let diagram) = plot.content { return PGFPlot.text(of: diagram) }
        var options = ["width=0.9\\linewidth", "height=6.5cm", "xmin=\(number(plot.x.limits.lower))", "xmax=\(number(plot.x.limits.upper))"]
        if let title = plot.title { options.append("title={\(LaTeXWriter.escaped(title))}") }
        if let label = plot.x.label { options.append("xlabel={\(LaTeXWriter.escaped(label))}") }
        var body = ""
        switch plot.content {
        case .curves(let series):
            options += ["ymin=\(number(plot.y.limits.lower))", "ymax=\(number(plot.y.limits.upper))", "legend pos=south east", "unbounded coords=jump", "scaled ticks=false"]
            if let label = plot.y.label { options.append("ylabel={\(LaTeXWriter.escaped(label))}") }
            for (place, one) in series.enumerated() {
                let style = switch one.style {
                case .line: ""
                case .steps: ", const plot"
                case .points: ", only marks, mark size=0.6pt"
                }
                body += "\\addplot[\(PGFPlot.colors[place % PGFPlot.colors.count]), thick\(style)] coordinates {\(zip(one.xs, one.ys).map { "(\(number($0)),\(number($1)))" }.joined(separator: " "))};\n"
                if !one.name.isEmpty { body += "\\addlegendentry{\(LaTeXWriter.escaped(one.name))}\n" }
            }
        case .bars(let bars, let style):
            options += ["ytick={\(bars.indices.map { "\($0)" }.joined(separator: ","))}", "yticklabels={\(bars.map { "{\(LaTeXWriter.escaped($0.name))}" }.joined(separator: ","))}", "y dir=reverse"]
            options.append(style == .fromZero ? "xbar" : "only marks")
            let errors = bars.map { " +- (\(number($0.deviation ?? 0)),0)" }
            body = "\\addplot+[error bars/.cd, x dir=both, x explicit] coordinates {\(bars.indices.map { "(\(number(bars[$0].value)),\($0))\(errors[$0])" }.joined(separator: " "))};\n"
        case .heatMap(let map):
            options += ["y dir=reverse", "colorbar", "point meta min=\(number(map.scale.lower))", "point meta max=\(number(map.scale.upper))", "enlargelimits=false"]
            let shown = map.reduced(rows: 60, columns: 60)
            let cells = (0..<shown.rows).flatMap { row in (0..<shown.columns).map { "(\($0),\(row)) [\(number(shown[row, $0]))]" } }
            body = "\\addplot[matrix plot*, point meta=explicit, mesh/cols=\(shown.columns)] coordinates {\(cells.joined(separator: " "))};\n"
        case .diagram: break
        }
        let notes = plot.notes.map { "\\par\\small \(LaTeXWriter.escaped($0))" }.joined(separator: "\n")
        return "\\begin{tikzpicture}\n\\begin{axis}[\(options.joined(separator: ", "))]\n\(body)\\end{axis}\n\\end{tikzpicture}\(notes.isEmpty ? "" : "\n" + notes)"
    }

    /// Boxes as nodes, lines from corner to corner.
    private static func text(of diagram: Diagram) -> String {
        let layout = DiagramLayout(diagram)
        func point(_ column: Double, _ row: Double) -> String { "(\(fixed(column, 1)),\(fixed(-row, 1)))" }
        var body = ""
        for line in layout.lines {
            body += "\\draw[\(line.isArrow ? "->" : "-")] \(line.points.map { point(Double($0.column), Double($0.row)) }.joined(separator: " -- "));\n"
        }
        for (box, place) in zip(diagram.boxes, layout.places) {
            let lines = box.lines.map { "\\texttt{\(LaTeXWriter.escaped($0))}" }.joined(separator: "\\\\")
            let middle = point(Double(place.column) + Double(place.width - 1) / 2, Double(place.row) + Double(place.height - 1) / 2)
            let size = "minimum width=\(fixed(0.17 * Double(place.width - 1), 2))cm, minimum height=\(fixed(0.38 * Double(place.height - 1), 2))cm"
            body += "\\node[draw, rounded corners, fill=white, align=center, font=\\tiny, inner sep=0pt, \(size)] at \(middle) {\(lines)};\n"
        }
        return "\\begin{tikzpicture}[x=0.17cm, y=0.38cm]\n\(body)\\end{tikzpicture}"
    }

    /// Apart in print, too, by how dark they are.
    private static let colors = ["blue", "orange", "teal", "magenta", "brown", "cyan", "black"]

    private func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "nan" }
}
