/// Walks over the bytes of a comma-separated file, field by field (RFC 4180, and what is found in the wild).
///
/// Lines end in `\n`, `\r\n` or `\r`; empty lines are passed over. A field in quotes may hold separators, line ends and doubled quotes.
/// Blanks around a field do not count. Where the separator is a blank, any number of them is one.
struct CSVScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let separator: UInt8
    let file: String
    var position: Int
    /// Of `position`, counted from 1.
    var line = 1

    /// What stands between two separators.
    struct Field {
        /// Without blanks and quotes.
        let content: Range<Int>
        let isQuoted: Bool
        /// Doubled quotes in it stand for one.
        let hasDoubledQuotes: Bool
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, file: String) {
        self.bytes = bytes
        self.separator = separator
        self.file = file
        position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    }

    /// Moves to the next line that is not empty; false at the end of the file.
    mutating func beginRecord() -> Bool {
        while position < bytes.count {
            let start = position
            skipBlanks()
            if position == bytes.count { return false }
            guard bytes[position] == 10 || bytes[position] == 13 else {
                if separator != 32 { position = start }
                return true
            }
            skipLineEnd()
        }
        return false
    }

    /// Moves behind the field that begins here, to a separator or the end of the line.
    mutating func field() throws(DataError) -> Field {
        skipBlanks()
        if position < bytes.count, bytes[position] == 0x22 { return try quotedField() }
        let start = position
        while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
        var end = position
        while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
        return Field(content: start..<end, isQuoted: false, hasDoubledQuotes: false)
    }

    private mutating func quotedField() throws(DataError) -> Field {
        let row = line
        let start = position + 1
        var isDoubled = false
        position += 1
        while true {
            guard position < bytes.count else {
                throw DataError(file: file, row: row, found: "a field in quotes that does not end", expected: "a closing quote")
            }
            let byte = bytes[position]
            if byte == 0x22 {
                guard position + 1 < bytes.count, bytes[position + 1] == 0x22 else { break }
                isDoubled = true
                position += 1
            } else if byte == 10 || (byte == 13 && !(position + 1 < bytes.count && bytes[position + 1] == 10)) {
                line += 1
            }
            position += 1
        }
        let content = start..<position
        position += 1
        skipBlanks()
        guard position == bytes.count || isEnd(bytes[position]) || separator == 32 else {
            let rest = position..<bytes.count
            throw DataError(
                file: file, row: line, found: "\(shown(rest.prefix { !isEnd(bytes[$0]) })) after a field in quotes",
                expected: "\(CSVScanner.name(of: separator)) or the end of the line")
        }
        return Field(content: content, isQuoted: true, hasDoubledQuotes: isDoubled)
    }

    /// The number that is the field here, if it is one; then moves behind the field, else stays.
    @inline(__always)
    mutating func number() -> Double? {
        var start = position
        while start < bytes.count, isBlank(bytes[start]) { start += 1 }
        var end = start
        guard let value = DecimalNumber.read(bytes, from: start, end: &end) else { return nil }
        let last = end
        while end < bytes.count, isBlank(bytes[end]) { end += 1 }
        guard end == bytes.count || isEnd(bytes[end]) || (separator == 32 && end > last) else { return nil }
        position = end
        return value
    }

    /// Moves behind the separator, if one follows the field; else behind the end of the line, and is false.
    @inline(__always)
    mutating func nextField() -> Bool {
        if separator == 32 {
            skipBlanks()
            if position < bytes.count, bytes[position] != 10, bytes[position] != 13 { return true }
        } else if position < bytes.count, bytes[position] == separator {
            position += 1
            return true
        }
        skipLineEnd()
        return false
    }

    private mutating func skipLineEnd() {
        guard position < bytes.count else { return }
        position += bytes[position] == 13 && position + 1 < bytes.count && bytes[position + 1] == 10 ? 2 : 1
        line += 1
    }

    private mutating func skipBlanks() {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    }

    @inline(__always)
    private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (byte == 9 && separator != 9) }

    @inline(__always)
    private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 10 || byte == 13 || (byte == 9 && separator == 32) }
}

extension CSVScanner {
    /// What a field says.
    func text(_ field: Field) -> String {
        guard field.hasDoubledQuotes else { return String(decoding: bytes[field.content], as: UTF8.self) }
        var result: [UInt8] = []
        var position = field.content.lowerBound
        while position < field.content.upperBound {
            result.append(bytes[position])
            position += bytes[position] == 0x22 ? 2 : 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A field as errors show it: short, and without control characters.
    func shown(_ content: Range<Int>) -> String {
        if content.isEmpty { return "an empty field" }
        // A character that is cut is left out.
        var cut = content.prefix(24)
        while cut.count < content.count, let next = cut.last.map({ $0 + 1 }), bytes[next] & 0xc0 == 0x80 { cut = cut.dropLast() }
        var text = ""
        for scalar in String(decoding: bytes[cut.startIndex..<cut.endIndex], as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                text += scalar.value < 256 ? "\\x\(hexadecimal(UInt8(truncatingIfNeeded: scalar.value)))" : "\u{fffd}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return "`\(text)\(content.count > cut.count ? "..." : "")`"
    }

    /// A separator as errors call it.
    static func name(of separator: UInt8) -> String {
        switch separator {
        case 9: "a tab"
        case 32: "a blank"
        default: "`\(String(UnicodeScalar(separator)))`"
        }
    }
}
