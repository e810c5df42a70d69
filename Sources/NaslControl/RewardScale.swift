/// Turns rewards of any scale into advantages: how many deviations above the running baseline.
///
/// The baseline is the exponential moving average of past rewards (Zoph & Le 2017, section 3.2; decay 0.95 for each trial as in Zoph
/// et al. 2018, NASNet), the deviation the root of the moving average of squared distances from it. Rewards further than `limit` deviations
/// away are taken as that far, so that one enormous loss can neither make all other differences vanish nor throw the policy. The first
/// rewards start both by median and median absolute deviation.
public struct RewardScale: Sendable, Hashable {
    public let decay: Double
    public let limit: Double
    /// nil until the first reward.
    public private(set) var baseline: Double?
    public private(set) var variance = 0.0

    public init(decay: Double = 0.95, limit: Double = 3) {
        self.decay = decay
        self.limit = limit
    }

    package init(decay: Double, limit: Double, baseline: Double?, variance: Double) {
        self.init(decay: decay, limit: limit)
        self.baseline = baseline
        self.variance = variance
    }

    /// The advantages of one round against the rounds before it, then takes the round into the averages. A failed trial (nil) counts as
    /// the worst reward of its round, and at least one deviation below the baseline. All are finite; equal rewards give 0, and so does
    /// every failure until the first success.
    public mutating func advantages(_ rewards: [Double?]) -> [Double] {
        let finite = rewards.compactMap { $0 }.filter(\.isFinite)
        if baseline == nil || !isSpread { start(finite) }
        guard let center = baseline else { return rewards.map { _ in 0 } }
        // Without a spread only success and failure tell trials apart.
        guard isSpread else { return rewards.map { $0?.isFinite == true ? 0 : -1 } }
        let deviation = variance.squareRoot()
        let bounds = (center - limit * deviation)...(center + limit * deviation)
        func limited(_ reward: Double) -> Double { min(max(reward, bounds.lowerBound), bounds.upperBound) }
        let penalty = min(finite.map(limited).min() ?? center, center - deviation)
        let taken = rewards.map { reward in reward.flatMap { $0.isFinite ? limited($0) : nil } ?? penalty }
        for reward in taken { take(reward) }
        return taken.map { ($0 - center) / deviation }
    }

    private mutating func take(_ reward: Double) {
        guard let before = baseline else { return }
        let distance = reward - before
        baseline = before + (1 - decay) * distance
        variance = decay * variance + (1 - decay) * distance * distance
    }

    /// Whether the deviation is more than rounding.
    private var isSpread: Bool { variance.squareRoot() > 1e-9 * max(abs(baseline ?? 0), 1e-30) && variance.isFinite }

    private mutating func start(_ rewards: [Double]) {
        guard !rewards.isEmpty else { return }
        let middle = RewardScale.median(rewards)
        let deviation = 1.4826 * RewardScale.median(rewards.map { abs($0 - middle) })
        baseline = middle
        variance = deviation * deviation
        // More than half are equal: the others decide.
        if !isSpread { variance = rewards.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(rewards.count) }
        if !variance.isFinite { variance = 0 }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
}
