import NaslExpr

/// One source text: a script, a line at the prompt, a file of the library.
///
///     let file = SourceFile(id: 0, name: "act.nasl", text: "let x = 1\nx + y")
///     file.position(at: 14)   // line 2, column 5
///
/// It is kept as bytes, because a file on disk need not be well-formed UTF-8; all offsets count bytes.
public struct SourceFile: Sendable {
    /// The `source` of every range into this text.
    public let id: Int32
    /// As messages show it: a path, or `<prompt>`.
    public let name: String
    public let bytes: [UInt8]
    /// The offset at which each line begins; at least one.
    public let lineStarts: [Int]

    public init(id: Int32, name: String, bytes: [UInt8]) {
        self.id = id
        self.name = name
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    public init(id: Int32, name: String, text: String) {
        self.init(id: id, name: name, bytes: Array(text.utf8))
    }

    /// The whole text, with a replacement character for what is not UTF-8.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What stands in `range`, cut to the text.
    public func text(of range: SourceRange) -> String {
        let start = min(max(0, Int(range.start)), bytes.count)
        let end = min(max(start, Int(range.end)), bytes.count)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}

/// A place as people name it; both numbers begin at 1, and columns count characters.
public struct SourcePosition: Hashable, Sendable, Comparable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: SourcePosition, b: SourcePosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

extension SourceFile {
    /// The number of the line that holds `offset`, from 1. Binary search.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of line number `line` without its end; empty where there is no such line.
    public func byteRange(ofLine line: Int) -> Range<Int> {
        guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    public func position(at offset: Int) -> SourcePosition {
        let offset = min(max(0, offset), bytes.count)
        let line = line(at: offset)
        let start = lineStarts[line - 1]
        return SourcePosition(line: line, column: String(decoding: bytes[start..<offset], as: UTF8.self).count + 1)
    }
}
