import NaslExpr

/// The choices of a derivation as a key of sets and dictionaries, hashed quickly: by the standard hash, telling new programs from known ones takes as
/// much time as breeding them.
package struct ChoiceKey: Hashable, Sendable {
    package let choices: [Int]
    private let hash: UInt64

    package init(_ choices: [Int]) {
        self.choices = choices
        // Without a constant a first choice of 0 would vanish.
        hash = choices.reduce(into: 0x2545_f491_4f6c_dd1d) { $0.mix(UInt64(bitPattern: Int64($1))) }
    }

    package static func == (one: ChoiceKey, other: ChoiceKey) -> Bool { one.hash == other.hash && one.choices == other.choices }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
