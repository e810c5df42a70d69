/// Where an exported program comes from: what the head of the file says.
public struct Provenance: Sendable {
    /// As the language writes it.
    public var program: String
    /// What found it: its run, the trial, the date.
    public var finding: [String]

    public init(program: String, finding: [String] = []) {
        self.program = program
        self.finding = finding
    }

    /// Lines of at most `width` characters.
    func lines(width: Int) -> [String] {
        (Provenance.wrapped(program, width) + [""] + finding.flatMap { Provenance.wrapped($0, width) } + ["Exported by nasl."])
    }

    /// As comments that go to the end of the line.
    package func comment(_ mark: String, width: Int = 79) -> String {
        lines(width: width - mark.count - 1).map { $0.isEmpty ? mark : "\(mark) \($0)" }.joined(separator: "\n")
    }

    /// At spaces; a word that is longer than a line keeps its length.
    static func wrapped(_ text: String, _ width: Int) -> [String] {
        // What ends a comment or goes on with it in one of the languages does not come from a program, but may from the name of a run.
        let plain = String(text.map { $0.isNewline || $0 == "\t" || $0 == "\\" ? " " : $0 })
        var lines: [String] = []
        var line = ""
        for word in plain.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? "\(word)" : " \(word)"
        }
        return line.isEmpty ? lines : lines + [line]
    }
}

extension Provenance {
    /// In lines of 79 characters.
    package var text: String { lines(width: 79).joined(separator: "\n") }
}
