import NaslSearch

/// The progress of a search: one line that is drawn again and again on a terminal; elsewhere a line for each tenth of the trials.
final class ProgressDisplay {
    private let host: SessionHost
    private var tenth = 0
    /// In front of each line, where the search is one of several.
    private let label: String

    init(_ host: SessionHost, label: String? = nil) {
        self.host = host
        self.label = label.map { "\($0): " } ?? ""
    }

    func show(_ progress: SearchProgress) {
        if let width = host.options.progressWidth {
            host.status(label + ProgressBar(width: max(20, width - 1 - label.count)).line(progress))
            return
        }
        guard progress.isEndOfRound, progress.total > 0 else { return }
        let now = progress.done * 10 / progress.total
        if now > tenth {
            tenth = now
            host.status(label + ProgressBar(width: 200).plainLine(progress))
        }
    }

    func clear() {
        if host.options.progressWidth != nil { host.status(nil) }
    }
}
