/// The Philox 4x32-10 block function (Salmon et al., SC 2011, section 4.3), checked in the tests against the authors' known answers.
public enum Philox {
    public typealias Words = (UInt32, UInt32, UInt32, UInt32)

    public static func block(counter: Words, key: (UInt32, UInt32)) -> Words {
        var (c0, c1, c2, c3) = counter
        var (k0, k1) = key
        for _ in 0..<10 {
            let first = c0.multipliedFullWidth(by: 0xD251_1F53)
            let second = c2.multipliedFullWidth(by: 0xCD9E_8D57)
            (c0, c1, c2, c3) = (second.high ^ c1 ^ k0, second.low, first.high ^ c3 ^ k1, first.low)
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return (c0, c1, c2, c3)
    }
}
