/// Reads the dictionary in the header of a NumPy file: texts, truth values and tuples of whole numbers, and nothing else of Python.
struct PythonLiteral {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    private let file: String

    init(_ bytes: [UInt8], from start: Int, to end: Int, file: String) {
        self.bytes = bytes
        position = start
        self.end = end
        self.file = file
    }

    /// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, keys in any order.
    mutating func arrayDescription() throws(DataError) -> (type: NPYType, isFortran: Bool, shape: [Int]) {
        var type: NPYType?
        var isFortran: Bool?
        var shape: [Int]?
        try expect("{")
        while peek() != UInt8(ascii: "}") {
            let start = position
            let key = try text()
            try expect(":")
            switch key {
            case "descr": type = try numberType()
            case "fortran_order": isFortran = try truth()
            case "shape": shape = try tuple()
            default: throw DataError(file: file, offset: start, found: "the key '\(key)'", expected: "'descr', 'fortran_order' or 'shape'")
            }
            if peek() == UInt8(ascii: ",") { position += 1 } else { break }
        }
        try expect("}")
        guard let type, let isFortran, let shape else {
            let missing = type == nil ? "descr" : isFortran == nil ? "fortran_order" : "shape"
            throw DataError(file: file, found: "a header without '\(missing)'", expected: "'descr', 'fortran_order' and 'shape'")
        }
        return (type, isFortran, shape)
    }

    private mutating func numberType() throws(DataError) -> NPYType {
        let wanted = "little-endian numbers: " + NPYType.allCases.map(\.rawValue).joined(separator: " ")
        guard peek() == UInt8(ascii: "'") || peek() == UInt8(ascii: "\"") else {
            throw DataError(file: file, offset: position, found: "an array of records", expected: wanted)
        }
        let start = position
        let text = try text()
        let order = text.first ?? " "
        guard let type = NPYType(rawValue: String("<|=".contains(order) ? text.dropFirst() : text[...])) else {
            let reason = order == ">" ? "big-endian numbers, '\(text)'" : text.contains("O") ? "Python objects, '\(text)'" : "the type '\(text)'"
            throw DataError(file: file, offset: start, found: reason, expected: wanted)
        }
        return type
    }

    private mutating func truth() throws(DataError) -> Bool {
        _ = peek()
        let start = position
        let word = word()
        guard word == "True" || word == "False" else { throw DataError(file: file, offset: start, found: "`\(word)`", expected: "True or False") }
        return word == "True"
    }

    private mutating func tuple() throws(DataError) -> [Int] {
        try expect("(")
        var lengths: [Int] = []
        while peek() != UInt8(ascii: ")") {
            let start = position
            let word = word()
            guard let length = Int(word), length >= 0, lengths.count < 32 else {
                throw DataError(file: file, offset: start, found: "`\(word)`", expected: "the length of an axis")
            }
            lengths.append(length)
            if peek() == UInt8(ascii: ",") { position += 1 } else { break }
        }
        try expect(")")
        return lengths
    }

    /// Letters and digits.
    private mutating func word() -> String {
        _ = peek()
        let start = position
        while position < end, (48...57).contains(bytes[position]) || (65...90).contains(bytes[position] & 0xdf) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func text() throws(DataError) -> String {
        let quote = peek() ?? 0
        let start = position
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { throw unexpected("a quoted text") }
        position += 1
        let first = position
        while position < end, bytes[position] != quote, (32..<127).contains(bytes[position]) { position += 1 }
        guard position < end, bytes[position] == quote else {
            throw DataError(file: file, offset: start, found: "a text that does not end", expected: "its closing quote")
        }
        position += 1
        return String(decoding: bytes[first..<position - 1], as: UTF8.self)
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(DataError) {
        guard peek() == UInt8(ascii: character) else { throw unexpected("`\(character)`") }
        position += 1
    }

    /// The next byte that is no blank.
    private mutating func peek() -> UInt8? {
        while position < end, bytes[position] == 32 || (9...13).contains(bytes[position]) { position += 1 }
        return position < end ? bytes[position] : nil
    }

    private func unexpected(_ expected: String) -> DataError {
        let found = position == end ? "the end of the header" : (33..<127).contains(bytes[position]) ? "`\(Unicode.Scalar(bytes[position]))`" : "the byte \(hexadecimal(bytes[position]))"
        return DataError(file: file, offset: position, found: found, expected: expected)
    }
}
