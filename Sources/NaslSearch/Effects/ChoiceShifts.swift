import NaslSpace

/// How a search's proposals moved away from the grammar's weights: of each alternative, how often it was taken at the draws where it was
/// possible, beside how often the weights would have taken it at these very draws.
public struct ChoiceShifts: Sendable {
    public struct Shift: Sendable {
        /// The rule or draw, and its alternative.
        public let rule: String
        public let alternative: String
        /// Share of the draws of the last quarter of the trials, by the grammar's weights and as it was.
        public let expected: Double
        public let taken: Double
        /// By how many standard deviations of independent draws they differ.
        public let deviations: Double
        /// The trial, from 1, by which half of the way was gone for good.
        public let trial: Int
    }

    /// Those that chance would hardly make (more than four deviations), the largest change first.
    public let shifts: [Shift]
    /// Trials that were read.
    public let trials: Int

    private static let mostTrials = 10_000
    private static let mostWindows = 20
    private static let fewestTrials = 40
    private static let leastDeviations = 4.0

    /// What was taken and expected of one alternative, by window.
    private struct Tally {
        var taken: [Double]
        var expected: [Double]
        /// The sum of p (1 - p).
        var variance: [Double]
    }

    public init(_ trials: [Trial], in space: Space) {
        guard trials.count >= ChoiceShifts.fewestTrials else {
            (shifts, self.trials) = ([], trials.count)
            return
        }
        let count = min(trials.count, ChoiceShifts.mostTrials)
        let windows = min(ChoiceShifts.mostWindows, count / 10)
        let levels = space.sites.map { FactorLevels($0, bins: 5) }
        var tallies: [[Tally]] = levels.map { site in
            site.names.map { _ in
                let none = [Double](repeating: 0, count: windows)
                return Tally(taken: none, expected: none, variance: none)
            }
        }
        for number in 0..<count {
            let window = number * windows / count
            for placed in space.placed(trials[number * trials.count / count].choices) ?? [] where placed.decision.forced == nil {
                let site = placed.site
                var priors = [Double](repeating: 0, count: levels[site].names.count)
                if placed.decision.numbers != nil {
                    priors = priors.map { _ in 1 / Double(priors.count) }
                } else {
                    for (alternative, prior) in placed.decision.priors.enumerated() { if let level = levels[site].level(alternative) { priors[level] += prior } }
                }
                for (level, prior) in priors.enumerated() where prior > 0 {
                    tallies[site][level].expected[window] += prior
                    tallies[site][level].variance[window] += prior * (1 - prior)
                }
                if let level = levels[site].level(placed.choice) { tallies[site][level].taken[window] += 1 }
            }
        }
        let late = (windows * 3 / 4)..<windows
        var found: [Shift] = []
        for (site, own) in tallies.enumerated() {
            let draws = (0..<windows).map { window in own.reduce(0) { $0 + $1.taken[window] } }
            let lateDraws = late.reduce(0) { $0 + draws[$1] }
            guard lateDraws > 0 else { continue }
            for (level, tally) in own.enumerated() {
                func sum(_ numbers: [Double]) -> Double { late.reduce(0) { $0 + numbers[$1] } }
                let variance = sum(tally.variance)
                let difference = sum(tally.taken) - sum(tally.expected)
                guard variance > 0, abs(difference) > ChoiceShifts.leastDeviations * variance.squareRoot() else { continue }
                let changes = (0..<windows).map { draws[$0] > 0 ? (tally.taken[$0] - tally.expected[$0]) / draws[$0] : 0 }
                let half = difference / lateDraws / 2
                // Windows from the end on that are all beyond half of the way.
                let steady = changes.reversed().prefix { half > 0 ? $0 >= half : $0 <= half }.count
                let window = min(windows - 1, windows - steady)
                found.append(Shift(
                    rule: space.sites[site].name.text, alternative: levels[site].names[level], expected: sum(tally.expected) / lateDraws, taken: sum(tally.taken) / lateDraws,
                    deviations: difference / variance.squareRoot(), trial: max(1, (window + 1) * trials.count / windows)))
            }
        }
        shifts = found.enumerated().sorted { first, second in
            let (a, b) = (abs(first.element.taken - first.element.expected), abs(second.element.taken - second.element.expected))
            return (b, first.offset) < (a, second.offset)
        }.map(\.element)
        self.trials = count
    }
}
