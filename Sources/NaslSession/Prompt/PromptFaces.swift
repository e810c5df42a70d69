/// What a prompt lends its session beside the lines it writes.
public struct PromptFaces {
    /// The entries so far, oldest first.
    public var entries: () -> [String]
    /// Runs something that uses the terminal in its own way, such as an editor.
    public var lendTerminal: (() -> Void) -> Void

    public init(entries: @escaping () -> [String] = { [] }, lendTerminal: @escaping (() -> Void) -> Void = { $0() }) {
        self.entries = entries
        self.lendTerminal = lendTerminal
    }
}
