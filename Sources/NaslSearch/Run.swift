import NaslExpr

/// What a search has found so far: its folded rounds.
public struct Run: Sendable {
    /// All that was drawn, in that order: trials, and programs that were the same as an earlier one's.
    public let proposals: [Trial]
    /// Those that were evaluated.
    public let trials: [Trial]
    /// Programs that a cheap test of the task has given up.
    public let rejected: Int
    /// Of rewards between repetitions; nil where no program was evaluated twice.
    public let deviation: Double?
    /// How many trials were asked for.
    public let requested: Int
    public let seed: Int
    /// The controller's name: `reinforce`.
    public let algorithm: String
    public let rounds: Int
    /// Of searching, over all sessions of the run.
    public let seconds: Double
    public let ending: Ending
    /// The budget with which trials count; nil where the method gives none.
    public let fullBudget: Double?

    package init(
        proposals: [Trial], requested: Int, seed: Int, algorithm: String, rounds: Int, seconds: Double, ending: Ending, fullBudget: Double? = nil
    ) {
        self.proposals = proposals
        trials = proposals.filter(\.isTrained)
        deviation = Statistics.pooledDeviation(trials.lazy.filter { $0.reward != nil }.map(\.rewards))
        rejected = proposals.count { $0.status == .rejected && !$0.fromMemory }
        self.requested = requested
        self.seed = seed
        self.algorithm = algorithm
        self.rounds = rounds
        self.seconds = seconds
        self.ending = ending
        self.fullBudget = fullBudget
    }

    /// Why the run is where it is.
    public enum Ending: Sendable, Hashable, CustomStringConvertible {
        /// All trials asked for are done.
        case finished
        /// The stop flag was set; the run can go on.
        case stopped
        /// Every derivation of the space has been tried.
        case exhausted(derivations: Int)
        /// A reward of at least this was found.
        case reached(goal: Double)
        /// So many rounds in a row held no program that was new.
        case nothingNew(rounds: Int)
        /// The recorder could not write, for this reason; the trials behind the last written round are lost.
        case unrecorded(reason: String)

        public var description: String {
            switch self {
            case .finished: "all trials are done"
            case .stopped: "stopped"
            case .exhausted(let derivations): "the space is exhausted: all \(derivations) derivations have been tried"
            case .reached(let goal): "a reward of \(numberText(goal)) was reached"
            case .nothingNew(let rounds): "\(rounds) rounds in a row brought no new program"
            case .unrecorded(let reason): reason
            }
        }
    }

    /// The trial with the highest reward, or with the highest lower bound of it where programs were evaluated more than once; the earlier of equals, and nil
    /// where none has a reward. With budgets it is one of ``comparable``.
    public var best: Trial? {
        var best: (trial: Trial, bound: Double)?
        for trial in comparable {
            guard let bound = lowerBound(of: trial) else { continue }
            if let best, bound <= best.bound { continue }
            best = (trial, bound)
        }
        return best?.trial
    }

    /// The best `count` distinct programs by the same measure, best first; of equals the earlier trial first.
    public func top(_ count: Int) -> [Trial] {
        let ranked = comparable.compactMap { trial in lowerBound(of: trial).map { (trial: trial, bound: $0) } }
            .sorted { ($1.bound, $0.trial.index) < ($0.bound, $1.trial.index) }
        return ranked.prefix(max(0, count)).map(\.trial)
    }

    /// The highest reward up to each trial, with budgets of those that are ``comparable``; nil before the first that has one.
    public var history: [Double?] {
        var highest: Double?
        let budget = fullBudget == nil ? nil : comparable.first?.budget
        return trials.map { trial in
            if trial.budget == budget, let reward = trial.reward { highest = max(highest ?? reward, reward) }
            return highest
        }
    }

    /// Trials by status; statuses that did not occur are left out.
    public var counts: [(status: Status, count: Int)] {
        Status.allCases.compactMap { status in
            let count = trials.count { $0.status == status }
            return count > 0 ? (status, count) : nil
        }
    }

    /// The mean reward over these proposals, failed ones left out; nil where there is none.
    public func meanReward(_ range: Range<Int>) -> Double? {
        Statistics.mean(proposals[range.clamped(to: proposals.indices)].compactMap(\.reward))
    }
}
