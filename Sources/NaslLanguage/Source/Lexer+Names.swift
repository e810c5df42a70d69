/// Names, reserved words, and the decoding of UTF-8 on which they stand.
extension Lexer {
    mutating func readName() {
        let start = offset
        skipName()
        let text = file.text(of: range(from: start))
        add(text == "_" ? .underscore : TokenKind.words[text] ?? .name, from: start)
    }

    mutating func skipName() {
        while let (scalar, length) = scalar(), isNamePart(scalar) { offset += length }
    }

    var isNameStart: Bool {
        guard let (scalar, _) = scalar() else { return false }
        return scalar == "_" || (scalar.isASCII ? scalar.properties.isAlphabetic : scalar.properties.isXIDStart)
    }

    private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": true
            default: false
            }
        }
        return scalar.properties.isXIDContinue
    }

    /// The character here and how many bytes it takes; nil behind the end and where the bytes are not UTF-8.
    func scalar() -> (Unicode.Scalar, Int)? {
        let first = byte()
        guard offset < file.bytes.count else { return nil }
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        var iterator = file.bytes[offset..<min(offset + 4, file.bytes.count)].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }
}
