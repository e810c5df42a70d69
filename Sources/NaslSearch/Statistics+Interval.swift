extension Statistics {
    /// Half the width of the 95 % interval of a mean by Student's t: the mean lies within it in 95 of 100 samples of normal values; nil
    /// below two values.
    ///
    ///     Statistics.margin([1, 2, 3])   // 2.484
    public static func margin(_ values: [Double]) -> Double? {
        guard let deviation = deviation(values) else { return nil }
        return studentQuantile(tail: 0.05, freedom: Double(values.count - 1)) * deviation / Double(values.count).squareRoot()
    }

    /// The t that Student's t is at least as far away from zero as with this probability, by halving an interval.
    static func studentQuantile(tail: Double, freedom: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        while studentTail(high, freedom: freedom) > tail, high < 1e12 { high *= 2 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if studentTail(middle, freedom: freedom) > tail { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
