extension Statistics {
    /// Quantile of the normal distribution: a bound of a mean holds with a probability of 95 %.
    static let confidence = 1.6448536269514722

    /// Of rewards between the repetitions of one program, pooled over all; nil where none was evaluated twice.
    public static func pooledDeviation(_ groups: some Sequence<[Double]>) -> Double? {
        var (squares, freedom) = (0.0, 0)
        for rewards in groups where rewards.count > 1 {
            let mean = rewards.reduce(0, +) / Double(rewards.count)
            squares += rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            freedom += rewards.count - 1
        }
        return freedom > 0 ? (squares / Double(freedom)).squareRoot() : nil
    }

    /// What a program is worth at least, with a probability of 95 %, if so many evaluations had this mean.
    public static func lowerBound(_ mean: Double, deviation: Double, count: Int) -> Double { mean - confidence * deviation / Double(count).squareRoot() }
}
