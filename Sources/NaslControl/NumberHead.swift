#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a policy makes of a site where numbers are drawn: two outputs of its network are the mean and the deviation of a truncated normal on the
/// site's own scale, the logarithm's for `log_real`. A number on a continuous scale is drawn from it. The whole numbers of an `int`, if they are more than
/// a few, have its logarithm beside a logit of their own, so that neighbours learn from each other.
struct NumberHead {
    /// Of the mean's output; that of the deviation is the next.
    let column: Int
    /// How many whole numbers there are; nil on a continuous scale.
    let count: Int?

    /// So many whole numbers have a logit each and nothing else: with 30 or less, normals beside them find nothing better; with 100, `ppo` does.
    static let few = 32

    /// A deviation is at most so many powers of e from that at the start: 0.1 % of it.
    private static let reach = 7.0

    /// - Parameters:
    ///   - outputs: for the mean and for the deviation; any numbers.
    ///   - spread: the deviation at the start, in widths of the scale.
    static func normal(_ outputs: (Double, Double), spread: Double) -> TruncatedNormal {
        TruncatedNormal(mean: tanh(outputs.0), deviation: 2 * spread * exp(reach * tanh(outputs.1 / reach)))
    }

    /// Derivatives by the outputs from those by the mean and the logarithm of the deviation.
    static func slopes(_ slopes: TruncatedNormal.Slopes, _ outputs: (Double, Double)) -> (Double, Double) {
        let (mean, power) = (tanh(outputs.0), tanh(outputs.1 / reach))
        return (slopes.mean * (1 - mean * mean), slopes.logDeviation * (1 - power * power))
    }

    /// Where a whole number lies in -1 ... 1.
    func place(_ alternative: Int) -> Double { (count ?? 1) > 1 ? 2 * Double(alternative) / Double((count ?? 1) - 1) - 1 : 0 }

    /// What the normal adds to the logit of a whole number.
    func logit(_ alternative: Int, _ normal: TruncatedNormal) -> Double {
        let z = (place(alternative) - normal.mean) / normal.deviation
        return -z * z / 2
    }

    /// The derivatives of that.
    func logitSlopes(_ alternative: Int, _ normal: TruncatedNormal) -> TruncatedNormal.Slopes {
        let z = (place(alternative) - normal.mean) / normal.deviation
        return (z / normal.deviation, z * z)
    }
}
