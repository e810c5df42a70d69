#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslSpace

/// A soft prior on how many choices a program has (Landajuela et al. 2021, "Improving exploration in policy gradient search: application to symbolic
/// optimization", soft length prior; with its constants in Deep Symbolic Optimization: a mean of 10 and a variance of 5).
///
/// Choice t, counted from 0, has  -(t - mean)^2 / (2 deviation^2)  added to the logits of some of its alternatives: before the mean to those that draw
/// nothing further, if the program would end there; from the mean on to those that draw something.
package struct LengthPrior: Sendable, Hashable {
    package var mean: Double
    package var deviation: Double

    package init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
    }

    /// The logarithms of the priors of a choice, which sum to 1 again.
    ///
    /// - Parameter isLast: whether nothing else is left to draw.
    func applied(to logarithms: [Double], at step: Int, isLast: Bool, endings: [Bool]) -> [Double] {
        let distance = (Double(step) - mean) / deviation, penalty = -distance * distance / 2
        let isEarly = Double(step) < mean
        let held = logarithms.indices.map { logarithms[$0] + (isEarly == endings[$0] && (isLast || !isEarly) ? penalty : 0) }
        let highest = held.max() ?? 0
        guard highest > -.infinity else { return logarithms }
        let total = highest + log(held.reduce(0) { $0 + exp($1 - highest) })
        return held.map { $0 - total }
    }
}
