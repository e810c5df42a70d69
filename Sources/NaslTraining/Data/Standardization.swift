/// What was done to the features of a data set: from each the mean of its column was taken away, then it was divided by the deviation.
/// Both are those of the training part, so that nothing of the other parts is known in training.
public struct Standardization: Hashable, Sendable {
    /// One for each number of an example.
    public let means: [Double]
    /// Root of the mean squared distance from the mean; 1 for a column in which all numbers are equal.
    public let deviations: [Double]

    /// - Parameter factor: features are multiplied by it first.
    init(_ features: Numbers, width: Int, rows: [Int], factor: Double) {
        switch features {
        case .floats(let numbers): self.init(numbers, width, rows, factor)
        case .doubles(let numbers): self.init(numbers, width, rows, factor)
        }
    }

    /// Two passes: the squares are of distances from the mean, which keeps their digits.
    private init<Number: BinaryFloatingPoint>(_ numbers: [Number], _ width: Int, _ rows: [Int], _ factor: Double) {
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        let count = Double(max(1, rows.count))
        numbers.withUnsafeBufferPointer { numbers in
            for row in rows {
                for column in 0..<width { sums[column] += Double(numbers[row * width + column]) * factor }
            }
            for column in 0..<width { sums[column] /= count }
            for row in rows {
                for column in 0..<width {
                    let distance = Double(numbers[row * width + column]) * factor - sums[column]
                    squares[column] += distance * distance
                }
            }
        }
        means = sums
        deviations = zip(squares, sums).map { square, mean in
            let deviation = (square / count).squareRoot()
            // Equal numbers whose mean was rounded.
            return deviation > 1e-12 * mean.magnitude ? deviation : 1
        }
    }
}
