import NaslLanguage
import NaslTraining
import Synchronization

/// The progress of a file that is loaded, as a line on a terminal; elsewhere nothing is written, since files do not take long.
///
///      [=========>          ] big.csv   480,000 rows
final class LoadingDisplay: Sendable {
    private let host: SessionHost
    private let width: Int
    private let next: Mutex<ContinuousClock.Instant>

    /// Nil where there is no terminal, or where a search draws its own line.
    init?(_ interpreter: Interpreter) {
        guard let host = interpreter.host as? SessionHost, let width = host.options.progressWidth, !interpreter.isTrial else { return nil }
        self.host = host
        self.width = width
        // A file that is loaded at once needs no line.
        next = Mutex(ContinuousClock.now + .milliseconds(150))
    }

    func show(_ progress: LoadingWatch.Progress) {
        let now = ContinuousClock.now
        let isDue = next.withLock { next in
            guard now >= next else { return false }
            next = now + .milliseconds(50)
            return true
        }
        if isDue { host.status(LoadingDisplay.line(progress, width: width - 1)) }
    }

    func clear() { host.status(nil) }

    static func line(_ progress: LoadingWatch.Progress, width: Int) -> String {
        let filled = Int(20 * min(1, max(0, progress.fraction)))
        let bar = String(repeating: "=", count: filled) + (filled < 20 ? ">" : "") + String(repeating: " ", count: max(0, 19 - filled))
        let amount = progress.stage.isEmpty ? (progress.rows > 0 ? "   \(grouped(progress.rows)) rows" : "") : "   \(progress.stage)"
        return String(" [\(bar)] \(progress.file)\(amount)".prefix(max(0, width)))
    }
}
