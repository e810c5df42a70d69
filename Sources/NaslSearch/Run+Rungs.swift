import NaslExpr

/// Trials with budgets: where a method tries programs with a part of the full budget first.
extension Run {
    /// The trials that are set beside one another: those of the full budget, or of the highest one that has a reward. All where there are no budgets.
    public var comparable: [Trial] {
        guard fullBudget != nil else { return trials }
        let highest = trials.lazy.filter { $0.reward != nil }.compactMap(\.budget).max()
        return highest.map { highest in trials.filter { $0.budget == highest } } ?? trials
    }

    /// The trials of the budget with which most programs were tried. All where there are no budgets.
    public var mostTried: [Trial] {
        guard fullBudget != nil else { return trials }
        let groups = Dictionary(grouping: trials.filter { $0.reward != nil }) { $0.budget ?? 0 }
        return groups.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }.map { most in trials.filter { $0.budget == most.key } } ?? trials
    }

    /// Each program's first trial, by the program as it was drawn. All where there are no budgets.
    public var firstTried: [Trial] {
        guard fullBudget != nil else { return trials }
        var seen: Set<String> = []
        return trials.filter { seen.insert($0.drawnText).inserted }
    }

    /// What the trials have cost so far, by trial, as many of the full budget.
    public var spending: [Double] {
        var total = 0.0
        return trials.map { trial in
            total += trial.budget ?? fullBudget ?? 1
            return total / (fullBudget ?? 1)
        }
    }

    /// What all trials have cost, as many of the full budget.
    public var spent: Double { trials.reduce(0) { $0 + ($1.budget ?? fullBudget ?? 1) } / (fullBudget ?? 1) }

    /// What came of the trials of one budget.
    public struct Rung: Sendable {
        public let budget: Double
        public let trials: Int
        public let failures: Int
        /// Programs that were also tried with the next larger budget.
        public let promoted: Int
        /// Programs that have a reward here and there.
        public let pairs: Int
        /// Of these two rewards (Spearman's); nil below three pairs, and where all rewards of one budget are equal.
        public let correlation: Double?
        /// Their largest reward here.
        public let best: Double?
    }

    /// The rungs, the smallest budget first; empty where there are no budgets.
    public var rungs: [Rung] {
        guard fullBudget != nil else { return [] }
        let groups = Dictionary(grouping: trials) { $0.budget ?? 0 }.sorted { $0.key < $1.key }
        return groups.indices.map { place in
            let own = groups[place].value
            // Promoted programs keep the choices of their first trial.
            let above = place + 1 < groups.count ? Dictionary(groups[place + 1].value.map { ($0.choices, $0) }) { first, _ in first } : [:]
            let both = own.compactMap { trial -> (Double, Double)? in
                guard let reward = trial.reward, let later = above[trial.choices]?.reward else { return nil }
                return (reward, later)
            }
            return Rung(
                budget: groups[place].key, trials: own.count, failures: own.count { $0.reward == nil }, promoted: own.count { above[$0.choices] != nil }, pairs: both.count,
                correlation: Statistics.rankCorrelation(both.map(\.0), both.map(\.1)), best: own.compactMap(\.reward).max())
        }
    }
}

extension Statistics {
    /// Spearman's: Pearson's correlation of the ranks, equal values sharing the mean of theirs. Nil below three pairs, or where one side is constant.
    public static func rankCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
        guard first.count == second.count, first.count > 2 else { return nil }
        let (x, y) = (ranks(first), ranks(second))
        let middle = Double(first.count + 1) / 2
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + ($1.0 - middle) * ($1.1 - middle) } }
        let spread = (product(x, x) * product(y, y)).squareRoot()
        return spread > 0 ? product(x, y) / spread : nil
    }

    /// From 1, of equal values the mean.
    static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            let end = order[start...].firstIndex { values[$0] != values[order[start]] } ?? order.count
            for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
            start = end
        }
        return ranks
    }
}
