/// Evaluates the candidates of a round elsewhere, where the threads of one process are not enough.
///
/// The search proposes and folds as it always does, so the transcript does not depend on who evaluates.
public protocol RoundEvaluator: AnyObject {
    /// Evaluates all of `candidates`, in any order. Returns when all are done, or soon after their stop flag is set. Both closures are
    /// called on the caller's thread: `tick` about ten times a second, `done` once for each candidate that was evaluated, by its place.
    func evaluate(_ candidates: [Search.Candidate], tick: () -> Void, done: (_ place: Int, EvaluatedElsewhere) -> Void)
}

/// What came of a candidate on another process or machine.
public struct EvaluatedElsewhere: Sendable {
    public let evaluation: Evaluation
    /// Of evaluation, there.
    public let seconds: Double
    /// From 1.
    public let worker: Int

    public init(evaluation: Evaluation, seconds: Double, worker: Int) {
        self.evaluation = evaluation
        self.seconds = seconds
        self.worker = worker
    }
}
