/// What is known of programs that were evaluated more than once.
extension Run {
    /// What the program is worth at least, with a probability of 95 %; its reward where nothing was evaluated twice, and nil where it has none.
    public func lowerBound(of trial: Trial) -> Double? {
        guard let reward = trial.reward, let deviation else { return trial.reward }
        return Statistics.lowerBound(reward, deviation: deviation, count: trial.evaluations)
    }

    /// Of the task: each trial once, and the repetitions.
    public var evaluations: Int { trials.reduce(0) { $0 + $1.evaluations } }
}
