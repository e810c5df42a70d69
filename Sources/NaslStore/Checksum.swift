/// FNV-1a over 64 bits of what a row holds: it tells a flipped bit, and nothing about intent.
struct Checksum {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
        // An end, so that "ab", "c" differs from "a", "bc".
        add(0xFF as UInt8)
    }

    mutating func add(_ text: String?) {
        guard var text else { return add(0xFE as UInt8) }
        text.withUTF8 { add($0) }
    }

    mutating func add(_ number: Int) { withUnsafeBytes(of: number.littleEndian) { add($0) } }

    mutating func add(_ number: Double?) {
        guard let number else { return add(0xFE as UInt8) }
        add(Int(bitPattern: UInt(number.bitPattern)))
    }

    private mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

    /// As SQLite holds it.
    var value: Int64 { Int64(bitPattern: hash) }
}
