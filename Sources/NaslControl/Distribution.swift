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

    /// - Parameter exploration: the weight of the priors beside the policy.
    mutating func set(_ logPriors: [Double], exploration: Double, logit: (Int) -> Double) {
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
        guard exploration > 0 else { return }
        for slot in sums.indices {
            sums[slot] = Distribution.mixture(sums[slot] - normal, logPriors[slot], exploration)
            weights[slot] = exp(sums[slot])
        }
        (total, normal) = (1, 0)
    }

    /// A number was drawn on a continuous scale with this density, which is 1 where all of its scale is as likely: it stands for the probability of
    /// the one alternative.
    mutating func set(logDensity: Double, exploration: Double) {
        sums = [exploration > 0 ? Distribution.mixture(logDensity, 0, exploration) : logDensity]
        weights = [exp(sums[0])]
        (total, normal) = (1, 0)
    }

    /// The logarithm of the probability of what a policy draws with the logarithm `own`, where a share of the draws is by the priors instead.
    static func mixture(_ own: Double, _ prior: Double, _ exploration: Double) -> Double {
        prior == -.infinity ? prior : log((1 - exploration) * exp(own) + exploration * exp(prior))
    }

    /// The logarithm of an alternative's probability.
    func logProbability(_ alternative: Int) -> Double { sums[alternative] - normal }

    var probabilities: [Double] { weights.map { $0 / total } }
}
