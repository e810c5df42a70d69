import NaslStore

/// A plot as a Vega-Lite specification (version 5) with its data inside, for notebooks and editors that draw it themselves.
package struct VegaLitePlot {
    private let plot: Plot
    private let width: Int
    private let height: Int

    package init(_ plot: Plot, width: Int = 720, height: Int? = nil) {
        self.plot = plot
        self.width = width
        self.height = height ?? SVGPlot.height(for: plot.content)
    }

    /// The file's text.
    package var text: String {
        var members = ["\"$schema\": \"https://vega.github.io/schema/vega-lite/v5.json\""]
        if plot.title != nil || !plot.notes.isEmpty {
            let notes = plot.notes.map(JSONText.quoted).joined(separator: ", ")
            members.append("\"title\": {\"text\": \(JSONText.quoted(plot.title ?? "")), \"subtitle\": [\(notes)]}")
        }
        members += ["\"width\": \(width)", "\"height\": \(height)"]
        switch plot.content {
        case .curves(let series): members += curves(series)
        case .bars(let bars, let style): members += self.bars(bars, style)
        case .heatMap(let map): members += heatMap(map)
        case .diagram(let diagram): members += self.diagram(diagram)
        }
        return "{\n  \(members.joined(separator: ",\n  "))\n}\n"
    }

    private func curves(_ series: [Series]) -> [String] {
        let rows = series.flatMap { one in zip(one.xs, one.ys).map { "{\"x\": \(number($0)), \"y\": \(number($1)), \"series\": \(JSONText.quoted(one.name))}" } }
        let layers = series.map { one in
            let mark = switch one.style {
            case .line: "{\"type\": \"line\", \"clip\": true}"
            case .steps: "{\"type\": \"line\", \"interpolate\": \"step-after\", \"clip\": true}"
            case .points: "{\"type\": \"point\", \"filled\": true, \"size\": 12, \"opacity\": 0.6, \"clip\": true}"
            }
            return "{\"transform\": [{\"filter\": {\"field\": \"series\", \"equal\": \(JSONText.quoted(one.name))}}], \"mark\": \(mark)}"
        }
        let color = "\"color\": {\"field\": \"series\", \"type\": \"nominal\", \"sort\": null, \"title\": null, \"scale\": {\"range\": [\(SVGPlot.colors.map(JSONText.quoted).joined(separator: ", "))]}}"
        return [data(rows), "\"encoding\": {\(axis("x", plot.x)), \(axis("y", plot.y)), \(color)}", "\"layer\": [\(layers.joined(separator: ", "))]"]
    }

    private func bars(_ bars: [Bar], _ style: BarStyle) -> [String] {
        let rows = bars.map { bar in
            let ends = bar.deviation.map { [bar.value - $0, bar.value + $0] } ?? [.nan, .nan]
            return "{\"name\": \(JSONText.quoted(bar.name)), \"value\": \(number(bar.value)), \"low\": \(number(ends[0])), \"high\": \(number(ends[1]))}"
        }
        let names = "\"y\": {\"field\": \"name\", \"type\": \"nominal\", \"sort\": null, \"title\": null}"
        let mark = style == .fromZero ? "\"bar\"" : "{\"type\": \"point\", \"filled\": true, \"size\": 60}"
        let value = "{\"mark\": \(mark), \"encoding\": {\(axis("x", plot.x, field: "value")), \(names)}}"
        let error = "{\"mark\": \"rule\", \"encoding\": {\(axis("x", plot.x, field: "low")), \"x2\": {\"field\": \"high\"}, \(names)}}"
        return [data(rows), "\"layer\": [\(value), \(error)]"]
    }

    private func heatMap(_ map: HeatMap) -> [String] {
        let rows = (0..<map.rows).flatMap { row in (0..<map.columns).map { "{\"row\": \(row), \"column\": \($0), \"value\": \(number(map[row, $0]))}" } }
        let scale = "\"scale\": {\"scheme\": \"viridis\", \"domain\": [\(number(map.scale.lower)), \(number(map.scale.upper))]}"
        return [data(rows), "\"mark\": \"rect\"", """
            "encoding": {"x": {"field": "column", "type": "ordinal", "title": null}, "y": {"field": "row", "type": "ordinal", "title": null}, "color": {"field": "value", "type": "quantitative", "title": null, \(scale)}}
            """]
    }

    private func diagram(_ diagram: Diagram) -> [String] {
        let layout = DiagramLayout(diagram)
        func row(_ x: Double, _ y: Double, _ x2: Double, _ y2: Double, _ text: String) -> String {
            "{\"x\": \(x), \"y\": \(y), \"x2\": \(x2), \"y2\": \(y2), \"text\": [\(text)]}"
        }
        let lines = layout.lines.flatMap { line in
            zip(line.points, line.points.dropFirst()).map { row(Double($0.column), Double($0.row), Double($1.column), Double($1.row), "") }
        }
        let boxes = zip(diagram.boxes, layout.places).map { box, place in
            row(Double(place.column), Double(place.row), Double(place.column + place.width - 1), Double(place.bottom), box.lines.map(JSONText.quoted).joined(separator: ", "))
        }
        func place(_ channel: String, _ end: Int) -> String {
            "\"\(channel)\": {\"field\": \"\(channel)\", \"type\": \"quantitative\", \"axis\": null, \"scale\": {\"domain\": [\(channel == "x" ? "-1, \(end)" : "\(end), -1")], \"nice\": false}}"
        }
        let encoding = "\"encoding\": {\(place("x", layout.columns)), \(place("y", layout.rows)), \"x2\": {\"field\": \"x2\"}, \"y2\": {\"field\": \"y2\"}}"
        let middle = "\"transform\": [{\"calculate\": \"(datum.x + datum.x2) / 2\", \"as\": \"x\"}, {\"calculate\": \"(datum.y + datum.y2) / 2\", \"as\": \"y\"}]"
        let texts = "\"encoding\": {\(place("x", layout.columns)), \(place("y", layout.rows)), \"text\": {\"field\": \"text\"}}"
        return ["\"layer\": [{\(data(lines)), \"mark\": \"rule\", \(encoding)}, {\(data(boxes)), \"mark\": {\"type\": \"rect\", \"fill\": \"#e8f1f8\", \"stroke\": \"#0072b2\"}, \(encoding)}, {\(data(boxes)), \(middle), \"mark\": {\"type\": \"text\", \"baseline\": \"middle\"}, \(texts)}]"]
    }

    private func data(_ rows: [String]) -> String { "\"data\": {\"values\": [\(rows.joined(separator: ", "))]}" }

    private func axis(_ channel: String, _ axis: Axis, field: String? = nil) -> String {
        let title = axis.label.map(JSONText.quoted) ?? "null"
        let ticks = axis.isWhole ? ", \"axis\": {\"tickMinStep\": 1}" : ""
        let scale = "\"scale\": {\"domain\": [\(number(axis.limits.lower)), \(number(axis.limits.upper))], \"nice\": false}"
        return "\"\(channel)\": {\"field\": \"\(field ?? channel)\", \"type\": \"quantitative\", \"title\": \(title), \(scale)\(ticks)}"
    }

    /// JSON has no other numbers than finite ones.
    private func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }
}
