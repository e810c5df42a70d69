#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A marked place of an axis.
package struct Tick: Sendable, Hashable {
    package let value: Double
    package let label: String
}

/// Readable places for ticks: multiples of 1, 2 or 5 times a power of ten.
///
///     Ticks.choose(Limits(-4, 4), atMost: 5).map(\.label)      // -4 -2 0 2 4
///     Ticks.choose(Limits(0, 1), atMost: 3).map(\.label)       // 0.0 0.5 1.0
package enum Ticks {
    /// As many ticks as fit in `count`, lowest first; none where the limits hold none.
    package static func choose(_ limits: Limits, atMost count: Int, isWhole: Bool = false) -> [Tick] {
        let half = limits.upper / 2 - limits.lower / 2
        guard half > 0, half.isFinite, count > 0 else { return [] }
        var exponent = Int(log10(half / Double(count)).rounded(.down))
        if isWhole { exponent = max(0, exponent) }
        while exponent <= 308 {
            for factor in [1, 2, 5] {
                guard let range = multiples(of: factor, exponent, in: limits), range.count <= count else { continue }
                return labelled(range.map { $0 * factor }, exponent)
            }
            exponent += 1
        }
        return []
    }

    /// Which multiples of `factor` times 10 to the `exponent` lie within the limits; nil where they are too many to be counted.
    private static func multiples(of factor: Int, _ exponent: Int, in limits: Limits) -> ClosedRange<Int>? {
        // A step beyond the largest number is halved on both sides.
        let step = Double(factor) * pow(10, Double(exponent)) / 2
        guard step > 0, step.isFinite else { return nil }
        let first = (limits.lower / 2 / step - 1e-9).rounded(.up)
        let last = (limits.upper / 2 / step + 1e-9).rounded(.down)
        guard abs(first) < 1e15, abs(last) < 1e15, let low = Int(exactly: first), let high = Int(exactly: last), low <= high else { return nil }
        return low...high
    }

    /// The numbers `wholes` times 10 to the `exponent`, written alike: with as many digits after the point, or with an exponent where
    /// that is shorter.
    private static func labelled(_ wholes: [Int], _ exponent: Int) -> [Tick] {
        let plain = wholes.map { plainText($0, exponent) }
        let scientific = wholes.map { scientificText($0, exponent) }
        let (width, other) = (plain.map(\.count).max() ?? 0, scientific.map(\.count).max() ?? 0)
        let labels = width <= 6 || width <= other ? plain : scientific
        return zip(wholes, labels).map { whole, label in
            // One rounding: 3 / 10 is 0.3, while 3 * 0.1 is not.
            let value = exponent < 0 ? Double(whole) / pow(10, Double(-exponent)) : Double(whole) * pow(10, Double(exponent))
            return Tick(value: value, label: label)
        }
    }

    private static func plainText(_ whole: Int, _ exponent: Int) -> String {
        if exponent >= 0 { return whole == 0 ? "0" : String(whole) + String(repeating: "0", count: exponent) }
        var digits = String(whole.magnitude)
        if digits.count <= -exponent { digits = String(repeating: "0", count: 1 - exponent - digits.count) + digits }
        return "\(whole < 0 ? "-" : "")\(digits.dropLast(-exponent)).\(digits.suffix(-exponent))"
    }

    private static func scientificText(_ whole: Int, _ exponent: Int) -> String {
        guard whole != 0 else { return "0" }
        let digits = String(whole.magnitude)
        var rest = digits.dropFirst()
        while rest.last == "0" { rest = rest.dropLast() }
        let power = exponent + digits.count - 1
        return "\(whole < 0 ? "-" : "")\(digits.prefix(1))\(rest.isEmpty ? "" : ".")\(rest)\(power == 0 ? "" : "e\(power)")"
    }
}
