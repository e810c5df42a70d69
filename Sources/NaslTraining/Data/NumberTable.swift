/// A table of numbers from a comma-separated file, all rows of one length.
///
///     let table = try NumberTable(Array("1,2\n3,4\n".utf8), file: "small.csv")
///     table.rows       // 2
///     table[1, 0]      // 3
///
/// Lines end in `\n` or `\r\n`; empty lines and a byte-order mark at the start are passed over; blanks around a number do not count.
public struct NumberTable: Sendable {
    public private(set) var columns = 0
    /// Row-major.
    public private(set) var values: [Double] = []

    public var rows: Int { columns == 0 ? 0 : values.count / columns }

    public subscript(row: Int, column: Int) -> Double { values[row * columns + column] }

    /// - Parameters:
    ///   - separator: what stands between two numbers.
    ///   - file: the name for errors.
    public init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ","), file: String) throws(DataError) {
        var position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        var row = 0
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            row += 1
            let line = bytes[position..<end].trimmed
            if !line.isEmpty { try append(line, separator, row: row, file: file) }
            position = end + 1
        }
        guard !values.isEmpty else { throw DataError(file: file, found: "no rows", expected: "rows of numbers") }
    }

    private mutating func append(_ line: ArraySlice<UInt8>, _ separator: UInt8, row: Int, file: String) throws(DataError) {
        var start = line.startIndex
        var count = 0
        while true {
            let end = line[start...].firstIndex(of: separator) ?? line.endIndex
            let field = line[start..<end].trimmed
            guard let value = NumberTable.number(field) else {
                throw DataError(file: file, row: row, found: NumberTable.quoted(field), expected: "a number in column \(count + 1)")
            }
            values.append(value)
            count += 1
            if end == line.endIndex { break }
            start = end + 1
        }
        if columns == 0 { columns = count }
        guard count == columns else {
            throw DataError(file: file, row: row, found: "\(count) \(count == 1 ? "column" : "columns")", expected: "\(columns), as in the rows before")
        }
    }

    /// Up to seven digits are read here, everything else by the standard library.
    private static func number(_ field: ArraySlice<UInt8>) -> Double? {
        var whole = 0
        if (1...7).contains(field.count) {
            for byte in field {
                guard byte >= 48, byte <= 57 else { return general(field) }
                whole = whole * 10 + Int(byte - 48)
            }
            return Double(whole)
        }
        return general(field)
    }

    private static func general(_ field: ArraySlice<UInt8>) -> Double? {
        // `Double` also reads hexadecimal numbers, which nobody means in a table.
        guard field.count <= 64, !field.contains(UInt8(ascii: "x")), !field.contains(UInt8(ascii: "X")) else { return nil }
        return Double(String(decoding: field, as: UTF8.self))
    }

    /// A field as errors show it: short, and without control characters.
    private static func quoted(_ field: ArraySlice<UInt8>) -> String {
        if field.isEmpty { return "an empty field" }
        let shown = field.prefix(24).map { (32..<127).contains($0) ? String(UnicodeScalar($0)) : "\\x\(hexadecimal($0))" }.joined()
        return "`\(shown)\(field.count > 24 ? "..." : "")`"
    }
}

extension ArraySlice<UInt8> {
    /// Without blanks, tabs and carriage returns at both ends.
    fileprivate var trimmed: ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
        var result = self
        while let first = result.first, isBlank(first) { result = result.dropFirst() }
        while let last = result.last, isBlank(last) { result = result.dropLast() }
        return result
    }
}
