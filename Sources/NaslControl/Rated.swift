/// A derivation and the reward that it has earned.
package struct Rated: Sendable, Hashable {
    package let choices: [Int]
    package let reward: Double

    package init(choices: [Int], reward: Double) {
        self.choices = choices
        self.reward = reward
    }
}
