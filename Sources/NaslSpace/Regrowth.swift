import NaslRandom

/// A program that grows anew from another one: what each of its draws should become, and what it becomes.
struct Regrowth {
    /// What a draw that waits should become.
    enum Plan {
        case fresh
        /// That choice of the program and all below it, but for the change.
        case own(Int)
        /// That choice of the source and all below it.
        case kept(Int)
        /// Another alternative than that choice of the source, with the same draws below it.
        case exchanged(Int)
        /// Anything, with that choice of the source at one of its draws.
        case wrapped(Int)
    }

    private let tree: DerivationTree
    private let source: DerivationTree
    private let place: Int
    private let change: Plan
    /// Of the draws that wait, the next one last.
    private var plans: [Plan] = [.own(0)]
    /// Of the draw that was chosen last.
    private var plan = Plan.fresh

    /// The program of `tree` with `change` at `place`; `source`, the tree itself or another one, is where what the change keeps comes from.
    init(of tree: DerivationTree, _ place: Int, _ change: Plan, from source: DerivationTree) {
        (self.tree, self.place, self.change, self.source) = (tree, place, change, source)
        plans.reserveCapacity(32)
    }

    /// The choice at the next draw, of which `isAllowed` tells the alternatives that are possible and `priors` their probabilities.
    @inline(__always)
    mutating func choice(
        at site: Int, _ numbers: RealRange?, isAllowed: (Int) -> Bool, priors: () -> [Double], _ stream: inout RandomStream
    ) -> Int {
        plan = plans.popLast() ?? .fresh
        if case .own(place) = plan { plan = change }
        func kept(_ tree: DerivationTree, _ position: Int) -> Int? {
            guard tree.sites[position] == site else { return nil }
            let choice = tree.choices[position]
            if let numbers { return numbers.contains(RealRange.number(choice)) ? choice : nil }
            return isAllowed(choice) ? choice : nil
        }
        switch plan {
        case .own(let position): if let choice = kept(tree, position) { return choice }
        case .kept(let position): if let choice = kept(source, position) { return choice }
        case .exchanged(let position): return Regrowth.drawn(priors(), numbers, without: kept(source, position), &stream)
        case .wrapped: return Regrowth.drawn(priors(), numbers, without: nil, &stream)
        case .fresh: break
        }
        plan = .fresh
        return Regrowth.drawn(priors(), numbers, without: nil, &stream)
    }

    /// By the grammar's weights; `unwanted` only where nothing else is possible.
    static func drawn(_ priors: [Double], _ numbers: RealRange?, without unwanted: Int?, _ stream: inout RandomStream) -> Int {
        if let numbers { return RealRange.choice(numbers.number(at: stream.uniform())) }
        let unwanted = unwanted.flatMap { unwanted in priors.indices.contains { $0 != unwanted && priors[$0] > 0 } ? unwanted : nil }
        func weight(_ alternative: Int) -> Double { alternative == unwanted ? 0 : priors[alternative] }
        var total = 0.0
        for alternative in priors.indices { total += weight(alternative) }
        var point = stream.uniform() * total
        var last = 0
        for alternative in priors.indices where weight(alternative) > 0 {
            if point < weight(alternative) { return alternative }
            point -= weight(alternative)
            last = alternative
        }
        // Rounding has left the sum a little below the total.
        return last
    }

    /// Notes what becomes of the draws of the choice that was made last.
    @inline(__always)
    mutating func descend(_ draws: Int, _ stream: inout RandomStream) {
        if draws == 0 { return }
        let first = plans.count
        for _ in 0..<draws { plans.append(.fresh) }
        // The first draw is the next one, so it stands last.
        let last = first + draws - 1
        switch plan {
        case .fresh: break
        case .own(let position):
            var child = position + 1
            for slot in 0..<min(draws, tree.draws[position]) {
                plans[last - slot] = .own(child)
                child = tree.end(of: child)
            }
        case .kept(let position), .exchanged(let position):
            var child = position + 1
            for slot in 0..<min(draws, source.draws[position]) {
                plans[last - slot] = .kept(child)
                child = source.end(of: child)
            }
        case .wrapped(let position): plans[last - stream.below(draws)] = .kept(position)
        }
    }
}
