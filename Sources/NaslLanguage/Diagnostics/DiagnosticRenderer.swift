import NaslExpr

/// Writes diagnostics the way compilers do, with the user's own source and what is meant underlined:
///
///     error[N0107]: drawing `E` may never end
///       --> act.nasl:2:13
///       |
///     2 |     E = x | sin(E) | E + E | E * E
///       |             ^^^^^^   ^^^^^   ^^^^^ on average 1.25 new E per E
///       = help: add `limit depth <= 6`, or weight a leaf: `x @3` gives 0.83
public struct DiagnosticRenderer: Sendable {
    public var sources: SourceMap
    /// ANSI colours.
    public var isColoured: Bool
    /// Source lines that are wider than this are shown in part.
    public var width: Int

    public init(sources: SourceMap, isColoured: Bool = false, width: Int = 120) {
        self.sources = sources
        self.isColoured = isColoured
        self.width = max(20, width)
    }

    /// Without a newline at the end.
    public func render(_ diagnostic: Diagnostic) -> String {
        let paint = Paint(isOn: isColoured, severity: diagnostic.severity)
        var lines = [paint.severity("\(diagnostic.severity.rawValue)[\(diagnostic.code)]") + paint.title(": \(diagnostic.title)")]
        let excerpts = excerpts(of: diagnostic)
        let gutter = excerpts.flatMap(\.lines).map { String($0.number).count }.max() ?? 1
        let margin = String(repeating: " ", count: gutter + 1)
        for (position, excerpt) in excerpts.enumerated() {
            let place = excerpt.file.position(at: Int(excerpt.place.start))
            let arrow = position == 0 ? "-->" : ":::"
            lines.append("\(margin)\(paint.gutter(arrow)) \(excerpt.file.name):\(place.line):\(place.column)")
            lines.append(margin + paint.gutter("|"))
            lines += rows(of: excerpt, gutter: gutter, paint)
        }
        for help in diagnostic.help { lines.append(note("help", help, margin, paint)) }
        for text in diagnostic.notes { lines.append(note("note", text, margin, paint)) }
        return lines.joined(separator: "\n")
    }

    /// All of them, an empty line between two.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { render($0) }.joined(separator: "\n\n")
    }

    /// Further lines of a note stand below its first.
    private func note(_ kind: String, _ text: String, _ margin: String, _ paint: Paint) -> String {
        let indent = "\n\(margin)\(String(repeating: " ", count: kind.count + 4))"
        let text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: indent)
        return "\(margin)\(paint.gutter("=")) \(paint.title("\(kind):")) \(text)"
    }

    private func rows(of excerpt: Excerpt, gutter: Int, _ paint: Paint) -> [String] {
        func row(_ number: String, _ text: String) -> String {
            let left = String(repeating: " ", count: gutter - number.count) + number
            return text.isEmpty ? paint.gutter("\(left) |") : paint.gutter("\(left) |") + " " + text
        }
        var result: [String] = []
        var last: Int?
        for line in excerpt.lines {
            if let last, line.number > last + 2 {
                result.append(paint.gutter("..."))
            } else if let last, line.number == last + 2 {
                let between = ShownLine(excerpt.file.bytes[excerpt.file.byteRange(ofLine: last + 1)])
                result.append(row(String(last + 1), between.text(0, width)))
            }
            let (source, marks) = line.drawn(in: excerpt.file, width: width)
            result.append(row(String(line.number), source))
            result += marks.map { row("", paint.marks($0)) }
            last = line.number
        }
        return result
    }
}

/// Colours by what a piece of a message is.
struct Paint {
    let isOn: Bool
    let severity: Diagnostic.Severity

    private func sgr(_ codes: String, _ text: String) -> String { isOn && !text.isEmpty ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text }

    private var hue: String {
        switch severity {
        case .error: "31"
        case .warning: "33"
        case .note: "36"
        }
    }

    func severity(_ text: String) -> String { sgr("1;\(hue)", text) }
    func title(_ text: String) -> String { sgr("1", text) }
    func gutter(_ text: String) -> String { sgr("1;34", text) }
    func marks(_ text: String) -> String { sgr("1;\(hue)", text) }
}
