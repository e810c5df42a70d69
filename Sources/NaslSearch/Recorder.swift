/// Keeps the folded rounds of a run where they outlive the process.
///
/// A search hands it one complete round after another. It may gather several before it writes them, but nothing of a run is shown, and
/// no run is handed back, before all of it is written.
public protocol Recorder: AnyObject {
    /// Takes up the trials of a folded round; `state` gives the controller's, as it is after them.
    func record(_ trials: ArraySlice<Trial>, progress: RecordedProgress, state: () -> [UInt8]) throws
    /// Writes what was taken up, if it has waited for long enough or `now` is set.
    func write(now: Bool) throws
    /// Whether nothing waits to be written.
    var isWritten: Bool { get }
}

/// How far a run is after a round.
public struct RecordedProgress: Sendable {
    public let rounds: Int
    /// Of searching, over all sessions of the run.
    public let seconds: Double

    public init(rounds: Int, seconds: Double) {
        self.rounds = rounds
        self.seconds = seconds
    }
}
