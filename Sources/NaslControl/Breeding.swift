import NaslRandom
import NaslSpace

/// Children of rated programs: parents by tournament, then a crossing or a change of one of them, all inside the space's masks.
struct Breeding {
    let space: Space
    /// Programs that compete to be a parent.
    let tournament: Int
    /// The probability that a child has two parents.
    let crossover: Double
    /// The probability that two tournaments decide about a parent, whose winner of fewer choices it is.
    let parsimony: Double
    /// The derivations of parents, which are asked for again and again.
    private var trees: [ChoiceKey: DerivationTree] = [:]

    private static let mostTrees = 4096

    init(_ space: Space, tournament: Int, crossover: Double, parsimony: Double = 0) {
        self.space = space
        self.parsimony = parsimony
        self.tournament = max(1, tournament)
        self.crossover = crossover
    }

    /// A child of `population`, which must not be empty, that is `known` from now on. One that has been is given up for another change, eight times at most.
    mutating func child(of population: [Rated], _ stream: inout RandomStream, known: inout Set<ChoiceKey>) -> Sample {
        var child = variation(of: population, &stream)
        for _ in 0..<8 {
            if known.insert(ChoiceKey(child.choices)).inserted { return child }
            child = variation(of: population, &stream)
        }
        known.insert(ChoiceKey(child.choices))
        return child
    }

    private mutating func variation(of population: [Rated], _ stream: inout RandomStream) -> Sample {
        guard let tree = tree(of: parent(population, &stream)) else { return space.sample(&stream) }
        if stream.uniform() < crossover, let other = self.tree(of: parent(population, &stream)) { return space.crossed(tree, other, &stream) }
        return space.varied(tree, Variation.allCases[stream.below(Variation.allCases.count)], &stream)
    }

    /// A winner, or the shorter of two: the double tournament of Luke & Panait, "Fighting bloat with nonparametric parsimony pressure", PPSN 2002.
    private func parent(_ population: [Rated], _ stream: inout RandomStream) -> [Int] {
        let winner = winner(population, &stream)
        guard parsimony > 0, stream.uniform() < parsimony else { return winner }
        let other = self.winner(population, &stream)
        return other.count < winner.count ? other : winner
    }

    /// The best of some that are drawn, the earlier of equals.
    private func winner(_ population: [Rated], _ stream: inout RandomStream) -> [Int] {
        var best = stream.below(population.count)
        for _ in 1..<tournament {
            let other = stream.below(population.count)
            if population[other].reward > population[best].reward || population[other].reward == population[best].reward && other < best { best = other }
        }
        return population[best].choices
    }

    private mutating func tree(of choices: [Int]) -> DerivationTree? {
        let key = ChoiceKey(choices)
        if let known = trees[key] { return known }
        guard let tree = space.tree(of: choices) else { return nil }
        if trees.count >= Breeding.mostTrees { trees = [:] }
        trees[key] = tree
        return tree
    }
}
