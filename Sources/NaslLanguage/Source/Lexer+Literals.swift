/// Numbers, durations and texts.
extension Lexer {
    func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private mutating func skipDigits() {
        while isDigit(byte()) || (byte() == UInt8(ascii: "_") && isDigit(byte(1))) { offset += 1 }
    }

    /// Digits, perhaps a point between digits, perhaps an exponent, perhaps a unit of time. The point of `4..5` is none of it.
    mutating func readNumber() {
        let start = offset
        skipDigits()
        if byte() == UInt8(ascii: ".") {
            if isDigit(byte(1)) {
                offset += 1
                skipDigits()
                if byte(start - offset) == UInt8(ascii: ".") {
                    diagnostics.append(.digitsMissing(before: true, file.text(of: range(from: start)), at: range(from: start)))
                }
            } else if byte(1) != UInt8(ascii: "."), !isLetter(byte(1)) {
                offset += 1
                diagnostics.append(.digitsMissing(before: false, file.text(of: range(from: start)), at: range(from: start)))
            }
        }
        if byte() | 0x20 == UInt8(ascii: "e") {
            let sign = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+") ? 1 : 0
            if isDigit(byte(1 + sign)) {
                offset += 1 + sign
                skipDigits()
            }
        }
        let digits = range(from: start)
        let unitStart = offset
        if isNameStart { skipName() }
        if offset > unitStart {
            let unit = file.text(of: range(from: unitStart))
            guard durationUnits.contains(where: { $0.name == unit }) else {
                add(.unknown, from: start)
                diagnostics.append(.unknownUnit(unit, number: file.text(of: digits), at: range(from: unitStart)))
                return
            }
            add(.duration, from: start)
        } else {
            add(.number, from: start)
        }
        if let token = tokens.last, !(token.kind == .number ? file.number(of: token) : file.seconds(of: token)).isFinite {
            diagnostics.append(.numberTooLarge(at: token.range))
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
    }

    /// `"text"` with the escapes `\n \t \r \" \\ \u{3b1}`; it ends in the line in which it begins.
    mutating func readText() {
        let start = offset
        offset += 1
        while offset < file.bytes.count, byte() != UInt8(ascii: "\n") {
            switch byte() {
            case UInt8(ascii: "\""):
                offset += 1
                add(.text, from: start)
                return
            case UInt8(ascii: "\\"): readEscape()
            case 0..<0x80: offset += 1
            default: skipCharacter()
            }
        }
        if byte(-1) == UInt8(ascii: "\r") { offset -= 1 }
        add(.unknown, from: start)
        diagnostics.append(.textNotClosed(at: range(from: start)))
    }

    private mutating func readEscape() {
        let start = offset
        offset += 1
        switch byte() {
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
            offset += 1
        case UInt8(ascii: "u") where byte(1) == UInt8(ascii: "{"):
            offset += 2
            let digits = offset
            while offset - digits < 6, isHexadecimal(byte()) { offset += 1 }
            let code = UInt32(file.text(of: range(from: digits)), radix: 16)
            if byte() == UInt8(ascii: "}"), code.flatMap(Unicode.Scalar.init) != nil {
                offset += 1
            } else {
                diagnostics.append(.unknownEscape(file.text(of: range(from: start)), at: range(from: start)))
            }
        case UInt8(ascii: "\n"), 0:
            diagnostics.append(.unknownEscape("\\", at: range(from: start)))
        default:
            skipCharacter()
            diagnostics.append(.unknownEscape(file.text(of: range(from: start)), at: range(from: start)))
        }
    }

    private func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }

    /// `'text'`: not of this language, but plainly meant as a text.
    mutating func readQuoted() {
        let start = offset
        var end = offset + 1
        while end < file.bytes.count, file.bytes[end] != UInt8(ascii: "'"), file.bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let isClosed = end < file.bytes.count && file.bytes[end] == UInt8(ascii: "'")
        offset = isClosed ? end + 1 : offset + 1
        add(.unknown, from: start)
        diagnostics.append(.singleQuotes(at: range(from: start)))
    }
}
