#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Turns rewards of any scale into advantages by their ranks among the latest ones ("fitness shaping": Wierstra et al., "Natural evolution
/// strategies", JMLR 15, 2014, section 3.1).
///
/// The k-th best of n rewards has the utility `max(0, log(n / 2 + 1) - log k)`, less the mean of all, in their deviations: the worse half are all as
/// bad, and of the better half the best count most. Where most programs fail or earn next to nothing, deviations from a mean tell a good program
/// from those, and hardly from a better one; ranks do.
public struct RewardRanks: Sendable, Hashable {
    /// Rewards before a round that its own are ranked among.
    public let window: Int
    /// The latest ones, the oldest first; -infinity stands for a failure.
    public private(set) var past: [Double]

    public init(window: Int, past: [Double] = []) {
        self.window = max(0, window)
        self.past = past
    }

    /// The advantages of one round, which then joins the past. Failures (nil) share the last rank. Equal rewards have the mean of their utilities,
    /// so that rewards which all are equal give 0.
    public mutating func advantages(_ rewards: [Double?]) -> [Double] {
        let own = rewards.map { reward in reward.flatMap { $0.isFinite ? $0 : nil } ?? -.infinity }
        let all = past + own
        let utilities = RewardRanks.utilities(all.count)
        let ranked = all.sorted(by: >)
        var utility: [Double: Double] = [:]
        var first = 0
        while first < ranked.count {
            let end = ranked[first...].firstIndex { $0 != ranked[first] } ?? ranked.count
            utility[ranked[first]] = utilities[first..<end].reduce(0, +) / Double(end - first)
            first = end
        }
        past = Array(all.suffix(window))
        return own.map { utility[$0] ?? 0 }
    }

    /// Of the ranks 1 ... `count`, with the mean 0 and the deviation 1.
    private static func utilities(_ count: Int) -> [Double] {
        guard count > 1 else { return [Double](repeating: 0, count: count) }
        let raw = (1...count).map { max(0, log(Double(count) / 2 + 1) - log(Double($0))) }
        let mean = raw.reduce(0, +) / Double(count)
        let deviation = (raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
        return raw.map { ($0 - mean) / deviation }
    }
}
