import NaslExpr

/// The numbers that a piece of a program may give: two ends, and whether 0 may be among them.
///
/// Ends are what cannot be passed, not what is reached: `exp` of anything lies between 0 and infinity without being 0. NaN is no number
/// and stands for nothing here, so an interval says what comes out where all is well.
package struct Interval: Hashable, Sendable {
    package var low: Double
    package var high: Double
    /// Never where 0 lies outside.
    package private(set) var hasZero: Bool

    package init(_ low: Double, _ high: Double, hasZero: Bool = true) {
        self.low = low
        self.high = high
        self.hasZero = hasZero && low <= 0 && high >= 0
    }

    package static func number(_ value: Double) -> Interval { Interval(value, value) }
    package static let everything = Interval(-.infinity, .infinity)
    /// Nothing can come out (yet).
    package static let nothing = Interval(.infinity, -.infinity)

    package var isNothing: Bool { low > high || low.isNaN || high.isNaN }
    package var isNumber: Bool { low == high }

    package func union(_ other: Interval) -> Interval {
        if isNothing { return other }
        if other.isNothing { return self }
        return Interval(min(low, other.low), max(high, other.high), hasZero: hasZero || other.hasZero)
    }

    /// Ends that have moved go on to the next of a few marks, so that growing ends.
    package func widened(from earlier: Interval) -> Interval {
        if earlier.isNothing { return self }
        let low = low < earlier.low ? [1, 0, -1].first { $0 <= self.low } ?? -.infinity : low
        let high = high > earlier.high ? [-1, 0, 1].first { $0 >= self.high } ?? .infinity : high
        return Interval(low, high, hasZero: hasZero)
    }
}
