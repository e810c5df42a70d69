import BigInt
import NaslExpr

/// What is summed over the derivations of a program: products along a derivation, sums over derivations (Goodman, "Semiring Parsing",
/// Computational Linguistics 25, 1999).
protocol DerivationSum: Sendable {
    /// One choice, as it is taken.
    init(choice: Int, logProbability: Double)
    mutating func add(_ other: Self)
    func followed(by other: Self) -> Self
}

/// How likely they are together, and how many.
struct DerivationMass: DerivationSum {
    private(set) var logProbability: Double
    private(set) var count: BigInt

    init(choice: Int, logProbability: Double) {
        self.logProbability = logProbability
        count = 1
    }

    mutating func add(_ other: DerivationMass) {
        let high = max(logProbability, other.logProbability), low = min(logProbability, other.logProbability)
        if high > -.infinity { logProbability = high + logarithm(1 + exponential(low - high)) }
        count += other.count
    }

    func followed(by other: DerivationMass) -> DerivationMass {
        var result = self
        result.logProbability += other.logProbability
        result.count *= other.count
        return result
    }
}

/// The derivations themselves.
struct DerivationList: DerivationSum {
    private(set) var choices: [[Int]]

    init(choice: Int, logProbability: Double) { choices = [[choice]] }

    mutating func add(_ other: DerivationList) { choices += other.choices }

    func followed(by other: DerivationList) -> DerivationList {
        var result = self
        result.choices = choices.flatMap { first in other.choices.map { first + $0 } }
        return result
    }
}
