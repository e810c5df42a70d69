/// The best program so far, as a search keeps count of it: of those with the largest budget the one with the highest reward.
struct Find: Sendable {
    let reward: Double
    let text: String
    /// nil where the method gives none.
    let budget: Double?

    func isBetter(than other: Find?) -> Bool {
        guard let other else { return true }
        return (budget ?? 0, reward) > (other.budget ?? 0, other.reward)
    }
}
