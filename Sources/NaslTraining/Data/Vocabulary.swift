/// The characters (bytes) of a training text, numbered in the order of their codes.
public struct Vocabulary: Hashable, Sendable {
    /// The byte of each token.
    public let characters: [UInt8]
    /// The token of each byte. One that the training text does not have gets the token of the most frequent character there
    /// (in prose the blank): a net could not learn a token of its own from texts without it.
    public let tokens: [UInt8]

    public var count: Int { characters.count }

    /// The vocabulary of `text`, which must not be empty.
    public init(of text: some Collection<UInt8>) {
        var counts = [Int](repeating: 0, count: 256)
        for byte in text { counts[Int(byte)] += 1 }
        let present = counts.indices.filter { counts[$0] > 0 }
        // Of equally frequent ones the first.
        let commonest = present.indices.max { (counts[present[$0]], -$0) < (counts[present[$1]], -$1) } ?? 0
        var tokens = [UInt8](repeating: UInt8(truncatingIfNeeded: commonest), count: 256)
        for (token, byte) in present.enumerated() { tokens[byte] = UInt8(truncatingIfNeeded: token) }
        characters = present.map { UInt8(truncatingIfNeeded: $0) }
        self.tokens = tokens
    }

    public func encode(_ text: some Collection<UInt8>) -> [UInt8] { text.map { tokens[Int($0)] } }
}
