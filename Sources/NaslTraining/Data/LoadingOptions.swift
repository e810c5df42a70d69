/// What all kinds of files have in common when they become data sets.
public struct LoadingOptions: Sendable {
    /// Nil: from the name of the file.
    public var name: String?
    /// Nil: the standard one.
    public var splitting: Splitting?
    /// Of one example; nil: as the file has it.
    public var shape: [Int]?
    /// True: labels are classes. False: they are numbers to predict. Nil: by the rule of ``Labels``.
    public var classes: Bool?
    /// Features are multiplied by it; nil: bytes of pictures come to lie in 0...1, other numbers stay.
    public var scale: Double?
    /// Whether features get mean 0 and deviation 1 in the training part.
    public var standardizes = false

    public init() {}
}

extension DataSet {
    /// Examples from files, split, scaled, with classes numbered.
    ///
    /// - Parameters:
    ///   - test: the test part, where it has a file of its own.
    ///   - scale: where the options have none.
    convenience init(
        _ examples: Examples, test: Examples?, named name: String, _ options: LoadingOptions, scale: Double = 1, watch: LoadingWatch
    ) throws(DataError) {
        let name = options.name ?? name
        if let test, test.shape != examples.shape {
            throw DataError(file: test.file, found: "examples of the shape \(test.shape)", expected: "\(examples.shape), as in \(examples.file)")
        }
        let shape = options.shape ?? examples.shape
        guard shape.allSatisfy({ $0 > 0 }), shape.count <= 3, LoadingOptions.product(shape) == examples.width else {
            throw DataError(
                file: examples.file, found: "examples of the shape \(examples.shape)",
                expected: options.shape == nil ? "at most 3 axes; `shape:` gives them another shape" : "\(examples.width) numbers in `shape:`, which is \(shape)")
        }
        let (labels, names) = try Labels.decide(
            [examples.labels] + (test.map { [$0.labels] } ?? []), classes: options.classes, file: examples.file)
        let splitting = options.splitting ?? .standard(hasOwnTest: test != nil)
        let parts = try splitting.positions(examples.labels.count, file: examples.file)
        let factor = options.scale ?? scale
        let standardization = options.standardizes
            ? Standardization(examples.features, width: examples.width, rows: parts.train, factor: factor) : nil
        func rows(_ positions: [Int]) throws(DataError) -> Rows {
            try examples.rows(labels[0], at: positions, factor: factor, standardization, watch: watch)
        }
        let train = try rows(parts.train), validation = try rows(parts.validation)
        let last: Rows
        if let test {
            last = try test.rows(labels[1], at: Array(0..<test.labels.count), factor: factor, standardization, watch: watch)
        } else {
            last = try rows(parts.test)
        }
        try self.init(
            name: name, shape: shape, classes: names.count, train: train, validation: validation, test: last, classNames: names,
            columns: examples.columns, standardization: standardization)
    }
}

extension LoadingOptions {
    /// The product of lengths; nil where it is beyond all measure.
    static func product(_ shape: [Int]) -> Int? {
        var result = 1
        for length in shape {
            let (product, overflow) = result.multipliedReportingOverflow(by: length)
            if overflow { return nil }
            result = product
        }
        return result
    }
}
