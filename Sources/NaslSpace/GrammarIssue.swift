import NaslExpr

/// One judgement on a grammar: a code of ``GrammarCode``, what is wrong, where, and what would cure it.
public struct GrammarIssue: Sendable {
    /// `"N0107"`.
    public let code: String
    /// `` "drawing `E` may never end" ``.
    public let title: String
    /// The stretches of source concerned; a label with an empty text is underlined only.
    public let labels: [(range: SourceRange, text: String)]
    /// What to do about it.
    public let help: String?
    /// A warning leaves the grammar usable.
    public let isWarning: Bool
    /// Worth knowing, and perhaps meant.
    public let isNote: Bool

    init(_ code: GrammarCode, _ title: String, labels: [(range: SourceRange, text: String)], help: String? = nil) {
        self.code = code.rawValue
        self.title = title
        self.labels = labels
        self.help = help
        isWarning = code.isWarning
        isNote = code.isNote
    }
}

extension GrammarIssue: CustomStringConvertible {
    public var description: String {
        let labels = labels.map(\.text).filter { !$0.isEmpty }.map { "\n  \($0)" }.joined()
        return "\(isNote ? "note" : isWarning ? "warning" : "error")[\(code)]: \(title)\(labels)\(help.map { "\n  = help: \($0)" } ?? "")"
    }
}

/// Why a grammar makes no space: at least one issue that is no warning, or none at all where compiling it was given up.
public struct GrammarError: Error, Sendable, CustomStringConvertible {
    public let issues: [GrammarIssue]
    public var description: String { issues.map(\.description).joined(separator: "\n") }
}
