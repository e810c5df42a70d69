/// What is to be predicted, as a file holds it.
package enum RawLabels: Sendable {
    /// `areIntegers`: the file declares them as whole numbers.
    case numbers([Double], areIntegers: Bool = false)
    /// Texts, by their places in `names`.
    case texts([Int32], names: [String])

    package var count: Int {
        switch self {
        case .numbers(let numbers, _): numbers.count
        case .texts(let places, _): places.count
        }
    }
}

/// What is to be predicted, as training needs it.
package enum Labels: Sendable {
    case classes([Int32])
    case numbers([Float])
}

extension Labels {
    /// Numbers become classes if they are whole, at most so many are different, and there are at least two rows for each on average.
    package static let mostNumberedClasses = 20
    /// The same where the file declares its labels as whole numbers; there they may be as few as they like.
    package static let mostIntegerClasses = 1000
    /// No classifier has more classes.
    package static let mostClasses = 10_000

    /// Classes or numbers, decided over all parts together; classes are numbered in the order of their numbers or texts.
    ///
    /// Texts are classes. Numbers are classes by the rule above, or as `classes` says.
    ///
    /// - Parameters:
    ///   - parts: the labels of the training file and of a test file, if there is one.
    ///   - file: the name for errors.
    /// - Returns: a part for each given, and the names of the classes, empty where numbers are predicted.
    package static func decide(_ parts: [RawLabels], classes: Bool?, file: String) throws(DataError) -> (parts: [Labels], names: [String]) {
        var names: Set<String> = []
        var numbers: Set<Double> = []
        var areWhole = true, areIntegers = true
        var count = 0
        for part in parts {
            count += part.count
            switch part {
            case .texts(_, let used): names.formUnion(used)
            case .numbers(let values, let declared):
                areIntegers = areIntegers && declared
                for value in values where numbers.count <= mostClasses {
                    numbers.insert(value)
                    if value != value.rounded() { areWhole = false }
                }
            }
        }
        if !names.isEmpty {
            guard numbers.isEmpty else { throw DataError(file: file, found: "numbers as labels in one file and texts in the other", expected: "the same kind in both") }
            guard classes != false else { throw DataError(file: file, found: "texts as labels", expected: "numbers, as `classes: false` says") }
        } else {
            let most = areIntegers ? mostIntegerClasses : mostNumberedClasses
            let isClassified = classes ?? (areWhole && (2...most).contains(numbers.count) && (areIntegers || 2 * numbers.count <= count))
            if !isClassified { return (parts.map(asNumbers), []) }
        }
        let different = max(names.count, numbers.count)
        guard different <= mostClasses else { throw DataError(file: file, found: "more than 10,000 different labels", expected: "at most that many classes") }
        guard different > 1 else { throw DataError(file: file, found: "the same label in all rows", expected: "at least two classes") }
        return names.isEmpty ? numbered(parts, numbers.sorted()) : named(parts, sorted(names))
    }

    private static func asNumbers(_ part: RawLabels) -> Labels {
        guard case .numbers(let values, _) = part else { return .numbers([]) }
        return .numbers(values.map { Float($0) })
    }

    private static func numbered(_ parts: [RawLabels], _ order: [Double]) -> (parts: [Labels], names: [String]) {
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
        let result = parts.map { part -> Labels in
            guard case .numbers(let values, _) = part else { return .classes([]) }
            return .classes(values.map { places[$0] ?? 0 })
        }
        return (result, order.map { value in Int(exactly: value).map(String.init) ?? "\(value)" })
    }

    private static func named(_ parts: [RawLabels], _ order: [String]) -> (parts: [Labels], names: [String]) {
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
        let result = parts.map { part -> Labels in
            guard case .texts(let ids, let names) = part else { return .classes([]) }
            let moved = names.map { places[$0] ?? 0 }
            return .classes(ids.map { moved[Int($0)] })
        }
        return (result, order)
    }

    /// By their numbers if all texts are numbers, else by their bytes.
    private static func sorted(_ names: Set<String>) -> [String] {
        let inOrder = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let values = inOrder.map { DecimalNumber.value(Array($0.utf8)) }
        guard values.allSatisfy({ $0 != nil }) else { return inOrder }
        return zip(inOrder, values).map { ($0, $1 ?? 0) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
}
