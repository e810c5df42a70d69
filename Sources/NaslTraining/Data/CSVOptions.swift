/// How a comma-separated file is to be read.
public struct CSVOptions: Sendable {
    /// A column, as the user names it.
    public enum Column: Sendable, Hashable {
        /// By the name in the header line; `first` and `last` are the first and the last one, unless a column is called so.
        case name(String)
        /// Counted from 0; negative numbers count from the end.
        case number(Int)
    }

    /// What is to be predicted.
    public var label = Column.number(-1)
    /// Columns that are no features.
    public var drop: [Column] = []
    /// Whether the first line holds names. Nil: it does if it has no number where the second line has one.
    public var header: Bool?
    /// Nil: of tab, `;`, `,` and `|` the first that the first line has; else `,`.
    public var separator: UInt8?

    public init() {}
}

/// Which columns of a file are what.
struct CSVLayout {
    enum Role { case feature, label, dropped }

    let separator: UInt8
    let hasHeader: Bool
    /// Empty where there is no header line.
    let names: [String]
    let roles: [Role]
    let label: Int

    var features: Int { roles.count { $0 == .feature } }

    /// "column 3", or "column 3, `age`".
    func title(_ column: Int) -> String {
        guard names.indices.contains(column) else { return "column \(column + 1)" }
        let bytes = Array(names[column].utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            let scanner = CSVScanner(buffer, separator: separator, file: "")
            return buffer.isEmpty ? "column \(column + 1)" : "column \(column + 1), \(scanner.shown(0..<buffer.count))"
        }
    }
}

extension CSVLayout {
    /// More columns are no table.
    private static let mostColumns = 100_000

    /// Looks at the first lines.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ options: CSVOptions, file: String) throws(DataError) {
        separator = options.separator ?? CSVLayout.separator(of: bytes)
        var scanner = CSVScanner(bytes, separator: separator, file: file)
        guard let first = try CSVLayout.record(&scanner) else { throw DataError(file: file, found: "no rows", expected: "rows of numbers") }
        if let header = options.header {
            hasHeader = header
        } else {
            hasHeader = CSVLayout.isHeader(first, before: try CSVLayout.record(&scanner))
        }
        names = hasHeader ? first.map(\.text) : []
        guard first.count > 1 else {
            throw DataError(
                file: file, found: "one column, with \(CSVScanner.name(of: separator)) as separator", expected: "at least two, features and a label")
        }
        label = try CSVLayout.position(of: options.label, names, first.count, file)
        var roles = [Role](repeating: .feature, count: first.count)
        for column in options.drop { roles[try CSVLayout.position(of: column, names, first.count, file)] = .dropped }
        guard roles[label] == .feature else { throw DataError(file: file, found: "the label among the columns of `drop:`", expected: "another column there") }
        roles[label] = .label
        guard roles.contains(.feature) else { throw DataError(file: file, found: "no column beside the label", expected: "at least one feature") }
        self.roles = roles
    }

    private typealias Cell = (text: String, isNumber: Bool)

    /// The fields of the next line; nil at the end.
    private static func record(_ scanner: inout CSVScanner) throws(DataError) -> [Cell]? {
        guard scanner.beginRecord() else { return nil }
        var cells: [Cell] = []
        repeat {
            guard cells.count < mostColumns else {
                throw DataError(file: scanner.file, row: scanner.line, found: "more than 100,000 columns", expected: "at most that")
            }
            let text = scanner.text(try scanner.field())
            cells.append((text, DecimalNumber.value(Array(text.utf8)) != nil))
        } while scanner.nextField()
        return cells
    }

    /// A line without numbers before one that has some, or alone.
    private static func isHeader(_ first: [Cell], before second: [Cell]?) -> Bool {
        guard let second else { return !first.contains { $0.isNumber } }
        let places = second.indices.filter { second[$0].isNumber && $0 < first.count }
        return !places.isEmpty && places.allSatisfy { !first[$0].isNumber && !CSVTable.isMissing(Array(first[$0].text.utf8)) }
    }

    /// The separator of the first line; quoted ones do not count, nor tabs behind others.
    private static func separator(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        var seen: Set<UInt8> = []
        var isQuoted = false
        var hasContent = false
        var previous: UInt8 = 0
        for byte in bytes {
            defer { previous = byte }
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted {
                if byte == 10 || byte == 13 {
                    if hasContent { break } else { continue }
                }
                let isBehindAnother = previous == 0x3b || previous == 0x2c || previous == 0x7c
                if (byte == 9 && !isBehindAnother) || byte == 0x3b || byte == 0x2c || byte == 0x7c { seen.insert(byte) }
            }
            hasContent = true
        }
        return [9, 0x3b, 0x2c, 0x7c].first { seen.contains($0) } ?? 0x2c
    }

    private static func position(of column: CSVOptions.Column, _ names: [String], _ count: Int, _ file: String) throws(DataError) -> Int {
        switch column {
        case .number(let number):
            guard number >= -count, number < count else {
                throw DataError(file: file, found: "\(count) columns", expected: "one with the number \(number), counted from 0")
            }
            return number < 0 ? number + count : number
        case .name(let name):
            let places = names.indices.filter { names[$0] == name }
            guard places.count < 2 else { throw DataError(file: file, found: "\(places.count) columns called `\(name)`", expected: "one; a number tells them apart") }
            if let place = places.first { return place }
            if name == "first" { return 0 }
            if name == "last" { return count - 1 }
            if names.isEmpty { throw DataError(file: file, found: "no header line", expected: "one with the name `\(name)`") }
            let known = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
            throw DataError(file: file, found: "the columns \(known)\(names.count > 12 ? ", ... (\(names.count) in all)" : "")", expected: "one called `\(name)`")
        }
    }
}
