import NaslSession
import Synchronization

/// What a session writes when it is given `texts` one after the other, lines of output and messages alike.
func transcript(_ texts: String..., echo: Session.Echo = .script, workers: Int = 1) -> String {
    let lines = Mutex<[String]>([])
    onLargeStack {
        var options = SessionOptions()
        options.workers = workers
        do {
            let session = try Session(options, SessionFaces { line in lines.withLock { $0.append(line) } })
            for text in texts { session.evaluate(text, name: "test.nasl", echo: echo) }
        } catch {
            lines.withLock { $0.append("\(error)") }
        }
    }
    return lines.withLock { $0.joined(separator: "\n") }
}
