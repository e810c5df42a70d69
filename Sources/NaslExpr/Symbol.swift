import Synchronization

/// An interned name: two symbols are equal exactly when their texts are, and compare as one integer.
///
///     Symbol("x") == Symbol("x")   // true
///     Symbol("x").text             // "x"
public struct Symbol: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let id: Int32

    public init(_ text: String) {
        id = Symbol.table.withLock { $0.intern(text) }
    }

    public init(stringLiteral text: String) {
        self.init(text)
    }

    public var text: String {
        Symbol.table.withLock { $0.texts[Int(id)] }
    }

    public var description: String { text }

    private struct Table {
        var texts: [String] = []
        var ids: [String: Int32] = [:]

        mutating func intern(_ text: String) -> Int32 {
            if let id = ids[text] { return id }
            let id = Int32(texts.count)
            texts.append(text)
            ids[text] = id
            return id
        }
    }

    private static let table = Mutex(Table())
}
