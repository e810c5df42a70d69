/// Random numbers with an address: the stream of `(seed, "child", repeat)` is the same wherever and whenever it is drawn.
///
///     var stream = RandomStream(seed: 1, "child", 3)
///     stream.uniform()   // always the same number
///
/// The generator is Philox 4x32-10, a keyed function of a counter (Salmon, Moraes, Dror, Shaw: "Parallel Random Numbers: As Easy
/// as 1, 2, 3", SC 2011). The address is hashed into the key, so streams need no shared state and no order.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private var key: (UInt32, UInt32)
    private var counter: UInt64 = 0
    private var block: (UInt64, UInt64) = (0, 0)
    private var left = 0

    /// One step of an address.
    public enum Step: Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
        case number(Int)
        case name(String)
        public init(integerLiteral value: Int) { self = .number(value) }
        public init(stringLiteral value: String) { self = .name(value) }
    }

    public init(seed: Int, _ address: Step...) {
        self.init(seed: seed, address: address)
    }

    public init(seed: Int, address: [Step]) {
        var hash = RandomStream.mix(UInt64(bitPattern: Int64(seed)) ^ 0x6e61_736c_2e72_6e67)
        for step in address {
            switch step {
            case .number(let number):
                hash = RandomStream.mix(hash ^ RandomStream.mix(UInt64(bitPattern: Int64(number)) &+ 0x9e37_79b9_7f4a_7c15))
            case .name(let name):
                var inner: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
                for byte in name.utf8 { inner = (inner ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
                hash = RandomStream.mix(hash &+ RandomStream.mix(inner ^ 0xd1b5_4a32_d192_ed03))
            }
        }
        key = (UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
    }

    /// The finaliser of SplitMix64.
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    public mutating func next() -> UInt64 {
        if left == 0 {
            let words = Philox.block(counter: (UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), 0, 0), key: key)
            counter &+= 1
            block = (UInt64(words.0) | UInt64(words.1) << 32, UInt64(words.2) | UInt64(words.3) << 32)
            left = 2
        }
        left -= 1
        return left == 1 ? block.0 : block.1
    }

    /// Uniform in [0, 1), 53 bits.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Uniform in `0 ..< bound` without bias (Lemire 2019); `bound` must be positive.
    public mutating func below(_ bound: Int) -> Int {
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }
}
