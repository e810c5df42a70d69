/// The examples of one file (or of several that belong together), before they are split.
package struct Examples: Sendable {
    /// The name for errors.
    let file: String
    /// Of one example.
    let shape: [Int]
    let features: Numbers
    let labels: RawLabels
    /// Names of the features; empty where the file has none.
    var columns: [String] = []

    var width: Int { shape.reduce(1, *) }

    /// - Throws: unless there is a label and enough numbers for each example.
    init(file: String, shape: [Int], features: Numbers, labels: RawLabels, columns: [String] = []) throws(DataError) {
        let width = shape.reduce(1, *)
        guard labels.count > 0 else { throw DataError(file: file, found: "no examples", expected: "at least one") }
        guard width > 0 else { throw DataError(file: file, found: "examples without numbers", expected: "at least one number in each") }
        guard features.count == labels.count * width else {
            throw DataError(file: file, found: "\(features.count / width) examples and \(labels.count) labels", expected: "a label for each example")
        }
        self.file = file
        self.shape = shape
        self.features = features
        self.labels = labels
        self.columns = columns
    }

    /// The examples at `positions`, scaled, in single precision.
    func rows(
        _ labels: Labels, at positions: [Int], factor: Double, _ standardization: Standardization?, watch: LoadingWatch
    ) throws(DataError) -> Rows {
        let picked: [Float]
        switch features {
        case .floats(let numbers): picked = try gather(numbers, positions, factor, standardization, watch)
        case .doubles(let numbers): picked = try gather(numbers, positions, factor, standardization, watch)
        }
        switch labels {
        case .classes(let classes): return Rows(width: width, features: picked, labels: positions.map { classes[$0] })
        case .numbers(let numbers): return Rows(width: width, features: picked, numbers: positions.map { numbers[$0] })
        }
    }

    private func gather<Number: BinaryFloatingPoint>(
        _ numbers: [Number], _ positions: [Int], _ factor: Double, _ standardization: Standardization?, _ watch: LoadingWatch
    ) throws(DataError) -> [Float] {
        let width = width
        var result: [Float] = []
        result.reserveCapacity(positions.count * width)
        let means = standardization?.means ?? []
        let deviations = standardization?.deviations ?? []
        for (done, position) in positions.enumerated() {
            // Nothing is reported: this takes a fraction of the time that reading took.
            if done & 0xfff == 0, watch.isInterrupted() { throw .interrupted(file) }
            let start = position * width
            if standardization != nil {
                for column in 0..<width { result.append(Float((Double(numbers[start + column]) * factor - means[column]) / deviations[column])) }
            } else if factor != 1 {
                for column in 0..<width { result.append(Float(Double(numbers[start + column]) * factor)) }
            } else {
                for column in 0..<width { result.append(Float(numbers[start + column])) }
            }
        }
        if factor.magnitude > 1, let place = result.firstIndex(where: { !$0.isFinite }) {
            throw DataError(file: file, row: positions[place / width] + 1, found: "a number beyond single precision after `scale:`", expected: "at most 3.4e38")
        }
        return result
    }
}
