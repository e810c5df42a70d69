/// How much one candidate's reward lies above another's on the same seeds, with the interval that holds the mean difference with probability 95%
/// (Student's, of the paired differences).
///
///     PairedDifference([1.2, 1.4, 1.1], against: [1.0, 1.1, 1.0])?.low
public struct PairedDifference: Sendable, Hashable {
    public let mean: Double
    public let low: Double
    public let high: Double
    public let pairs: Int
    /// Seeds on which the other succeeded and this one failed.
    public let failures: Int

    /// - Parameter rewards: one for each common seed, nil where the trial failed; the same holds for `reference`.
    /// - Returns: nil below two seeds on which both succeeded.
    public init?(_ rewards: [Double?], against reference: [Double?]) {
        var differences: [Double] = []
        var failures = 0
        for (reward, other) in zip(rewards, reference) {
            guard let other, other.isFinite else { continue }
            if let reward, reward.isFinite { differences.append(reward - other) } else { failures += 1 }
        }
        guard let mean = Statistics.mean(differences), let deviation = Statistics.deviation(differences) else { return nil }
        let reach = deviation == 0 ? 0 : Statistics.studentQuantile(0.975, freedom: Double(differences.count - 1)) * deviation / Double(differences.count).squareRoot()
        (self.mean, low, high, pairs) = (mean, mean - reach, mean + reach, differences.count)
        self.failures = failures
    }

    /// Whether all of the interval lies within `tolerance` of zero: as far as these seeds tell, it makes no difference.
    public func isWithin(_ tolerance: Double) -> Bool { failures == 0 && low >= -tolerance && high <= tolerance }

    /// Whether the interval shows that no more than `tolerance` is lost.
    public func losesAtMost(_ tolerance: Double) -> Bool { failures == 0 && low >= -tolerance }
}
