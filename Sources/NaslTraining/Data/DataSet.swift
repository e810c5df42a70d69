/// Examples to learn from, in three fixed parts.
///
///     let data = try DataSet.digits()
///     data.train.count        // 1149
///     data.shape              // [8, 8, 1]
///     data.classes            // 10
public final class DataSet: Sendable {
    /// As the user calls it.
    public let name: String
    /// The shape of an example, channels last; empty for text, where a net chooses how many characters it looks at.
    public let shape: [Int]
    /// Labels are `0 ..< classes`; for text the size of the vocabulary; 0 where numbers are predicted.
    public let classes: Int
    /// For text only.
    public let vocabulary: Vocabulary?
    /// The labels as the file wrote them, in the order of the classes; empty where they are numbers to predict, or have no names.
    public let classNames: [String]
    /// Names of the features; empty where they have none.
    public let columns: [String]
    /// What was done to the features, if anything.
    public let standardization: Standardization?
    public let train: DataSplit
    public let validation: DataSplit
    public let test: DataSplit

    public var isText: Bool { vocabulary != nil }

    /// Rows of numbers.
    ///
    /// - Parameters:
    ///   - shape: of an example; its product is the width of the rows.
    ///   - classes: labels are `0 ..< classes`; 0 where numbers are predicted.
    /// - Throws: where widths, counts or labels do not agree.
    public init(
        name: String, shape: [Int], classes: Int, train: Rows, validation: Rows, test: Rows, classNames: [String] = [],
        columns: [String] = [], standardization: Standardization? = nil
    ) throws(DataError) {
        for rows in [train, validation, test] { try rows.check(name, shape: shape, classes: classes) }
        self.name = name
        self.shape = shape
        self.classes = classes
        vocabulary = nil
        self.classNames = classNames
        self.columns = columns
        self.standardization = standardization
        self.train = .rows(train)
        self.validation = .rows(validation)
        self.test = .rows(test)
    }

    /// A text, split by position; the vocabulary is that of the training part.
    ///
    /// - Parameters:
    ///   - fractions: the shares of the training and validation parts; the rest is the test part.
    public init(name: String, text: [UInt8], fractions: (train: Double, validation: Double) = (0.8, 0.1)) throws(DataError) {
        let first = Int(Double(text.count) * fractions.train)
        let second = Int(Double(text.count) * (fractions.train + fractions.validation))
        guard 0 < first, first < second, second < text.count else {
            throw DataError(file: name, found: "\(text.count) characters", expected: "enough for three parts")
        }
        self.name = name
        shape = []
        classNames = []
        columns = []
        standardization = nil
        let vocabulary = Vocabulary(of: text[..<first])
        self.vocabulary = vocabulary
        classes = vocabulary.count
        train = .text(vocabulary.encode(text[..<first]))
        validation = .text(vocabulary.encode(text[first..<second]))
        test = .text(vocabulary.encode(text[second...]))
    }

    /// "a data set of 1149 + 288 + 360 examples of shape [8, 8, 1], 10 classes"
    public var summary: String {
        let counts = [train, validation, test].map { String($0.count) }.joined(separator: " + ")
        if isText { return "a text of \(counts) characters, \(classes) different" }
        return "a data set of \(counts) examples of shape \(shape), \(goal)"
    }

    /// What is predicted; classes by name where they are few and have names that say more than their numbers.
    private var goal: String {
        guard classes > 0 else { return "numbers to predict" }
        let areNumbers = classNames.enumerated().allSatisfy { $1 == String($0) }
        let names = classes <= 10 && !areNumbers ? ": \(classNames.joined(separator: ", "))" : ""
        return "\(classes) classes\(names)"
    }
}

/// One part of a data set.
public enum DataSplit: Sendable {
    case rows(Rows)
    /// The tokens of a text; every position with enough characters before it is an example.
    case text([UInt8])

    /// Rows, or characters.
    public var count: Int {
        switch self {
        case .rows(let rows): rows.count
        case .text(let tokens): tokens.count
        }
    }
}
