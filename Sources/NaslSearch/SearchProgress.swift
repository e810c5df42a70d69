/// How far a run is, as sent to its callback.
public struct SearchProgress: Sendable {
    /// Trials told so far, those of the round in flight included.
    public var done: Int
    public var total: Int
    /// All that was drawn in the rounds that are done, repeats among them.
    public var proposals: Int
    /// Programs that a cheap test of the task has given up.
    public var rejected: Int
    /// The highest reward so far and its program.
    public var best: (reward: Double, text: String)?
    /// The mean reward of the last trials (50 at most) that did not fail.
    public var meanRecent: Double?
    /// Of this session of the run; nil until the first trial is done.
    public var trialsPerSecond: Double?
    /// At that speed; nil until there is one.
    public var secondsLeft: Double?
    /// Trials without a reward.
    public var failures: Int
    /// Whether a round has just been folded (and not only the clock has ticked).
    public var isEndOfRound: Bool

    public init(
        done: Int, total: Int, proposals: Int = 0, rejected: Int = 0, best: (reward: Double, text: String)? = nil, meanRecent: Double? = nil, trialsPerSecond: Double? = nil,
        secondsLeft: Double? = nil, failures: Int = 0, isEndOfRound: Bool = true
    ) {
        self.done = done
        self.total = total
        self.proposals = proposals
        self.rejected = rejected
        self.best = best
        self.meanRecent = meanRecent
        self.trialsPerSecond = trialsPerSecond
        self.secondsLeft = secondsLeft
        self.failures = failures
        self.isEndOfRound = isEndOfRound
    }
}
