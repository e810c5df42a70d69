/// The choices of a derivation as a key of sets and dictionaries, hashed by a quick mix: by the standard one, telling new programs from known ones takes as
/// much time as breeding them.
package struct ChoiceKey: Hashable, Sendable {
    package let choices: [Int]
    private let mix: UInt64

    package init(_ choices: [Int]) {
        self.choices = choices
        mix = choices.reduce(0x9e37_79b9_7f4a_7c15) { sum, choice in
            let product = (sum ^ UInt64(bitPattern: Int64(choice))) &* 0xff51_afd7_ed55_8ccd
            return product ^ product >> 32
        }
    }

    package static func == (one: ChoiceKey, other: ChoiceKey) -> Bool { one.mix == other.mix && one.choices == other.choices }

    package func hash(into hasher: inout Hasher) { hasher.combine(mix) }
}
