import NaslExpr

/// A message to the user as data: what was found, what would have been right, and where.
///
///     Diagnostic(code: "N0107", title: "drawing `E` may never end", labels: [(range, "on average 1.25 new E per E")])
///
/// ``DiagnosticRenderer`` turns it into text.
public struct Diagnostic: Sendable {
    public enum Severity: String, Sendable {
        case error, warning, note
    }

    /// Stable, one for each kind of mistake: `N0107`. See `Diagnostic+Syntax.swift` for the scheme.
    public var code: String
    public var severity: Severity
    /// One line, without a full stop.
    public var title: String
    /// What is underlined, and what is said there; the first is where the message stands. Empty texts are allowed.
    public var labels: [(range: SourceRange, text: String)]
    /// What to do about it, one suggestion each.
    public var help: [String]
    /// What else is worth knowing.
    public var notes: [String]

    public init(
        code: String, severity: Severity = .error, title: String, labels: [(range: SourceRange, text: String)] = [], help: [String] = [],
        notes: [String] = []
    ) {
        self.code = code
        self.severity = severity
        self.title = title
        self.labels = labels
        self.help = help
        self.notes = notes
    }

    /// Of the first label.
    public var range: SourceRange { labels.first?.range ?? .none }
}
