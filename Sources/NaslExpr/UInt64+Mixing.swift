extension UInt64 {
    /// Takes one more word into a quick hash, the same in every run.
    @inlinable package mutating func mix(_ word: UInt64) {
        self = (self ^ word) &* 0x9e37_79b9_7f4a_7c15
        self ^= self >> 29
    }
}
