/// The rewards above a quantile, as advantages: what a search is after is its best program, not its mean (Petersen et al., "Deep symbolic
/// regression: recovering mathematical expressions from data via risk-seeking policy gradients", ICLR 2021, section 3.3).
///
///     let elite = RiskSeeking(quantile: 0.05).elite([0.1, 0.9, nil, 0.5])   // (1, ...)
package struct RiskSeeking {
    /// The share of a round that is learned from.
    package let quantile: Double
    /// Whether advantages are distances in deviations of the elite, so that rewards of any scale serve and equal ones are all learned; otherwise they are
    /// the distances themselves, as in the paper, for rewards between 0 and 1: where a policy has settled they vanish, and entropy opens it again.
    package let isStandardized: Bool

    package init(quantile: Double, isStandardized: Bool = true) { (self.quantile, self.isStandardized) = (quantile, isStandardized) }

    /// The slots whose reward is at least the (1 - quantile)-quantile of the round (the higher of two neighbours, at least one slot), and how
    /// far each lies above it. Failures (nil) count as the worst.
    package func elite(_ rewards: [Double?]) -> [(slot: Int, advantage: Double)] {
        let ranked = rewards.enumerated().compactMap { slot, reward in reward.flatMap { $0.isFinite ? (slot, $0) : nil } }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        guard !ranked.isEmpty else { return [] }
        let count = max(1, min(ranked.count, Int((quantile * Double(rewards.count)).rounded(.up))))
        let bound = ranked[count - 1].1
        let elite = ranked.prefix { $0.1 >= bound }
        let distances = elite.map { $0.1 - bound }
        if !isStandardized { return zip(elite, distances).map { ($0.0, $1) } }
        let scale = (distances.reduce(0) { $0 + $1 * $1 } / Double(distances.count)).squareRoot()
        // Equal ones are all as good: each is what the policy should do.
        guard scale > 0, scale.isFinite else { return elite.map { ($0.0, 1) } }
        return zip(elite, distances).map { ($0.0, min($1 / scale, RiskSeeking.limit)) }
    }

    /// One enormous reward must not throw the policy.
    private static let limit = 3.0
}
