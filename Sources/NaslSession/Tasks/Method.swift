import NaslControl
import NaslLanguage
import NaslSpace

/// What `with:` takes: a search method with its settings, made into a controller when a search begins.
final class Method: LanguageObject {
    let name: String
    /// As it would be written: `reinforce(width: 32)`.
    let shown: String
    let controller: @Sendable (Space, Int) -> any Controller

    init(_ name: String, shown: String, controller: @escaping @Sendable (Space, Int) -> any Controller) {
        self.name = name
        self.shown = shown
        self.controller = controller
    }

    let kind = "a search method"
}
