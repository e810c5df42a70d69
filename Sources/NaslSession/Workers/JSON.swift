import NaslStore

/// JSON (RFC 8259) as it was written: objects in their order, numbers with all their digits.
package enum JSON: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([JSON])
    case object([(name: String, value: JSON)])

    /// nil where the bytes are no JSON text, or one that is nested more than 64 deep.
    package init?(_ bytes: some Collection<UInt8>) {
        var reader = JSONReader(bytes: Array(bytes))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    subscript(name: String) -> JSON? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var int: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    var list: [JSON]? { if case .list(let values) = self { values } else { nil } }
    var isNull: Bool { if case .null = self { true } else { false } }

    /// A number, or one of the texts "inf", "-inf" and "nan".
    var double: Double? {
        switch self {
        case .number(let digits): Double(digits)
        case .text(let word) where ["inf", "-inf", "nan"].contains(word): Double(word)
        default: nil
        }
    }

    static func number(_ value: Double) -> JSON { value.isFinite ? .number("\(value)") : .text("\(value)") }
    static func number(_ value: Int) -> JSON { .number("\(value)") }

    /// On one line.
    package var written: String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let digits): digits
        case .text(let text): JSONText.quoted(text)
        case .list(let values): "[\(values.map(\.written).joined(separator: ","))]"
        case .object(let fields): "{\(fields.map { "\(JSONText.quoted($0.name)):\($0.value.written)" }.joined(separator: ","))}"
        }
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    var place = 0

    private static let deepest = 64

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return place == bytes.count
        }
    }

    private mutating func skipSpace() {
        while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard bytes[place...].starts(with: word.utf8) else { return false }
        place += word.utf8.count
        return true
    }

    mutating func value(depth: Int) -> JSON? {
        skipSpace()
        guard place < bytes.count, depth < JSONReader.deepest else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "{"): return object(depth)
        case UInt8(ascii: "["): return list(depth)
        case UInt8(ascii: "\""): return text().map { .text($0) }
        case UInt8(ascii: "t"): return take(word: "true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take(word: "false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
        default:
            let start = place
            while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
            let digits = String(decoding: bytes[start..<place], as: UTF8.self)
            return Double(digits) == nil ? nil : .number(digits)
        }
    }

    private mutating func object(_ depth: Int) -> JSON? {
        guard take("{") else { return nil }
        if take("}") { return .object([]) }
        var fields: [(name: String, value: JSON)] = []
        repeat {
            skipSpace()
            guard let name = text(), take(":"), let value = value(depth: depth + 1) else { return nil }
            fields.append((name, value))
        } while take(",")
        return take("}") ? .object(fields) : nil
    }

    private mutating func list(_ depth: Int) -> JSON? {
        guard take("[") else { return nil }
        if take("]") { return .list([]) }
        var values: [JSON] = []
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        } while take(",")
        return take("]") ? .list(values) : nil
    }

    private mutating func text() -> String? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
        place += 1
        var result: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: result, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escaped() else { return nil }
                result += Array(String(Character(scalar)).utf8)
            case 0..<0x20: return nil
            default: result.append(byte)
            }
        }
        return nil
    }

    private mutating func escaped() -> Unicode.Scalar? {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"):
            guard let high = unit() else { return nil }
            guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
            guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else { return nil }
            place += 2
            guard let low = unit(), (0xDC00..<0xE000).contains(low) else { return nil }
            return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        default: return nil
        }
    }

    private mutating func unit() -> UInt32? {
        guard place + 4 <= bytes.count else { return nil }
        defer { place += 4 }
        return UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    }
}
