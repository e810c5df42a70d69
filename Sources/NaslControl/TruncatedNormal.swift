#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A normal distribution truncated to -1 ... 1, with a mean inside.
///
/// Densities are those of the position (x + 1) / 2 in 0 ... 1, so that of a wide one is near 1 everywhere.
struct TruncatedNormal {
    let mean: Double
    let deviation: Double
    /// The ends in deviations from the mean, and the mass between them.
    private let low: Double
    private let high: Double
    private let mass: Double

    /// - Parameters:
    ///   - mean: in -1 ... 1.
    ///   - deviation: positive.
    init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
        (low, high) = ((-1 - mean) / deviation, (1 - mean) / deviation)
        mass = TruncatedNormal.cumulated(high) - TruncatedNormal.cumulated(low)
    }

    private static func cumulated(_ z: Double) -> Double { 0.5 * erf(z * 0.5.squareRoot()) }
    private static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

    /// The logarithm of the density at a position.
    func logDensity(at position: Double) -> Double {
        let z = (2 * position - 1 - mean) / deviation
        return -z * z / 2 - 0.5 * log(2 * Double.pi) - log(deviation * mass) + log(2)
    }

    /// The position below which the share `point` of the distribution lies, by bisection.
    func position(at point: Double) -> Double {
        let sought = TruncatedNormal.cumulated(low) + point * mass
        var (below, above) = (low, high)
        for _ in 0..<60 {
            let middle = below + (above - below) / 2
            if TruncatedNormal.cumulated(middle) < sought { below = middle } else { above = middle }
        }
        return min(max((mean + deviation * below + 1) / 2, 0), 1)
    }

    /// Derivatives by the mean and by the logarithm of the deviation.
    typealias Slopes = (mean: Double, logDeviation: Double)

    /// Of the logarithm of the density at a position.
    func logDensitySlopes(at position: Double) -> Slopes {
        let z = (2 * position - 1 - mean) / deviation
        return ((z + ends.difference) / deviation, z * z - 1 - ends.moment)
    }

    /// -integral of p log p over positions: 0 for a wide one, the lower the narrower.
    var entropy: Double { 0.5 + 0.5 * log(2 * Double.pi) + log(deviation * mass) + ends.moment / 2 - log(2) }

    var entropySlopes: Slopes {
        let (difference, moment) = ends
        let (atLow, atHigh) = (TruncatedNormal.density(low) / mass, TruncatedNormal.density(high) / mass)
        func rest(_ z: Double) -> Double { 1 - z * z }
        let momentByMean = -(rest(low) * atLow - rest(high) * atHigh) + moment * difference
        let momentByDeviation = -(low * rest(low) * atLow - high * rest(high) * atHigh) - moment * moment
        return ((-difference + momentByMean / 2) / deviation, 1 + moment + momentByDeviation / 2)
    }

    /// What the ends contribute: (f(b) - f(a)) / Z and (a f(a) - b f(b)) / Z, with the density f of the standard normal distribution.
    private var ends: (difference: Double, moment: Double) {
        let (atLow, atHigh) = (TruncatedNormal.density(low), TruncatedNormal.density(high))
        return ((atHigh - atLow) / mass, (low * atLow - high * atHigh) / mass)
    }
}
