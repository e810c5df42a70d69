import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSearch
import NaslSpace

/// What each choice of a derivation is worth: its mean contribution to the reward when the choices are made one after the other in a random order and
/// those that are not made yet are drawn by the grammar's weights (Shapley, "A value for n-person games", 1953; by drawn orders: Castro, Gómez &
/// Tejada, "Polynomial calculation of the Shapley value based on sampling", 2009). Their sum is what the program earns above random programs.
struct ShapleyValues: Sendable {
    /// By choice, with the standard error over the orders.
    let values: [(mean: Double, error: Double)]
    /// The mean reward of programs drawn at random.
    let base: Double
    /// Of the program, on the same seeds.
    let reward: Double
    let orders: Int
    /// Trials without a reward; they count as the lowest reward that was met.
    let failures: Int

    static let mostChoices = 12

    /// - Returns: nil where the program has too many choices.
    init?(_ tree: DerivationTree, of grammar: GrammarValue, on trials: CommonSeeds, orders: Int, seed: Int) throws {
        let count = tree.choices.count
        guard count >= 1, count <= ShapleyValues.mostChoices, orders > 1 else { return nil }
        var items: [(candidate: Value, repetition: Int)] = []
        var sequences: [[Int]] = []
        for order in 0..<orders {
            var shuffling = RandomStream(seed: seed, "explain", "order", .number(order))
            var sequence = Array(0..<count)
            for slot in (1..<count).reversed() { sequence.swapAt(slot, shuffling.below(slot + 1)) }
            sequences.append(sequence)
            var kept = [Bool](repeating: false, count: count)
            for step in 0...count {
                if step > 0 { kept[sequence[step - 1]] = true }
                // The same numbers at every step, so that what is not drawn otherwise stays.
                let sample = grammar.space.redrawing(tree, keeping: kept) { RandomStream(seed: seed, "explain", "drawing", .number(order), .number($0)) }
                items.append((grammar.value(of: sample), order))
            }
        }
        let rewards = try trials.evaluations(of: items, seed: seed, doing: "explaining").map { $0?.reward }
        guard let lowest = rewards.compactMap({ $0 }).min() else { return nil }
        var contributions = [[Double]](repeating: [], count: count)
        for (order, sequence) in sequences.enumerated() {
            let own = rewards[order * (count + 1)..<(order + 1) * (count + 1)].map { $0 ?? lowest }
            for (step, choice) in sequence.enumerated() { contributions[choice].append(own[step + 1] - own[step]) }
        }
        values = contributions.map { (Statistics.mean($0) ?? 0, (Statistics.deviation($0) ?? 0) / Double($0.count).squareRoot()) }
        func mean(at step: Int) -> Double { Statistics.mean((0..<orders).map { rewards[$0 * (count + 1) + step] ?? lowest }) ?? 0 }
        (base, reward) = (mean(at: 0), mean(at: count))
        self.orders = orders
        failures = rewards.count { $0 == nil }
    }
}
