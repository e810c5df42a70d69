/// A text with headings, tables and pictures as plain data. Writers turn it into lines of a terminal (``TextWriter``), a page of HTML
/// (``HTMLWriter``), Markdown (``MarkdownWriter``) or LaTeX (``LaTeXWriter``).
struct Document: Sendable {
    var title: Prose
    var sections: [Section] = []

    struct Section: Sendable {
        var title: String
        var blocks: [Block]
    }

    enum Block: Sendable {
        case paragraph(Prose)
        case list([Prose])
        case table(Table)
        /// Source, line by line.
        case code(String)
        case plot(Plot, caption: Prose)
        case overview(Overview)
    }

    struct Table: Sendable {
        var columns: [Column]
        var rows: [[String]]
        /// Below it.
        var note: Prose?

        init(_ columns: [Column], _ rows: [[String]], note: Prose? = nil) {
            self.columns = columns
            self.rows = rows
            self.note = note
        }
    }

    struct Column: Sendable {
        enum Kind: Sendable {
            /// To the right.
            case number
            case text
            /// Source.
            case code
        }

        var title: String
        var kind: Kind

        static func number(_ title: String) -> Column { Column(title: title, kind: .number) }
        static func text(_ title: String) -> Column { Column(title: title, kind: .text) }
        static func code(_ title: String) -> Column { Column(title: title, kind: .code) }
    }
}

/// A sentence in which some parts are source: `"the best is \(code: program)"`. What is put in without a label is text.
struct Prose: Sendable, ExpressibleByStringInterpolation {
    enum Part: Sendable, Hashable {
        case text(String)
        case code(String)
    }

    var parts: [Part]

    init(stringLiteral text: String) { parts = [.text(text)] }
    init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// Without any marks.
    var plain: String {
        parts.map { part in
            switch part {
            case .text(let text), .code(let text): text
            }
        }.joined()
    }

    static func + (first: Prose, second: Prose) -> Prose {
        var result = first
        result.parts += second.parts
        return result
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { parts.append(.text(literal)) } }
        mutating func appendInterpolation(_ text: String) { parts.append(.text(text)) }
        mutating func appendInterpolation(_ number: Int) { parts.append(.text("\(number)")) }
        mutating func appendInterpolation(_ prose: Prose) { parts += prose.parts }
        mutating func appendInterpolation(code text: String) { parts.append(.code(text)) }
    }
}
