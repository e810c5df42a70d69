/// What drawings may be made of where they are shown.
public struct OutputStyle: Sendable, Hashable {
    /// Columns of a drawing.
    public var width = 80
    /// Lines of a plot with its axis; title, legend and notes stand above and below.
    public var height = 20
    /// ANSI colours.
    public var hasColor = false
    /// Braille, block and box characters; plain ASCII otherwise.
    public var isUnicode = true

    public init() {}

    /// What standard output can show, from the usual variables: no colours for a file, for `NO_COLOR` and for a dumb terminal; ASCII for a
    /// dumb terminal and a locale (`LC_ALL`, else `LC_CTYPE`, else `LANG`) that is not UTF-8.
    ///
    /// - Parameters:
    ///   - isTerminal: whether standard output is one.
    ///   - columns: the terminal's size, where it is known.
    public static func detected(isTerminal: Bool, columns: Int?, rows: Int?, environment: (String) -> String?) -> OutputStyle {
        func variable(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
        let terminal = variable("TERM")
        let locale = (variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? "").lowercased()
        var style = OutputStyle()
        style.isUnicode = terminal != "dumb" && (locale.contains("utf-8") || locale.contains("utf8"))
        style.hasColor = isTerminal && variable("NO_COLOR") == nil && terminal != nil && terminal != "dumb"
        if isTerminal {
            if let columns, columns > 0 { style.width = min(max(columns, 20), 100) }
            if let rows, rows > 0 { style.height = min(max(rows - 5, 6), 20) }
        }
        return style
    }
}
