/// A stretch of a user's source: UTF-8 offsets `start..<end` in the source numbered `source`.
///
/// It lives in the lowest room so that a grammar, a space and a term can say where they came from without knowing what a
/// source text is; the language's `SourceMap` turns it into lines and columns.
public struct SourceRange: Hashable, Sendable {
    public var source: Int32
    public var start: Int32
    public var end: Int32

    public init(source: Int32, start: Int, end: Int) {
        self.source = source
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: end)
    }

    /// For values that no text made.
    public static let none = SourceRange(source: -1, start: 0, end: 0)

    public var isNone: Bool { source < 0 }

    /// The smallest stretch that covers both.
    public func union(_ other: SourceRange) -> SourceRange {
        if isNone { return other }
        if other.isNone { return self }
        return SourceRange(source: source, start: Int(min(start, other.start)), end: Int(max(end, other.end)))
    }
}
