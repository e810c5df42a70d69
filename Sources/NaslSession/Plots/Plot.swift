/// A picture as plain data: what is drawn, on which axes, with which texts. Writers turn it into characters (``TerminalPlot``) or into
/// SVG (``SVGPlot``); it holds nothing that belongs to one of them.
///
///     let series = Series("tanh", xs: [-1, 0, 1], ys: [-0.76, 0, 0.76])
///     Plot(.curves([series]), x: Axis(Limits(-1, 1)), y: Axis(Limits(-1, 1)))
package struct Plot: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// Lines and points over a common pair of axes.
        case curves([Series])
        /// One bar for each name, along the x axis.
        case bars([Bar], BarStyle)
        /// A colour for each number of a matrix.
        case heatMap(HeatMap)
        /// Boxes and arrows; it has no axes.
        case diagram(Diagram)
    }

    package var content: Content
    package var title: String?
    package var x: Axis
    package var y: Axis
    /// Sentences below the picture: what was cut off, what one cell stands for.
    package var notes: [String]

    package init(_ diagram: Diagram, title: String? = nil) {
        self.init(.diagram(diagram), title: title, x: Axis(Limits(0, 1)), y: Axis(Limits(0, 1)))
    }

    package init(_ content: Content, title: String? = nil, x: Axis, y: Axis, notes: [String] = []) {
        self.content = content
        self.title = title
        self.x = x
        self.y = y
        self.notes = notes
    }
}

package struct Axis: Sendable, Hashable {
    package var label: String?
    package var limits: Limits
    /// Counts something: ticks at whole numbers only.
    package var isWhole: Bool

    package init(_ limits: Limits, label: String? = nil, isWhole: Bool = false) {
        self.label = label
        self.limits = limits
        self.isWhole = isWhole
    }
}

/// Points in order of x. A y that is not finite leaves a gap.
package struct Series: Sendable, Hashable {
    package enum Style: Sendable, Hashable {
        case line
        /// Each value holds until the next point.
        case steps
        case points
    }

    package var name: String
    package var xs: [Double]
    package var ys: [Double]
    package var style: Style
    /// Where its values may as well lie; nil: nothing is said.
    package var band: Band?

    package init(_ name: String, xs: [Double], ys: [Double], style: Style = .line) {
        self.name = name
        self.xs = xs
        self.ys = ys
        self.style = style
    }
}

/// The room between two edges, around a series.
package struct Band: Sendable, Hashable {
    package var low: Edge
    package var high: Edge

    package struct Edge: Sendable, Hashable {
        package var xs: [Double]
        package var ys: [Double]
        package var style: Series.Style

        package init(_ series: Series) { (xs, ys, style) = (series.xs, series.ys, series.style) }

        package var series: Series { Series("", xs: xs, ys: ys, style: style) }
    }

    package init(low: Series, high: Series) { (self.low, self.high) = (Edge(low), Edge(high)) }
}

package struct Bar: Sendable, Hashable {
    package var name: String
    /// Not finite where there is nothing to draw.
    package var value: Double
    /// Standard deviation, drawn to both sides.
    package var deviation: Double?

    package init(_ name: String, _ value: Double, deviation: Double? = nil) {
        self.name = name
        self.value = value
        self.deviation = deviation
    }
}

package enum BarStyle: Sendable, Hashable {
    /// A bar that begins at zero.
    case fromZero
    /// A mark with its deviation to both sides, where zero need not be in the picture: a bar cut short would mislead.
    case interval
}

/// Numbers by row, the first row on top.
package struct HeatMap: Sendable, Hashable {
    package var rows: Int
    package var columns: Int
    package var numbers: [Double]
    /// What the ends of the colour scale stand for.
    package var scale: Limits

    package init(rows: Int, columns: Int, numbers: [Double], scale: Limits) {
        self.rows = rows
        self.columns = columns
        self.numbers = numbers
        self.scale = scale
    }

    package subscript(row: Int, column: Int) -> Double { numbers[row * columns + column] }
}
