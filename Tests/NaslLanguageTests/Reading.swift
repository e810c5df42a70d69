import NaslExpr
import NaslLanguage

/// What the parser makes of a text, for tests.
struct Reading {
    let program: [Statement]
    let diagnostics: [Diagnostic]
    let sources: SourceMap

    init(_ text: String, name: String = "a.nasl") {
        var sources = SourceMap()
        let file = sources.add(name: name, text: text)
        (program, diagnostics) = Parser.parse(file)
        self.sources = sources
    }

    /// All messages as they would be shown.
    var messages: String { DiagnosticRenderer(sources: sources).render(diagnostics) }

    /// The expression of each statement that is one, every operator in brackets.
    var explicit: [String] {
        program.compactMap { if case .expression(let expression) = $0.kind { expression.explicitText } else { nil } }
    }

    func text(_ range: SourceRange) -> String { sources.text(of: range) ?? "" }
}

/// The only expression in a text without mistakes, every operator in brackets; otherwise the messages.
func explicit(_ text: String) -> String {
    let reading = Reading(text)
    guard reading.diagnostics.isEmpty, reading.explicit.count == 1, reading.program.count == 1 else { return reading.messages + "\(reading.explicit)" }
    return reading.explicit[0]
}
