import NaslExpr
import NaslLanguage
import NaslSearch

/// `simplify(f, on: task)`: what does not matter to the reward is removed, one operation after the other, each tested on the same seeds.
///
/// A removal stands where the interval of the paired differences from the given function shows that no more than the tolerance is lost; of those that
/// do the smallest program is taken, and it goes on from there. At the end all of them together are tested on seeds that chose nothing.
struct TaskSimplification {
    struct Removal: Sendable {
        let before: Expr
        let after: Expr
        /// The function without it.
        let program: FunctionTerm
        /// From the given function, with all removals so far.
        let difference: PairedDifference
    }

    let given: FunctionTerm
    private(set) var program: FunctionTerm
    private(set) var removals: [Removal] = []
    /// On fresh seeds; nil where nothing was removed.
    private(set) var confirmed: PairedDifference?
    let tolerance: Double
    let repeats: Int

    /// - Parameter tolerance: what may be lost of the reward; nil: a tenth of its deviation between seeds, and where that is 0 what rounding explains.
    init(_ given: FunctionTerm, on trials: CommonSeeds, under laws: LawTable, repeats: Int, seed: Int, tolerance: Double?) throws {
        self.given = given
        self.repeats = repeats
        let reference = try trials.rewards(of: [given.candidate], repeats: repeats, seed: seed, doing: "simplifying")[0]
        let good = reference.compactMap { $0 }
        guard let mean = Statistics.mean(good), good.count > 1 else {
            throw Fault.value("`\(given.text)` has a reward on \(good.count) of \(repeats) seeds, too few to tell what matters", at: trials.range)
        }
        let deviation = Statistics.deviation(good) ?? 0
        self.tolerance = tolerance ?? max(deviation / 10, 1e-9 * max(1, abs(mean)))
        program = given.simplified(under: laws)
        let inputs = InputPoints.spread(parameters: given.parameters.count)
        var known: [FunctionTerm: [Double?]] = [:]
        while true {
            var smaller: [(removal: Reduction, program: FunctionTerm)] = []
            for reduction in Reduction.all(of: program, over: inputs) {
                let next = FunctionTerm(parameters: program.parameters, body: reduction.whole).simplified(under: laws)
                if next.body.size < program.body.size, !smaller.contains(where: { $0.program == next }) { smaller.append((reduction, next)) }
            }
            let unknown = smaller.map(\.program).filter { known[$0] == nil }
            for (program, rewards) in zip(unknown, try trials.rewards(of: unknown.map(\.candidate), repeats: repeats, seed: seed, doing: "simplifying")) { known[program] = rewards }
            var best: Removal?
            for (reduction, next) in smaller {
                guard let rewards = known[next], let difference = PairedDifference(rewards, against: reference), difference.losesAtMost(self.tolerance) else { continue }
                if let best, (best.program.body.size, -best.difference.mean) <= (next.body.size, -difference.mean) { continue }
                best = Removal(before: reduction.before, after: reduction.after, program: next, difference: difference)
            }
            guard let best else { break }
            removals.append(best)
            program = best.program
        }
        try confirm(trials, seed: seed, laws)
    }

    /// What was chosen because it did well may have been lucky: on fresh seeds the last removals are taken back while they are seen to cost more.
    private mutating func confirm(_ trials: CommonSeeds, seed: Int, _ laws: LawTable) throws {
        while let last = removals.last {
            let rewards = try trials.rewards(of: [given.candidate, last.program.candidate], repeats: repeats, seed: seed + 1, doing: "simplifying")
            confirmed = PairedDifference(rewards[1], against: rewards[0])
            program = last.program
            guard let confirmed, confirmed.high < -tolerance || confirmed.failures > 0 else { return }
            removals.removeLast()
            program = removals.last?.program ?? given.simplified(under: laws)
            self.confirmed = nil
        }
    }
}

extension FunctionTerm {
    /// As a task takes it.
    var candidate: Value { .function(Function(.term(self, derivation: nil))) }
}
