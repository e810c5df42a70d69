import NaslRandom

/// How the examples of a file become training, validation and test part.
///
///     let splitting = try Splitting([0.6, 0.2, 0.2], seed: 1)
///
/// Rows are put in random order first (the same for the same seed and number of rows), or stay in the order of the file: for measurements
/// over time the last ones are the test.
public struct Splitting: Hashable, Sendable {
    public let fractions: [Double]
    public let seed: Int
    public let shuffles: Bool

    /// - Parameters:
    ///   - fractions: training, validation and test; two are training and validation, with no test part or one from a file of its own.
    ///   - hasOwnTest: the test part comes from its own file, so there must be two fractions.
    /// - Throws: in the words of the user.
    public init(_ fractions: [Double], seed: Int = 0, shuffles: Bool = true, hasOwnTest: Bool = false) throws(SplittingError) {
        guard (2...3).contains(fractions.count) else {
            throw SplittingError("`split` should have three parts (training, validation, test) or two, but it has \(fractions.count)")
        }
        guard fractions.count == 2 || !hasOwnTest else {
            throw SplittingError("`split` should have two parts (training, validation), since the test part has a file of its own, but it has 3")
        }
        for (part, fraction) in zip(["training", "validation", "test"], fractions) {
            let isGood = fraction <= 1 && (part == "test" ? fraction >= 0 : fraction > 0)
            guard isGood else {
                throw SplittingError("the \(part) part of `split` should be \(part == "test" ? "from" : "above") 0 \(part == "test" ? "to" : "and at most") 1, but it is \(Splitting.text(fraction))")
            }
        }
        let sum = fractions.reduce(0, +)
        guard abs(sum - 1) < 1e-6 else { throw SplittingError("the parts of `split` should add up to 1, but they add up to \(Splitting.text(sum))") }
        self.fractions = fractions
        self.seed = seed
        self.shuffles = shuffles
    }

    private init(standard fractions: [Double], _ seed: Int, _ shuffles: Bool) {
        self.fractions = fractions
        self.seed = seed
        self.shuffles = shuffles
    }

    /// 80 % training, 10 % validation, 10 % test; 90 % and 10 % where the test part has a file of its own.
    public static func standard(seed: Int = 0, shuffles: Bool = true, hasOwnTest: Bool = false) -> Splitting {
        Splitting(standard: hasOwnTest ? [0.9, 0.1] : [0.8, 0.1, 0.1], seed, shuffles)
    }

    /// The rows of each part.
    func positions(_ count: Int, file: String) throws(DataError) -> (train: [Int], validation: [Int], test: [Int]) {
        let hasTest = fractions.count == 3 && fractions[2] > 0
        let parts = hasTest ? 3 : 2
        guard count >= parts else {
            throw DataError(file: file, found: "\(count) example\(count == 1 ? "" : "s")", expected: "at least \(parts), one for each part")
        }
        // Rounded, but none is empty.
        let first = min(max(1, Int((Double(count) * fractions[0]).rounded())), count - parts + 1)
        let second = hasTest ? min(max(first + 1, Int((Double(count) * (fractions[0] + fractions[1])).rounded())), count - 1) : count
        var order = Array(0..<count)
        if shuffles {
            var stream = RandomStream(seed: seed, "data", "split")
            order = stream.permutation(count)
        }
        return (Array(order[..<first]), Array(order[first..<second]), Array(order[second...]))
    }

    private static func text(_ number: Double) -> String {
        let rounded = (number * 1e6).rounded() / 1e6
        return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
    }
}

/// What is wrong with a splitting, as a sentence.
public struct SplittingError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
