/// Examples that are rows of numbers, each with a class or a number to predict.
public struct Rows: Sendable {
    /// Values in a row.
    public let width: Int
    /// `[count, width]`, row-major.
    public let features: [Float]
    /// The class of each row; empty where numbers are predicted.
    public let labels: [Int32]
    /// The number to predict for each row; empty where rows have classes.
    public let numbers: [Float]

    public var count: Int { max(labels.count, numbers.count) }

    public init(width: Int, features: [Float], labels: [Int32]) {
        self.width = width
        self.features = features
        self.labels = labels
        numbers = []
    }

    public init(width: Int, features: [Float], numbers: [Float]) {
        self.width = width
        self.features = features
        self.numbers = numbers
        labels = []
    }

    /// Throws unless the rows are as wide as `shape`, and each has a class below `classes` (a number, where that is 0).
    func check(_ name: String, shape: [Int], classes: Int) throws(DataError) {
        guard shape.allSatisfy({ $0 > 0 }), width == shape.reduce(1, *), features.count == width * count else {
            throw DataError(file: name, found: "\(features.count) values in \(count) rows of \(width)", expected: "rows of the shape \(shape)")
        }
        guard (classes > 0 ? numbers : labels.map(Float.init)).isEmpty else {
            throw DataError(file: name, found: classes > 0 ? "numbers to predict" : "classes", expected: classes > 0 ? "classes" : "numbers to predict")
        }
        for (row, label) in labels.enumerated() where !(0..<classes).contains(Int(label)) {
            throw DataError(file: name, row: row + 1, found: "the label \(label)", expected: "a whole number from 0 to \(classes - 1)")
        }
    }

    /// The rows at `positions`, in that order.
    public func rows(at positions: [Int]) -> Rows {
        var picked: [Float] = []
        picked.reserveCapacity(positions.count * width)
        for position in positions { picked += features[position * width ..< (position + 1) * width] }
        return labels.isEmpty
            ? Rows(width: width, features: picked, numbers: positions.map { numbers[$0] })
            : Rows(width: width, features: picked, labels: positions.map { labels[$0] })
    }
}
