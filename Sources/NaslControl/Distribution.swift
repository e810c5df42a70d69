#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Natural logarithms; -infinity of 0.
func logarithms(_ values: [Double]) -> [Double] { values.map { log($0) } }

func exponentials(_ values: [Double]) -> [Double] { values.map { exp($0) } }

/// The logarithms of the probabilities softmax(logits + priors); entries whose prior is -infinity keep it.
func logSoftmax(_ logits: [Double], _ logPriors: [Double]) -> [Double] {
    let sums = zip(logits, logPriors).map(+)
    let highest = sums.max() ?? 0
    let total = highest + log(sums.reduce(0) { $0 + exp($1 - highest) })
    return sums.map { $0 - total }
}

/// The entry that the uniform number `u` in [0, 1) falls on, by the inverse of the cumulated probabilities. Never one of
/// probability 0.
func drawn(_ logProbabilities: [Double], _ u: Double) -> Int {
    var cumulated = 0.0
    var last = 0
    for (entry, value) in logProbabilities.enumerated() where value > -.infinity {
        cumulated += exp(value)
        last = entry
        if u < cumulated { return entry }
    }
    // Rounding has left the sum a little below 1.
    return last
}
