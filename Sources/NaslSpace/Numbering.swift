import NaslExpr

/// Ranks and unranks derivations in the order of their choices, under one set of acceptable whole programs.
///
/// What waits on the stack of a derivation is a *rest*: an interned list, so that derivations share what they have in common. The
/// number of ways to finish a rest is a function of the sum so far, computed when it is first asked for, from the numbers of
/// derivations by profile (``Counting``). A choice then costs one number per alternative. The method is that of recursive sampling
/// (Flajolet, Zimmermann, Van Cutsem: "A calculus for the random generation of labelled combinatorial structures", TCS 1994),
/// made to keep the order.
///
/// - `Weight`: holds the number of all derivations.
struct Numbering<Weight: BinaryInteger & Sendable>: Sendable {
    private let model: Model
    /// By cell, the profiles of its pieces and their numbers of derivations.
    private let pieces: [[(profile: Int32, count: Weight)]]
    /// What acceptable programs sum up to.
    private let accepted: [UInt64]
    private let draws: DrawSequences

    private enum Rest: Hashable {
        /// Draws of one template, then what waited before it.
        case draws(Int32, after: Int32)
        /// The sum goes through a map, for the template as a whole.
        case result(Int32, after: Int32)
        /// A draw with a map is complete: its sum goes through the map and is added to the sum before it.
        case back(Int32, sum: Int32, after: Int32)
    }
    private var rests: [Rest] = []
    private var ids: [Rest: Int32] = [:]
    private var weights: [UInt64: Weight] = [:]

    private static var end: Int32 { -1 }
    /// Kept between derivations, so that memory stays bounded.
    private static var mostKept: Int { 2_000_000 }

    init(_ model: Model, _ counting: Counting, accepted: [UInt64]) {
        self.model = model
        self.accepted = accepted
        draws = DrawSequences(model)
        pieces = model.reach.indices.map { cell in
            model.reach[cell].compactMap { profile in
                let count = counting.count(ofCell: cell, profile: Int(profile))
                return count == 0 ? nil : (profile, Weight(count))
            }
        }
    }

    /// The number of all derivations.
    mutating func total() -> Weight { weight(beginning(), 0) }

    /// The choices of a derivation by its number, which must be below the total.
    mutating func choices(at index: Weight) -> [Int] {
        forget()
        var left = index
        var choices: [Int] = []
        let model = model
        walk { options in
            guard let taken = options.firstIndex(where: { option in
                if left < option.weight { return true }
                left -= option.weight
                return false
            }) else { return nil }
            let production = model.productions[Int(model.entries[options[taken].entry].production)]
            choices.append(production.numbers.map { RealRange.choice($0.number(at: 0.5)) } ?? production.alternative)
            return taken
        }
        return choices
    }

    /// The number of a derivation of which nothing is drawn but what is possible; nil where it is none of these.
    mutating func index(of choices: [Int]) -> Weight? {
        forget()
        var index: Weight = 0
        var next = 0
        let model = model
        let isWhole = walk { options in
            guard next < choices.count else { return nil }
            let choice = choices[next]
            next += 1
            let taken = options.firstIndex { option in
                let production = model.productions[Int(model.entries[option.entry].production)]
                return production.numbers.map { $0.contains(RealRange.number(choice)) } ?? (production.alternative == choice)
            }
            guard let taken, options[taken].weight > 0 else { return nil }
            for option in options[..<taken] { index += option.weight }
            return taken
        }
        return isWhole && next == choices.count ? index : nil
    }

    private struct Option {
        let entry: Int
        let weight: Weight
        let sum: Int
        let rest: Int32
    }

    /// Follows one derivation; `choose` takes one of the options or gives up.
    @discardableResult
    private mutating func walk(_ choose: ([Option]) -> Int?) -> Bool {
        var rest = beginning(), sum = 0
        while rest != Numbering.end {
            switch rests[Int(rest)] {
            case .result(let map, let after):
                sum = Int(model.maps[Int(map)][sum])
                rest = after
            case .back(let map, let before, let after):
                sum = model.algebra.add(Int(before), Int(model.maps[Int(map)][sum]))
                rest = after
            case .draws(let sequence, let after):
                let draw = draws.all[Int(sequence)]
                var below = draw.rest < 0 ? after : id(.draws(draw.rest, after: after))
                if draw.map >= 0 {
                    below = id(.back(draw.map, sum: Int32(sum), after: below))
                    sum = 0
                }
                let options = model.cells[Int(draw.cell)].entries.map { option($0, sum, below) }
                guard let taken = choose(options) else { return false }
                (sum, rest) = (options[taken].sum, options[taken].rest)
            }
        }
        return true
    }

    private mutating func option(_ number: Int, _ sum: Int, _ below: Int32) -> Option {
        let entry = model.entries[number]
        let total = model.algebra.add(sum, Int(entry.fixed))
        var rest = entry.result < 0 ? below : id(.result(entry.result, after: below))
        if let first = draws.first(of: number) { rest = id(.draws(first, after: rest)) }
        return Option(entry: number, weight: weight(rest, total), sum: total, rest: rest)
    }

    /// In how many ways a rest can be finished after this sum.
    private mutating func weight(_ rest: Int32, _ sum: Int) -> Weight {
        if sum < 0 { return 0 }
        if rest == Numbering.end { return ProfileAlgebra.contains(accepted, sum) ? 1 : 0 }
        switch rests[Int(rest)] {
        case .result(let map, let after): return weight(after, Int(model.maps[Int(map)][sum]))
        case .back(let map, let before, let after):
            let mapped = Int(model.maps[Int(map)][sum])
            return mapped < 0 ? 0 : weight(after, model.algebra.add(Int(before), mapped))
        case .draws(let sequence, let after):
            let key = UInt64(UInt32(bitPattern: rest)) << 32 | UInt64(sum)
            if let known = weights[key] { return known }
            let draw = draws.all[Int(sequence)]
            let below = draw.rest < 0 ? after : id(.draws(draw.rest, after: after))
            var result: Weight = 0
            for (profile, count) in pieces[Int(draw.cell)] {
                let counted = draw.map < 0 ? Int(profile) : Int(model.maps[Int(draw.map)][Int(profile)])
                if counted < 0 { continue }
                let ways = weight(below, model.algebra.add(sum, counted))
                if ways != 0 { result += count * ways }
            }
            weights[key] = result
            return result
        }
    }

    private mutating func beginning() -> Int32 { id(.draws(draws.start, after: Numbering.end)) }

    private mutating func id(_ rest: Rest) -> Int32 {
        if let known = ids[rest] { return known }
        let id = Int32(rests.count)
        ids[rest] = id
        rests.append(rest)
        return id
    }

    private mutating func forget() {
        guard rests.count + weights.count > Numbering.mostKept else { return }
        rests = []
        ids = [:]
        weights = [:]
    }
}
