#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The natural logarithms of priors, -infinity of 0: those of a site are nearly always those it had before.
struct PriorLogarithms {
    private var latest: [(priors: [Double], logarithms: [Double])]

    init(sites: Int) { latest = Array(repeating: ([], []), count: sites) }

    mutating func of(_ priors: [Double], site: Int) -> [Double] {
        if latest[site].priors != priors { latest[site] = (priors, priors.map { log($0) }) }
        return latest[site].logarithms
    }
}

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

    /// The alternative that the uniform number `u` in [0, 1) falls on, by the inverse of the cumulated probabilities. Never one of
    /// probability 0.
    func drawn(_ u: Double) -> Int {
        let point = u * total
        var cumulated = 0.0
        var last = sums.firstIndex { $0 != -.infinity } ?? 0
        for (alternative, weight) in weights.enumerated() where weight > 0 {
            cumulated += weight
            last = alternative
            if point < cumulated { return alternative }
        }
        // Rounding has left the sum a little below the total.
        return last
    }
}
