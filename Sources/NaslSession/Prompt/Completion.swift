/// One way to go on from what was typed.
public struct Completion: Hashable, Sendable {
    /// Where what it replaces begins, a UTF-8 offset; it ends at the cursor.
    public let start: Int
    /// What stands there then.
    public let text: String
    /// As a list of candidates shows it.
    public let label: String

    public init(start: Int, text: String, label: String? = nil) {
        self.start = start
        self.text = text
        self.label = label ?? text
    }
}
