import BigInt
import NaslExpr

/// A drawn program with its derivation.
public struct Sample: Hashable, Sendable {
    public let program: Expr
    /// One choice per draw, in reading order, a function before its arguments: the number of an alternative, or a number on a continuous
    /// scale by its ``RealRange/choice(_:)``.
    public let choices: [Int]
    /// Natural logarithm of the derivation's probability under the grammar's weights.
    public let logProbability: Double
}

/// How many derivations a space holds.
public enum Count: Hashable, Sendable, CustomStringConvertible {
    case finite(BigInt)
    /// Finite, with more than 300,000 digits.
    case huge
    case infinite

    public var description: String {
        switch self {
        case .finite(let count): count.description
        case .huge: "more than 10^300000"
        case .infinite: "infinite"
        }
    }
}

/// Choices that are no derivation of the space.
public struct ChoiceError: Error, Sendable, CustomStringConvertible {
    /// The choice concerned, from 0.
    public let index: Int
    /// `` "choice 3 is 7, but `E` has 4 alternatives" ``.
    public let description: String
}
