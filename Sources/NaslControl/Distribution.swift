#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The probabilities softmax(logits + priors) of the alternatives of a site; what has the prior -infinity has none. Filled again and again, so
/// that nothing is allocated.
struct Distribution {
    /// Logits and priors, and the exponentials of those less the largest.
    private var sums: [Double] = []
    private var weights: [Double] = []
    private var total = 0.0
    private var normal = 0.0

    mutating func set(_ logPriors: [Double], logit: (Int) -> Double) {
        sums.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        var highest = -Double.infinity
        for (slot, prior) in logPriors.enumerated() {
            let sum = prior == -.infinity ? prior : logit(slot) + prior
            sums.append(sum)
            highest = max(highest, sum)
        }
        total = 0
        for sum in sums {
            let weight = sum == -.infinity ? 0 : exp(sum - highest)
            weights.append(weight)
            total += weight
        }
        normal = highest + log(total)
    }

    /// The logarithm of an alternative's probability.
    func logProbability(_ alternative: Int) -> Double { sums[alternative] - normal }

    var probabilities: [Double] { weights.map { $0 / total } }
}
