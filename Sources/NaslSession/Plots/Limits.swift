/// What an axis shows: from `lower` to `upper`, both finite, `lower` the smaller.
package struct Limits: Sendable, Hashable {
    package let lower: Double
    package let upper: Double

    package init(_ lower: Double, _ upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// 0 at the lower end, 1 at the upper; far outside no more than that it is far outside. Halves, since the span of two large
    /// numbers may be none.
    package func fraction(_ value: Double) -> Double {
        let fraction = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
        return min(max(fraction, -1e6), 1e6)
    }

    /// Room for the numbers from `lower` to `upper`: a little more at both ends. Numbers that are equal to 12 digits get an axis around
    /// them, for ticks closer than that could not be told apart.
    package static func around(_ lower: Double, _ upper: Double, margin: Double = 0.04) -> Limits {
        let size = max(abs(lower), abs(upper))
        let half = upper / 2 - lower / 2
        if half <= size * 1e-12 || half < 1e-290 {
            let center = lower / 2 + upper / 2
            let reach = size < 1e-280 ? 1 : size / 2
            return Limits(finite(center - reach), finite(center + reach))
        }
        let below = finite(lower - 2 * margin * half)
        // Numbers that are all positive get no room below zero.
        return Limits(lower > 0 ? max(0, below) : below, finite(upper + 2 * margin * half))
    }

    private static func finite(_ number: Double) -> Double {
        min(max(number, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }
}

/// What part of a series is worth showing.
package struct ShownRange: Sendable, Hashable {
    package var lower: Double
    package var upper: Double
    /// Whether something lies outside.
    package var isCut: Bool

    /// The range of `numbers`, those that are not finite left out; nil where all are.
    ///
    /// A pole must not squash the rest: where all numbers together reach more than eight times as far as nine tenths of them (5 % to
    /// 95 %), the range is that of the middle eight tenths and three quarters of it to both sides.
    package init?(_ numbers: [Double]) {
        var (first, last) = (Double.infinity, -Double.infinity)
        for number in numbers where number.isFinite { (first, last) = (min(first, number), max(last, number)) }
        guard first <= last else { return nil }
        (lower, upper, isCut) = (first, last, false)
        // Of very many numbers every so manieth tells enough about the middle.
        let sorted = stride(from: 0, to: numbers.count, by: max(1, numbers.count / 100_000)).map { numbers[$0] }.filter(\.isFinite).sorted()
        guard !sorted.isEmpty else { return }
        func quantile(_ share: Double) -> Double { sorted[Int((Double(sorted.count - 1) * share).rounded())] }
        let most = quantile(0.95) / 2 - quantile(0.05) / 2
        guard sorted.count >= 20, most > 0, last / 2 - first / 2 > 8 * most else { return }
        let (low, high) = (quantile(0.1), quantile(0.9))
        let reach = 0.75 * (high - low)
        guard reach > 0, reach.isFinite else { return }
        lower = max(first, low - reach)
        upper = min(last, high + reach)
        isCut = lower > first || upper < last
    }

    /// The range that holds both.
    package func union(_ other: ShownRange) -> ShownRange {
        var result = self
        result.lower = min(lower, other.lower)
        result.upper = max(upper, other.upper)
        result.isCut = isCut || other.isCut
        return result
    }
}
