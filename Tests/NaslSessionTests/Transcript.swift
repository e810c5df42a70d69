import NaslSession
import Synchronization

/// What a session writes when it is given `texts` one after the other, lines of output and messages alike.
func transcript(_ texts: String..., echo: Session.Echo = .script, workers: Int = 1) -> String {
    transcript(texts, echo: echo, workers: workers)
}

func transcript(_ texts: [String], echo: Session.Echo = .script, workers: Int = 1, allowRun: Bool = false) -> String {
    transcript(bytes: texts.map { Array($0.utf8) }, echo: echo, workers: workers, allowRun: allowRun)
}

func transcript(bytes texts: [UInt8]) -> String { transcript(bytes: [texts]) }

private func transcript(bytes texts: [[UInt8]], echo: Session.Echo = .script, workers: Int = 1, allowRun: Bool = false) -> String {
    let lines = Mutex<[String]>([])
    onLargeStack {
        var options = SessionOptions()
        options.workers = workers
        options.allowRun = allowRun
        do {
            let session = try Session(options, SessionFaces { line in lines.withLock { $0.append(line) } })
            for text in texts { session.evaluate(text, name: "test.nasl", echo: echo) }
        } catch {
            lines.withLock { $0.append("\(error)") }
        }
    }
    return lines.withLock { $0.joined(separator: "\n") }
}
