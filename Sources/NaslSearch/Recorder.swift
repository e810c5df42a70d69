/// Keeps the folded rounds of a run where they outlive the process.
///
/// A search hands it one complete round after another. It may gather several before it writes them, but nothing of a run is shown, and
/// no run is handed back, before all of it is written.
public protocol Recorder: AnyObject {
    /// Takes up the trials of a folded round as they were after their first evaluation, and the repetitions that were made in it; `state` gives the
    /// controller's, as it is after them.
    func record(_ trials: [Trial], repetitions: [Repetition], progress: RecordedProgress, state: () -> [UInt8]) throws
    /// Takes up what came of single candidates of the round in flight, so that it need not be done again if the round is never finished.
    func keep(_ evaluations: [EarlyEvaluation]) throws
    /// Writes what was taken up, if it has waited for long enough or `now` is set.
    func write(now: Bool) throws
    /// Whether nothing waits to be written.
    var isWritten: Bool { get }
}

/// What came of one candidate, before its round was finished.
public struct EarlyEvaluation: Sendable {
    public let round: Int
    /// The program as source.
    public let text: String
    public let evaluation: Evaluation
    public let seconds: Double
    public let worker: Int

    public init(round: Int, text: String, evaluation: Evaluation, seconds: Double, worker: Int) {
        self.round = round
        self.text = text
        self.evaluation = evaluation
        self.seconds = seconds
        self.worker = worker
    }
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
