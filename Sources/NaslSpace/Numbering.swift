import NaslExpr

/// Ranks and unranks derivations in the order of their choices, under one set of acceptable whole programs.
///
/// What waits on the stack of a derivation is a *rest*: an interned list, so that derivations share what they have in common. The
/// number of ways to finish a rest is a function of the sum so far, computed when it is first asked for, from the numbers of
/// derivations by profile (``Counting``). A choice then costs one number per alternative. The method is that of recursive sampling
/// (Flajolet, Zimmermann, Van Cutsem: "A calculus for the random generation of labelled combinatorial structures", TCS 1994),
/// made to keep the order.
///
/// Of two draws that must differ the first is noted, and the second may be everything but that.
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
        /// Draws of one template, then what waited before it. `known` is the profile of the draw from which a later one must differ, or -1.
        case draws(Int32, known: Int32, after: Int32)
        /// The sum goes through a map, for the template as a whole.
        case result(Int32, after: Int32)
        /// A draw that was summed up for itself is complete: its sum goes through the map and is added to the sum before it.
        case back(Int32, sum: Int32, after: Int32)
        /// The same for a draw from which a later one must differ; then come the next draws of the template.
        case noted(Int32, next: Int32, sum: Int32, after: Int32)
    }
    private var rests: [Rest] = []
    private var ids: [Rest: Int32] = [:]
    private var weights: [UInt64: Weight] = [:]
    /// Changes whenever all rests are forgotten, so that memory stays bounded.
    private(set) var epoch = 0

    private static var end: Int32 { -1 }
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

    /// A derivation on its way, at a draw or at its end.
    struct Walk: Sendable {
        fileprivate(set) var choices: [Int] = []
        let epoch: Int
        fileprivate var rest: Int32
        fileprivate var sum = 0
        /// The cell of the present draw; -1 at the end.
        fileprivate var cell: Int32 = -1
        /// Where draws begin from which a later one must differ, and those that are complete.
        fileprivate var begun: [Int] = []
        fileprivate var noted: [Range<Int>] = []
        /// Draws that so far are like the one from which they must differ: what that goes on with, and in how many ways the derivation
        /// could be finished if they stayed alike.
        fileprivate var alike: [(next: Int, end: Int, ways: Weight)] = []

        fileprivate init(epoch: Int, rest: Int32) {
            self.epoch = epoch
            self.rest = rest
        }

        var isComplete: Bool { cell < 0 }
    }

    /// An alternative of the present draw.
    struct Option {
        let production: Production
        /// In how many ways the derivation can be finished.
        let weight: Weight
        fileprivate let sum: Int
        fileprivate let rest: Int32

        func isTaken(by choice: Int) -> Bool {
            production.numbers.map { $0.contains(RealRange.number(choice)) } ?? (production.alternative == choice)
        }
    }

    /// A derivation at its first draw.
    mutating func beginning() -> Walk {
        if rests.count + weights.count > Numbering.mostKept {
            rests = []
            ids = [:]
            weights = [:]
            epoch += 1
        }
        var walk = Walk(epoch: epoch, rest: id(.draws(draws.start, known: -1, after: Numbering.end)))
        reachNextDraw(&walk)
        return walk
    }

    /// The choices of a derivation by its number, which must be below the total.
    mutating func choices(at index: Weight) -> [Int] {
        var left = index
        var walk = beginning()
        while !walk.isComplete {
            let taken = options(walk).first { option in
                if left < option.weight { return true }
                left -= option.weight
                return false
            }
            guard let taken else { return walk.choices }
            let production = taken.production
            take(taken, by: production.numbers.map { RealRange.choice($0.number(at: 0.5)) } ?? production.alternative, &walk)
        }
        return walk.choices
    }

    /// The number of a derivation; nil where it is none of these.
    mutating func index(of choices: [Int]) -> Weight? {
        var index: Weight = 0
        var walk = beginning()
        for choice in choices {
            let options = options(walk)
            guard let taken = options.firstIndex(where: { $0.isTaken(by: choice) }), options[taken].weight > 0 else { return nil }
            for option in options[..<taken] { index += option.weight }
            take(options[taken], by: choice, &walk)
        }
        return walk.isComplete ? index : nil
    }

    /// The alternatives of the present draw; none at the end.
    mutating func options(_ walk: Walk) -> [Option] {
        if walk.isComplete { return [] }
        let numbers = model.cells[Int(walk.cell)].entries
        var options: [Option] = []
        options.reserveCapacity(numbers.count)
        for number in numbers {
            let entry = model.entries[number]
            let production = model.productions[Int(entry.production)]
            let total = model.algebra.add(walk.sum, Int(entry.fixed))
            var rest = entry.result < 0 ? walk.rest : id(.result(entry.result, after: walk.rest))
            if let first = draws.first(of: number) { rest = id(.draws(first, known: -1, after: rest)) }
            var weight = weight(rest, total)
            for twin in walk.alike where twin.next < twin.end && production.alternative == walk.choices[twin.next] { weight -= twin.ways }
            options.append(Option(production: production, weight: weight, sum: total, rest: rest))
        }
        return options
    }

    /// Takes an option of the present draw.
    mutating func take(_ option: Option, by choice: Int, _ walk: inout Walk) {
        let choices = walk.choices
        walk.alike = walk.alike.compactMap { twin in
            twin.next < twin.end && choices[twin.next] == choice ? (twin.next + 1, twin.end, twin.ways) : nil
        }
        walk.choices.append(choice)
        (walk.sum, walk.rest) = (option.sum, option.rest)
        reachNextDraw(&walk)
    }

    private mutating func reachNextDraw(_ walk: inout Walk) {
        walk.cell = -1
        while walk.rest != Numbering.end {
            switch rests[Int(walk.rest)] {
            case .result(let map, let after): (walk.sum, walk.rest) = (mapped(walk.sum, map), after)
            case .back(let map, let before, let after):
                (walk.sum, walk.rest) = (model.algebra.add(Int(before), mapped(walk.sum, map)), after)
            case .noted(let map, let next, let before, let after):
                walk.noted.append((walk.begun.popLast() ?? 0)..<walk.choices.count)
                walk.rest = id(.draws(next, known: Int32(walk.sum), after: after))
                walk.sum = model.algebra.add(Int(before), mapped(walk.sum, map))
            case .draws(let sequence, let known, let after):
                open(draws.all[Int(sequence)], known, after, &walk)
                return
            }
        }
    }

    /// Makes a draw the present one.
    private mutating func open(_ draw: DrawSequences.Draw, _ known: Int32, _ after: Int32, _ walk: inout Walk) {
        walk.cell = draw.cell
        if draw.isNoted {
            walk.begun.append(walk.choices.count)
            walk.rest = id(.noted(draw.map, next: draw.rest, sum: Int32(walk.sum), after: after))
            walk.sum = 0
            return
        }
        let later = later(draw, known, after)
        if draw.differs, let twin = walk.noted.popLast() {
            let counted = mapped(Int(known), draw.map)
            let ways = counted < 0 ? 0 : weight(later, model.algebra.add(walk.sum, counted))
            if ways > 0 { walk.alike.append((twin.lowerBound, twin.upperBound, ways)) }
        }
        walk.rest = draw.map < 0 ? later : id(.back(draw.map, sum: Int32(walk.sum), after: later))
        if draw.map >= 0 { walk.sum = 0 }
    }

    /// What comes after a draw of a template.
    private mutating func later(_ draw: DrawSequences.Draw, _ known: Int32, _ after: Int32) -> Int32 {
        draw.rest < 0 ? after : id(.draws(draw.rest, known: draw.differs ? -1 : known, after: after))
    }

    private func mapped(_ profile: Int, _ map: Int32) -> Int { map < 0 || profile < 0 ? profile : Int(model.maps[Int(map)][profile]) }

    /// In how many ways a rest can be finished after this sum.
    private mutating func weight(_ rest: Int32, _ sum: Int) -> Weight {
        if sum < 0 { return 0 }
        if rest == Numbering.end { return ProfileAlgebra.contains(accepted, sum) ? 1 : 0 }
        switch rests[Int(rest)] {
        case .result(let map, let after): return weight(after, mapped(sum, map))
        case .back(let map, let before, let after):
            let counted = mapped(sum, map)
            return counted < 0 ? 0 : weight(after, model.algebra.add(Int(before), counted))
        case .noted(let map, let next, let before, let after):
            let counted = mapped(sum, map)
            return counted < 0 ? 0 : weight(id(.draws(next, known: Int32(sum), after: after)), model.algebra.add(Int(before), counted))
        case .draws(let sequence, let known, let after):
            let key = UInt64(UInt32(bitPattern: rest)) << 32 | UInt64(sum)
            if let ways = weights[key] { return ways }
            let ways = weight(draws.all[Int(sequence)], known, after, sum)
            weights[key] = ways
            return ways
        }
    }

    private mutating func weight(_ draw: DrawSequences.Draw, _ known: Int32, _ after: Int32, _ sum: Int) -> Weight {
        var result: Weight = 0
        let later = draw.isNoted ? id(.noted(draw.map, next: draw.rest, sum: Int32(sum), after: after)) : later(draw, known, after)
        for (profile, count) in pieces[Int(draw.cell)] {
            if draw.isNoted {
                result += count * weight(later, Int(profile))
                continue
            }
            let counted = mapped(Int(profile), draw.map)
            if counted < 0 { continue }
            // All but the one that it must differ from.
            let others = draw.differs && profile == known ? count - 1 : count
            if others == 0 { continue }
            let ways = weight(later, model.algebra.add(sum, counted))
            if ways != 0 { result += others * ways }
        }
        return result
    }

    private mutating func id(_ rest: Rest) -> Int32 {
        if let known = ids[rest] { return known }
        let id = Int32(rests.count)
        ids[rest] = id
        rests.append(rest)
        return id
    }
}
