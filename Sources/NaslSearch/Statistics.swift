#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The few statistics that comparing candidates takes.
///
///     Statistics.pairedTest([1.2, 1.4, 1.1], [1.0, 1.1, 1.0])?.p
public enum Statistics {
    /// The mean; nil of no values. Where all are equal it is not rounded, so that their deviation is 0.
    public static func mean(_ values: [Double]) -> Double? {
        guard let first = values.first else { return nil }
        return values.allSatisfy { $0 == first } ? first : values.reduce(0, +) / Double(values.count)
    }

    /// The sample standard deviation (divisor n - 1); nil below two values.
    public static func deviation(_ values: [Double]) -> Double? {
        guard values.count > 1, let mean = mean(values) else { return nil }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }

    /// What a paired test found.
    public struct TestResult: Sendable, Hashable {
        /// The mean of the differences.
        public let difference: Double
        /// Student's t; infinite where all differences are the same and not zero.
        public let t: Double
        public let degreesOfFreedom: Int
        /// Two-sided.
        public let p: Double
    }

    /// Student's paired t-test of `first - second`, two-sided; nil below two pairs.
    public static func pairedTest(_ first: [Double], _ second: [Double]) -> TestResult? {
        let differences = zip(first, second).map(-)
        guard let mean = mean(differences), let deviation = deviation(differences) else { return nil }
        let freedom = differences.count - 1
        if deviation == 0 {
            return TestResult(difference: mean, t: mean == 0 ? 0 : .infinity * mean, degreesOfFreedom: freedom, p: mean == 0 ? 1 : 0)
        }
        let t = mean / (deviation / Double(differences.count).squareRoot())
        return TestResult(difference: mean, t: t, degreesOfFreedom: freedom, p: studentTail(t, freedom: Double(freedom)))
    }

    /// The probability that Student's t with `freedom` degrees of freedom is at least `|t|` away from zero (DLMF 8.17 with
    /// x = freedom / (freedom + t^2)).
    public static func studentTail(_ t: Double, freedom: Double) -> Double {
        t.isInfinite ? 0 : incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
    }

    /// Holm's step-down correction: the p-values to set against one level so that the chance of any false alarm stays below it
    /// (Holm: "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979).
    public static func holm(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var corrected = values
        var largest = 0.0
        for (rank, slot) in order.enumerated() {
            largest = max(largest, min(1, values[slot] * Double(values.count - rank)))
            corrected[slot] = largest
        }
        return corrected
    }
}
