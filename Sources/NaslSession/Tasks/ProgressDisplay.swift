import NaslSearch

/// The progress of a search: one line that is drawn again and again on a terminal; elsewhere a line for each tenth of the trials.
final class ProgressDisplay {
    private let host: SessionHost
    private var tenth = 0

    init(_ host: SessionHost) { self.host = host }

    func show(_ progress: SearchProgress) {
        if let width = host.options.progressWidth {
            host.status(ProgressBar(width: width - 1).line(progress))
            return
        }
        guard progress.isEndOfRound, progress.total > 0 else { return }
        let now = progress.done * 10 / progress.total
        if now > tenth {
            tenth = now
            host.status(ProgressBar(width: 200).plainLine(progress))
        }
    }

    func clear() {
        if host.options.progressWidth != nil { host.status(nil) }
    }
}
