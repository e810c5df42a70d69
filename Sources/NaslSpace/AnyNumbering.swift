import BigInt

/// A numbering whose numbers fit the machine where they can.
struct AnyNumbering: Sendable {
    private var small: Numbering<UInt128>?
    private var large: Numbering<BigInt>?

    /// - Parameter total: the number of all derivations.
    init(_ model: Model, _ counting: Counting, accepted: [UInt64], _ total: BigInt) {
        // Where draws must differ, what is taken away may have been more than all that is left.
        if total.bitWidth < 128, !model.hasTies {
            small = Numbering(model, counting, accepted: accepted)
        } else {
            large = Numbering(model, counting, accepted: accepted)
        }
    }

    /// The choices of a derivation by its number, which must be below the total.
    mutating func choices(at index: BigInt) -> [Int]? { small?.choices(at: UInt128(index)) ?? large?.choices(at: index) }

    /// The number of a derivation; nil where it is none of these.
    mutating func index(of choices: [Int]) -> BigInt? { small?.index(of: choices).map { BigInt($0) } ?? large?.index(of: choices) }

    /// A derivation at its first draw, in spaces where draws must differ.
    mutating func beginning() -> Numbering<BigInt>.Walk? { large?.beginning() }

    /// By alternative of the present draw, whether the derivation can go on with it.
    mutating func possible(_ walk: inout Numbering<BigInt>.Walk, _ count: Int) -> [Bool] {
        var possible = [Bool](repeating: false, count: count)
        refresh(&walk)
        for option in large?.options(walk) ?? [] where option.weight > 0 { possible[option.production.alternative] = true }
        return possible
    }

    /// Goes on with a choice.
    mutating func take(_ choice: Int, _ walk: inout Numbering<BigInt>.Walk) {
        refresh(&walk)
        guard let option = large?.options(walk).first(where: { $0.isTaken(by: choice) }) else { return }
        large?.take(option, by: choice, &walk)
    }

    /// Walks the same way again where the numbering has forgotten it.
    private mutating func refresh(_ walk: inout Numbering<BigInt>.Walk) {
        guard let large, walk.epoch != large.epoch, var again = self.large?.beginning() else { return }
        for choice in walk.choices {
            guard let option = self.large?.options(again).first(where: { $0.isTaken(by: choice) }) else { return }
            self.large?.take(option, by: choice, &again)
        }
        walk = again
    }
}
