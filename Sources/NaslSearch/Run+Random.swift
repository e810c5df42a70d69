/// What so many random draws would find, from a sample of them.
public struct RandomDraws: Sendable {
    /// In rising order; a draw that failed counts as the worst of the others.
    private let rewards: [Double]

    public var count: Int { rewards.count }

    /// Of a sum of probabilities.
    private static let rounding = 1e-9

    /// Nil where no draw has a reward.
    public init?(_ trials: some Collection<Trial>) {
        guard let worst = trials.compactMap(\.reward).min() else { return nil }
        rewards = trials.map { $0.reward ?? worst }.sorted()
    }

    /// What the best of so many draws is.
    public struct Best: Sendable, Hashable {
        public let median: Double
        /// It lies between these with a probability of 80 %; nil where so many draws are more than half of the sample, which then says little.
        public let range: ClosedRange<Double>?
    }

    /// Quantiles of the best of `draws` different ones of the sample, exactly: with m draws in rising order the best of n is the k-th at most
    /// with probability C(k, n) / C(m, n). Nil where the sample holds fewer.
    public func best(of draws: Int) -> Best? {
        guard draws >= 1, draws <= rewards.count else { return nil }
        // That the k-th is the best, from the last k downwards.
        var probability = Double(draws) / Double(rewards.count)
        var below = 1.0
        var (low, median, high) = (rewards[draws - 1], rewards[draws - 1], rewards[draws - 1])
        var isFound = (median: false, high: false)
        for rank in stride(from: rewards.count, through: draws, by: -1) {
            below -= probability
            if !isFound.high, below < 0.9 - RandomDraws.rounding { (high, isFound.high) = (rewards[rank - 1], true) }
            if !isFound.median, below < 0.5 - RandomDraws.rounding { (median, isFound.median) = (rewards[rank - 1], true) }
            if below < 0.1 - RandomDraws.rounding {
                low = rewards[rank - 1]
                break
            }
            if rank > 1 { probability *= Double(rank - draws) / Double(rank - 1) }
        }
        return Best(median: median, range: 2 * draws <= rewards.count ? low...high : nil)
    }
}

extension Run {
    /// The trials that were drawn by the grammar's weights: all of random search, of other methods the first round, before they had learned
    /// anything (a policy's first weights move the probabilities a little). None where the method does not draw at first.
    public var randomTrials: ArraySlice<Trial> {
        switch algorithm.prefix(while: { $0 != "(" }) {
        case "random": trials[...]
        case "exhaustive": []
        default: trials.prefix { $0.round == 0 && (fullBudget == nil || $0.budget == fullBudget) }
        }
    }
}
