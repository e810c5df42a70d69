import ArgumentParser
import Glibc
import NaslSession

/// `nasl worker`: evaluates candidates that come as lines of JSON on standard input, for a search in another process.
struct Worker: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate candidates for a search in another process.",
        discussion: "Requests are lines of JSON on standard input, results lines of JSON on standard output; it ends with its input. docs/reliability.md describes them.")

    @Option(help: ArgumentHelp("Give up a trial when the process holds more.", valueName: "bytes"))
    var memory: Int?

    @Flag(help: "Let tasks run other programs, with `command`.")
    var allowRun = false

    func run() throws {
        var options = SessionOptions()
        options.allowRun = allowRun
        if let memory { options.memoryLimit = memory }
        let console = Console()
        let given = options
        onLargeStack {
            let lines = LineReader()
            TaskWorker(given) { console.write($0) }.run { lines.next() }
        }
    }
}

/// Lines of standard input, by the one thread that reads them.
private final class LineReader: @unchecked Sendable {
    private var buffer: [UInt8] = []
    private var searched = 0

    /// nil at the end.
    func next() -> [UInt8]? {
        while true {
            if let newline = buffer[searched...].firstIndex(of: 0x0A) {
                let line = Array(buffer[..<newline])
                buffer.removeSubrange(...newline)
                searched = 0
                return line
            }
            searched = buffer.count
            var bytes = [UInt8](repeating: 0, count: 65536)
            let count = read(0, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            buffer += bytes[..<count]
        }
    }
}
