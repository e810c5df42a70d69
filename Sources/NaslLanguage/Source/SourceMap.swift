import NaslExpr

/// All source texts of a session, by their numbers: what turns a range into a name, a line and a column.
///
///     var sources = SourceMap()
///     let file = sources.add(name: "a.nasl", text: "1 + 2")
///     sources.text(of: SourceRange(source: file.id, start: 4, end: 5))   // "2"
public struct SourceMap: Sendable {
    public private(set) var files: [SourceFile] = []

    public init() {}

    /// Takes up a text under the next free number.
    public mutating func add(name: String, text: String) -> SourceFile { add(name: name, bytes: Array(text.utf8)) }

    public mutating func add(name: String, bytes: [UInt8]) -> SourceFile {
        let file = SourceFile(id: Int32(clamping: files.count), name: name, bytes: bytes)
        files.append(file)
        return file
    }

    /// The text that `range` is part of; nil for ranges that no text made.
    public func file(of range: SourceRange) -> SourceFile? {
        files.indices.contains(Int(range.source)) ? files[Int(range.source)] : nil
    }

    /// The source that stands in `range`, as it was typed.
    public func text(of range: SourceRange) -> String? { file(of: range)?.text(of: range) }

    /// Where `range` begins.
    public func position(of range: SourceRange) -> SourcePosition? { file(of: range)?.position(at: Int(range.start)) }
}
