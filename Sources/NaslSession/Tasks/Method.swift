import NaslControl
import NaslLanguage
import NaslSpace

/// What `with:` takes: a search method with its settings, made into a controller when a search begins.
final class Method: LanguageObject {
    let name: String
    /// As it would be written: `reinforce(width: 32)`.
    let written: String
    /// Whether what is written makes it again in another session.
    let isWritable: Bool
    /// What is to be said of it beside that, in lines.
    let remarks: [String]
    let controller: @Sendable (Space, Int) -> any Controller

    init(_ name: String, shown: String, isWritable: Bool = true, remarks: [String] = [], controller: @escaping @Sendable (Space, Int) -> any Controller) {
        self.name = name
        written = shown
        self.isWritable = isWritable
        self.remarks = remarks
        self.controller = controller
    }

    var shown: String { ([written] + remarks).joined(separator: "\n  ") }

    let kind = "a search method"
}
