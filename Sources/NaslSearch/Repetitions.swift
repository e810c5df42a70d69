/// The rewards of one program so far.
public struct Repetitions: Sendable {
    /// Their mean; nil where one of them failed.
    public private(set) var reward: Double?
    /// Empty where there was but one evaluation.
    public private(set) var rewards: [Double]

    public init(reward: Double?, rewards: [Double]) {
        self.reward = reward
        self.rewards = rewards
    }

    /// - Returns: the status and the reason where the repetition failed, and with it the trial.
    public mutating func add(_ repetition: Repetition) -> (status: Status, reason: String)? {
        guard let reward else { return nil }
        guard let another = repetition.evaluation.reward else {
            self.reward = nil
            // What a cheap test rejects now it did not reject at first: the trial counts.
            let status = repetition.evaluation.status == .rejected ? Status.failed : repetition.evaluation.status
            return (status, "repetition \(repetition.number): \(repetition.evaluation.reason ?? "no reward")")
        }
        if rewards.isEmpty { rewards = [reward] }
        rewards.append(another)
        self.reward = Statistics.mean(rewards)
        return nil
    }
}
