/// How many columns of a terminal a character takes: 0 for marks that stand on another, 2 for the wide ones of East Asia and emoji.
package func displayWidth(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.isASCII { return first.value < 0x20 || first.value == 0x7F ? 0 : 1 }
    if first.properties.isEmojiPresentation || scalars.contains("\u{FE0F}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return isWide(first.value) ? 2 : 1
    }
}

/// The blocks that Unicode's East Asian Width (UAX #11) calls wide or full width.
private func isWide(_ code: UInt32) -> Bool {
    switch code {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F,
         0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
         0x20000...0x3FFFD: true
    default: false
    }
}

/// A line of source as it is shown: tabs reach to the next multiple of 4, control characters become dots.
struct ShownLine {
    /// Each character with the column at which it begins, from 0, and the byte offset in the line.
    private(set) var cells: [(text: String, column: Int, width: Int, offset: Int)] = []
    private(set) var width = 0
    private(set) var byteCount = 0

    init(_ bytes: ArraySlice<UInt8>) {
        // Bytes that are no UTF-8 are shown as one replacement character each, so offsets are counted on the bytes.
        var position = bytes.startIndex
        for character in String(decoding: bytes, as: UTF8.self) {
            var length = 0
            for scalar in character.unicodeScalars { length += ShownLine.byteLength(of: scalar, in: bytes, at: position + length) }
            append(character, offset: position - bytes.startIndex)
            position += length
        }
        byteCount = bytes.count
    }

    private mutating func append(_ character: Character, offset: Int) {
        if character == "\t" {
            let step = 4 - width % 4
            cells.append((String(repeating: " ", count: step), width, step, offset))
            width += step
            return
        }
        let isControl = character.unicodeScalars.first?.properties.generalCategory == .control
        let step = isControl ? 1 : displayWidth(character)
        cells.append((isControl ? "·" : String(character), width, step, offset))
        width += step
    }

    /// How many bytes of the source one decoded scalar stands for: its own, or those that were replaced by U+FFFD.
    private static func byteLength(of scalar: Unicode.Scalar, in bytes: ArraySlice<UInt8>, at position: Int) -> Int {
        let ideal = UTF8.width(scalar)
        guard scalar == "\u{FFFD}" else { return ideal }
        if bytes[min(position, bytes.endIndex)...].starts(with: [0xEF, 0xBF, 0xBD]) { return ideal }
        // The decoder replaces a maximal ill-formed stretch at once (Unicode 15, 3.9, U+FFFD substitution of maximal subparts).
        var iterator = bytes[min(position, bytes.endIndex)...].makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        if case .error(let length) = parser.parseScalar(from: &iterator) { return length }
        return 1
    }

    /// The column at which the byte at `offset` of the line is shown; behind the end the line's width.
    func column(at offset: Int) -> Int {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        if offset >= byteCount { return width }
        return low == 0 ? 0 : cells[low - 1].column
    }

    /// The text in columns `start..<end`, with spaces for what a border cuts in two.
    func text(_ start: Int, _ end: Int) -> String {
        var result = ""
        for cell in cells where cell.column + cell.width > start && cell.column < end {
            let visible = min(end, cell.column + cell.width) - max(start, cell.column)
            result += visible == cell.width ? cell.text : String(repeating: " ", count: visible)
        }
        return result
    }
}
