#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslRandom
import NaslSpace

/// Which draws of a space decide about the reward: shares of its variance under the grammar's own weights, of single draws and of pairs,
/// from the trials of a search.
///
///     let effects = Effects(run.trials, in: space)
///     effects.effects.first?.name      // "E", the draw that matters most
///     effects.fidelity                 // how well the model behind it predicts trials that it has not seen
///
/// The trials of a search are no random sample, so the shares are those of a model that was fitted to them, over programs drawn by the
/// grammar's weights.
public struct Effects: Sendable {
    public struct Effect: Sendable {
        /// `E`, or `A x B` for what two draws do together beyond what each does alone.
        public let name: String
        /// One or two.
        public let factors: [Factor]
        /// Of the reward's variance.
        public let share: Double
        /// The share lies within it with 95 % confidence, for all effects that are listed at once.
        public let error: Double
        /// Of a single draw, what each level does to the expected reward where the draw occurs.
        public let levels: [Level]
    }

    public struct Level: Sendable {
        public let name: String
        public let effect: Double
        public let error: Double
        /// Programs among the trials that have it.
        public let programs: Int
    }

    /// The largest share first.
    public let effects: [Effect]
    /// The coefficient of determination of predictions for programs that were left out; at most 1, and 0 or less where nothing is predicted.
    public let fidelity: Double
    /// Its standard error.
    public let fidelityError: Double
    /// Different programs with a reward that the model was fitted to.
    public let programs: Int
    /// Rewards below it counted as it, so that a few very bad ones do not drown the rest; nil where there were none.
    public let floor: (reward: Double, programs: Int)?

    /// What no listed effect explains: more draws together, draws that are too rare to be factors, differences inside a range, and noise.
    public var unexplained: Double { max(0, 1 - effects.reduce(0) { $0 + $1.share }) }

    /// Fewer programs say nothing.
    public static let fewestPrograms = 20
    /// Of more, evenly spaced ones are taken.
    static let mostPrograms = 5_000
    private static let referenceDraws = 5_000

    /// Nil where too few programs have a reward, all have the same one, or the space has no choice.
    public init?(_ trials: [Trial], in space: Space) {
        var seen: Set<String> = []
        var tried = trials.filter { $0.reward != nil && seen.insert($0.text).inserted }
        guard tried.count >= Effects.fewestPrograms else { return nil }
        if tried.count > Effects.mostPrograms { tried = (0..<Effects.mostPrograms).map { [tried] in tried[$0 * tried.count / Effects.mostPrograms] } }
        let scaled = ScaledRewards(tried.compactMap(\.reward))
        guard let scaled else { return nil }
        var stream = RandomStream(seed: 0, "explain", "reference")
        let reference = (0..<Effects.referenceDraws).map { _ in space.sample(&stream).choices }
        let table = FactorTable(tried.map(\.choices) + reference, in: space, reference: tried.count, bins: tried.count < 1_000 ? 5 : 10)
        guard !table.factors.isEmpty else { return nil }
        let analysis = EffectAnalysis(table, scaled.values, groups: tried.count >= 100 ? 20 : 10)
        programs = tried.count
        floor = scaled.floor
        (fidelity, fidelityError) = Effects.fidelity(scaled.values, analysis)
        let count = table.factors.count + analysis.pairs.count
        let reach = Statistics.studentQuantile(1 - 0.025 / Double(count), freedom: Double(analysis.without.count - 1))
        // The model draws levels with few programs towards the mean, which no resampling shows: theirs are made a quarter wider.
        let levelCount = table.factors.reduce(0) { $0 + $1.levels.count }
        let levelReach = 1.25 * Statistics.studentQuantile(1 - 0.025 / Double(max(1, levelCount)), freedom: Double(analysis.without.count - 1))
        effects = (0..<count).map { number in
            let share = analysis.shares.shares[number]
            let error = Effects.error(of: share, reach * analysis.standardError { $0.shares[number] })
            guard number < table.factors.count else {
                let (first, second) = analysis.pairs[number - table.factors.count]
                let factors = [table.factors[first], table.factors[second]]
                return Effect(name: "\(factors[0].name) x \(factors[1].name)", factors: factors, share: share, error: error, levels: [])
            }
            var programs = [Int](repeating: 0, count: table.factors[number].levels.count)
            for row in 0..<tried.count where table.columns[number][row] >= 0 { programs[Int(table.columns[number][row])] += 1 }
            let levels = table.factors[number].levels.enumerated().map { level, name in
                Level(name: name, effect: scaled.unit * analysis.shares.effects[number][level],
                      error: scaled.unit * levelReach * analysis.standardError { $0.effects[number][level] }, programs: programs[level])
            }
            return Effect(name: table.factors[number].name, factors: [table.factors[number]], share: share, error: error, levels: levels)
        }.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map(\.element)
    }

    /// Below a thousandth shares are not told apart. Near 1 a share has more room below than above: there the interval is made for its
    /// logit, and the longer side counts.
    private static func error(of share: Double, _ reach: Double) -> Double {
        let error = max(0.001, reach)
        guard share > 0.5, share < 1 else { return error }
        return max(error, share - 1 / (1 + (1 - share) / share * exp(error / (share * (1 - share)))))
    }

    private static func fidelity(_ values: [Double], _ analysis: EffectAnalysis) -> (Double, Double) {
        let groups = analysis.without.count
        let mean = values.reduce(0, +) / Double(values.count)
        func share(_ rows: [Int]) -> Double {
            let total = rows.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
            let missed = rows.reduce(0) { $0 + (values[$1] - analysis.heldOut[$1]) * (values[$1] - analysis.heldOut[$1]) }
            return total > 0 ? 1 - missed / total : 0
        }
        let without = (0..<groups).map { group in share(values.indices.filter { $0 % groups != group }) }
        let center = without.reduce(0, +) / Double(groups)
        let squares = without.reduce(0) { $0 + ($1 - center) * ($1 - center) }
        return (share(Array(values.indices)), (squares * Double(groups - 1) / Double(groups)).squareRoot())
    }
}

/// Rewards in units of their own spread, the worst of them cut off; nil where all are the same.
struct ScaledRewards {
    let values: [Double]
    /// What 1 stands for.
    let unit: Double
    let floor: (reward: Double, programs: Int)?

    init?(_ rewards: [Double]) {
        let sorted = rewards.sorted()
        guard let worst = sorted.first, let best = sorted.last, best > worst else { return nil }
        // As far below the worst tenth as the best lies above it.
        let tenth = sorted[sorted.count / 10]
        let low = tenth - (best - tenth)
        let isCut = best > tenth && low.isFinite && worst < low
        floor = isCut ? (low, sorted.count { $0 < low }) : nil
        let lowest = isCut ? low : worst
        // Halves, since the difference of two large numbers may be none.
        let half = best / 2 - lowest / 2
        guard half > 0 else { return nil }
        values = rewards.map { (max(lowest, $0) / 2 - lowest / 2) / half }
        unit = 2 * half
    }
}
