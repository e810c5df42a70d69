import BigInt

/// A numbering whose numbers fit the machine where they can.
struct AnyNumbering: Sendable {
    private var small: Numbering<UInt128>?
    private var large: Numbering<BigInt>?

    init(_ model: Model, _ counting: Counting, accepted: [UInt64], _ total: BigInt) {
        if total.bitWidth < 128 {
            small = Numbering(model, counting, accepted: accepted)
        } else {
            large = Numbering(model, counting, accepted: accepted)
        }
    }

    /// The choices of a derivation by its number, which must be below the total.
    mutating func choices(at index: BigInt) -> [Int]? { small?.choices(at: UInt128(index)) ?? large?.choices(at: index) }

    /// The number of a derivation; nil where it is none of these.
    mutating func index(of choices: [Int]) -> BigInt? { small?.index(of: choices).map { BigInt($0) } ?? large?.index(of: choices) }
}
