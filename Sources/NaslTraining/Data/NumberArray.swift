/// An array from a file of numbers (IDX, NPY), and what it can be in a data set: features or labels.
package struct NumberArray: Sendable {
    /// The name for errors.
    package let file: String
    package let shape: [Int]
    package let numbers: Numbers
    /// Whether the file declares whole numbers (or truth values).
    package let isInteger: Bool

    /// Examples from an array of them and one of their labels.
    ///
    /// - Parameter addsChannel: pictures `[count, height, width]` get a channel axis of length 1.
    package static func examples(_ features: NumberArray, _ labels: NumberArray, addsChannel: Bool) throws(DataError) -> Examples {
        let count = features.shape.first ?? 0
        guard features.shape.count >= 2 else {
            throw DataError(file: features.file, found: "the shape \(features.shape)", expected: "examples along the first axis and their numbers along others")
        }
        // A column of labels is as good as a list.
        let length = labels.shape.last == 1 && labels.shape.count == 2 ? Array(labels.shape.dropLast()) : labels.shape
        guard length == [count] else {
            throw DataError(file: labels.file, found: "the shape \(labels.shape)", expected: "[\(count)], a label for each example in \(features.file)")
        }
        var shape = Array(features.shape.dropFirst())
        if addsChannel, shape.count == 2 { shape.append(1) }
        let width = shape.reduce(1, *)
        if let (position, number) = features.numbers.firstUnusable() {
            throw DataError(
                file: features.file, row: position / width + 1, found: "\(number)",
                expected: "a number of at most 3.4e38, the \(position % width + 1). of the example")
        }
        if let (position, number) = labels.numbers.firstUnusable() {
            throw DataError(file: labels.file, row: position + 1, found: "\(number)", expected: "a number of at most 3.4e38")
        }
        return try Examples(
            file: features.file, shape: shape, features: features.numbers,
            labels: .numbers(labels.numbers.asDoubles, areIntegers: labels.isInteger))
    }
}

extension IDX {
    /// As features or labels.
    func array(_ file: String) -> NumberArray { NumberArray(file: file, shape: shape, numbers: .floats(values), isInteger: isInteger) }
}
