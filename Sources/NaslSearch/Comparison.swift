/// Candidates set beside one another on common seeds: `compare(task, [relu, swish, f], repeats: 10)`.
///
///     let table = Comparison([("relu", [-2.1, -2.0]), ("swish", [-1.9, -1.9])])
///     table.rows[1].difference   // 0.15
///
/// Every candidate is paired with the first, seed by seed; p-values are two-sided, and `corrected` holds them after Holm's
/// correction over all rows of the table.
public struct Comparison: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public let name: String
        /// By repeat; nil where the trial failed.
        public let rewards: [Double?]
        /// Over the trials that did not fail; nil where all did.
        public let mean: Double?
        /// Sample standard deviation; nil below two trials.
        public let deviation: Double?
        /// Half the width of the 95 % interval of the mean; nil below two trials.
        public let margin: Double?
        /// Mean of (this - first) over the seeds on which both succeeded; nil for the first row and without such a seed.
        public let difference: Double?
        /// Half the width of the 95 % interval of the difference; nil below two pairs.
        public let differenceMargin: Double?
        /// How many seeds that were.
        public let pairs: Int
        /// Two-sided p of the paired t-test; nil below two pairs.
        public let p: Double?
        /// The same after Holm's correction over the rows of the table.
        public internal(set) var corrected: Double?

        public var count: Int { rewards.count }
        public var failures: Int { rewards.count { $0 == nil } }
    }

    public let rows: [Row]

    /// Rewards of each candidate, one for each common seed in the same order; a reward that is not finite counts as failed.
    public init(_ candidates: [(name: String, rewards: [Double?])]) {
        let first = candidates.first?.rewards.map(Comparison.finite) ?? []
        var rows = candidates.enumerated().map { slot, candidate in
            Comparison.row(candidate.name, candidate.rewards.map(Comparison.finite), against: slot == 0 ? nil : first)
        }
        let tested = rows.indices.filter { rows[$0].p != nil }
        for (slot, value) in zip(tested, Statistics.holm(tested.compactMap { rows[$0].p })) { rows[slot].corrected = value }
        self.rows = rows
    }

    private static func finite(_ reward: Double?) -> Double? { reward.flatMap { $0.isFinite ? $0 : nil } }

    private static func row(_ name: String, _ rewards: [Double?], against first: [Double?]?) -> Row {
        let good = rewards.compactMap { $0 }
        var own: [Double] = []
        var other: [Double] = []
        for case (let reward?, let reference?) in zip(rewards, first ?? []) {
            own.append(reward)
            other.append(reference)
        }
        return Row(
            name: name, rewards: rewards, mean: Statistics.mean(good), deviation: Statistics.deviation(good), margin: Statistics.margin(good),
            difference: Statistics.mean(zip(own, other).map(-)), differenceMargin: Statistics.margin(zip(own, other).map(-)), pairs: own.count, p: Statistics.pairedTest(own, other)?.p, corrected: nil)
    }
}
