/// What is wrong with a data file: which file, where in it, what was found and what was expected.
///
///     digits.csv.gz, row 12: found 64 columns, expected 65
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// The row, counted from 1, where the fault is in one.
    public var row: Int?
    public var found: String
    public var expected: String

    public init(file: String, row: Int? = nil, found: String, expected: String) {
        self.file = file
        self.row = row
        self.found = found
        self.expected = expected
    }

    public var description: String {
        "\(file)\(row.map { ", row \($0)" } ?? ""): found \(found), expected \(expected)"
    }
}
