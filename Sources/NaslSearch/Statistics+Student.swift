extension Statistics {
    /// The number that Student's t with `freedom` degrees of freedom stays below with probability `share`, from 0.5 to below 1; by halving.
    public static func studentQuantile(_ share: Double, freedom: Double) -> Double {
        let tail = 2 * (1 - share)
        guard tail > 0 else { return .infinity }
        var (low, high) = (0.0, 1.0)
        while studentTail(high, freedom: freedom) > tail, high < 1e15 { high *= 2 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if studentTail(middle, freedom: freedom) > tail { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
