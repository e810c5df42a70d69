/// What is wrong with a data file: which file, where in it, what was found and what was expected.
///
///     digits.csv.gz, row 12: found 64 columns, expected 65
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// The row, counted from 1, where the fault is in one; in a text file the line.
    public var row: Int?
    /// The byte, counted from 0, where the fault is in a file without rows.
    public var offset: Int?
    public var found: String
    public var expected: String
    /// Loading was stopped; nothing is wrong with the file.
    public var isInterrupt = false

    public init(file: String, row: Int? = nil, offset: Int? = nil, found: String, expected: String) {
        self.file = file
        self.row = row
        self.offset = offset
        self.found = found
        self.expected = expected
    }

    /// Ctrl-C while `file` was loaded.
    static func interrupted(_ file: String) -> DataError {
        var error = DataError(file: file, found: "a request to stop", expected: "to go on")
        error.isInterrupt = true
        return error
    }

    public var description: String {
        let place = row.map { ", row \($0)" } ?? offset.map { ", byte \($0)" } ?? ""
        return "\(file)\(place): found \(found), expected \(expected)"
    }
}
