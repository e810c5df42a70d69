import NaslRandom

extension DataSet {
    /// The same examples with a smaller or worse training part; validation and test stay as they are.
    ///
    /// Which examples stay and which labels change depends on the seed alone.
    ///
    /// - Parameters:
    ///   - count: training examples that are kept, drawn without replacement.
    ///   - wrongLabels: the share of them that gets another class, each of the others as likely ("symmetric noise").
    /// - Throws: where the data is a text, has no so many examples, or where labels should change and there are no classes.
    public func subsampled(_ count: Int, wrongLabels: Double = 0, seed: Int = 0) throws(DataError) -> DataSet {
        guard case .rows(let all) = self.train, case .rows(let validation) = self.validation, case .rows(let test) = self.test else {
            throw DataError(file: name, found: "a text", expected: "rows")
        }
        guard (1...all.count).contains(count) else { throw DataError(file: name, found: "\(all.count) training examples", expected: "at least \(count)") }
        guard wrongLabels == 0 || classes > 1 else { throw DataError(file: name, found: "no classes", expected: "classes, whose labels can be wrong") }
        var stream = RandomStream(seed: seed, "subsample")
        var order = Array(0..<all.count)
        for place in 0..<count { order.swapAt(place, place + stream.below(all.count - place)) }
        let chosen = order.prefix(count).sorted()
        let features = chosen.flatMap { all.features[$0 * all.width..<($0 + 1) * all.width] }
        let rows: Rows
        if all.labels.isEmpty {
            rows = Rows(width: all.width, features: features, numbers: chosen.map { all.numbers[$0] })
        } else {
            var labels = chosen.map { all.labels[$0] }
            for place in labels.indices where wrongLabels > 0 && stream.uniform() < wrongLabels {
                labels[place] = (labels[place] + 1 + Int32(stream.below(classes - 1))) % Int32(classes)
            }
            rows = Rows(width: all.width, features: features, labels: labels)
        }
        return try DataSet(name: "\(name), \(count)", shape: shape, classes: classes, train: rows, validation: validation, test: test, classNames: classNames,
                           columns: columns, standardization: standardization)
    }
}
