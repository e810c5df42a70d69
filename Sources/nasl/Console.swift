import Glibc
import Synchronization

/// Standard output and error: whole lines from any thread, and one line of progress that is drawn again and again.
final class Console: Sendable {
    private let hasStatus = Mutex(false)
    let hasColor = isatty(2) == 1 && getenv("NO_COLOR") == nil && Console.terminal != "dumb"

    private static let terminal = getenv("TERM").map { String(cString: $0) } ?? "dumb"

    /// The width for a progress bar on standard error; nil where that is no terminal.
    let progressWidth: Int? = {
        guard isatty(2) == 1, Console.terminal != "dumb" else { return nil }
        var size = winsize()
        guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }()

    /// Of the terminal on standard output; nil where that is none.
    static var outputSize: (columns: Int, rows: Int)? {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    func write(_ text: String) { line(text, to: 1) }

    func report(_ text: String) { line(text, to: 2) }

    /// As it is, without a newline of its own.
    func write(raw text: String) { put(text, to: 1) }

    /// Without a newline: a prompt.
    func ask(_ text: String) { put(text, to: 1) }

    /// Progress goes to standard error; on a terminal the next line replaces it, and nil takes it away.
    func status(_ text: String?) {
        hasStatus.withLock { shown in
            if progressWidth != nil {
                put(Console.clearLine + (text ?? ""), to: 2)
                shown = text != nil
            } else if let text {
                put(text + "\n", to: 2)
            }
        }
    }

    private static let clearLine = "\r\u{1B}[K"

    private func line(_ text: String, to file: Int32) {
        hasStatus.withLock { shown in
            if shown { put(Console.clearLine, to: 2) }
            shown = false
            put(text + "\n", to: file)
        }
    }

    /// All of it, unless the other end has gone away.
    private func put(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return }
        }
    }
}
