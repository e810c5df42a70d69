/// One more evaluation of a program, on the random numbers of another repetition.
public struct Repetition: Sendable {
    /// The index of its trial.
    public let trial: Int
    /// From 1; 0 is the trial's first evaluation.
    public let number: Int
    /// The round in which it was made, which may be a later one than the trial's.
    public let round: Int
    public let evaluation: Evaluation
    public let seconds: Double
    public let worker: Int

    public init(trial: Int, number: Int, round: Int, evaluation: Evaluation, seconds: Double, worker: Int) {
        self.trial = trial
        self.number = number
        self.round = round
        self.evaluation = evaluation
        self.seconds = seconds
        self.worker = worker
    }
}
