import Testing

/// A text that cannot be evaluated, and the whole message it earns.
struct BadInput: Sendable, CustomTestStringConvertible {
    let text: String
    let message: String

    init(_ text: String, _ message: String) {
        self.text = text
        self.message = message
    }

    var testDescription: String { text }
}
