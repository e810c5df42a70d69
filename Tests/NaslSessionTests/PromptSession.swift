import NaslSession
import Synchronization

/// What a session at the prompt writes when these are entered one after the other; the last line is `left` where an entry ended it.
func prompt(_ entries: String...) -> String {
    let lines = Mutex<[String]>([])
    atPrompt({ line in lines.withLock { $0.append(line) } }) { session in
        for entry in entries where !session.enter(entry) {
            lines.withLock { $0.append("left") }
            return
        }
    }
    return lines.withLock { $0.joined(separator: "\n") }
}

/// The texts that may stand at the end of `text` (or at `|` in it), once `setup` was entered.
func completions(_ text: String, after setup: String...) -> [String] {
    let found = Mutex<[String]>([])
    atPrompt({ _ in }) { session in
        for entry in setup { _ = session.enter(entry) }
        let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let plain = parts.joined()
        let candidates = session.complete(plain, at: parts[0].utf8.count)
        let texts = candidates.map { String(decoding: Array(plain.utf8)[..<$0.start], as: UTF8.self) + $0.text }
        found.withLock { $0 = texts }
    }
    return found.withLock { $0 }
}

func atPrompt(_ write: @escaping @Sendable (String) -> Void, _ body: @escaping @Sendable (Session) -> Void) {
    onLargeStack {
        do { body(try Session(SessionOptions(), SessionFaces(write))) } catch { write("\(error)") }
    }
}
