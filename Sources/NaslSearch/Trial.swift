import NaslExpr

/// How a trial ended.
public enum Status: String, Sendable, Hashable, CaseIterable {
    /// With a finite reward.
    case ok
    /// The reward, or the training that should have led to it, was not finite.
    case diverged
    /// The task broke off with an error.
    case failed
    /// The task refused the candidate.
    case invalid
    /// A cheap test of the task has given the candidate up; it counts as no trial.
    case rejected
    /// It took longer than it may.
    case timedOut = "timed out"
    /// Its process held more memory than it may.
    case outOfMemory = "out of memory"
    /// Its process ended by a signal or of its own accord, on two workers.
    case crashed
}

/// What a child gives back.
public struct Evaluation: Sendable {
    public var reward: Double?
    public var status: Status
    /// Why there is no reward, in a sentence a user can act upon.
    public var reason: String?
    /// What the task wants small beside a high reward, in its order; finite where there is a reward.
    public var costs: [(name: String, value: Double)]
    /// Further numbers that the task reports, in its order.
    public var metrics: [(name: String, value: Double)]
    /// What the program's constants were fitted to, in reading order; empty where it has none.
    public var constants: [Double]

    public init(
        reward: Double?, status: Status = .ok, reason: String? = nil, costs: [(name: String, value: Double)] = [], metrics: [(name: String, value: Double)] = [],
        constants: [Double] = []
    ) {
        self.reward = reward
        self.status = status
        self.reason = reason
        self.costs = costs
        self.metrics = metrics
        self.constants = constants
    }

    /// A child that ended without a reward.
    public static func failure(_ status: Status = .failed, _ reason: String, metrics: [(name: String, value: Double)] = []) -> Evaluation {
        Evaluation(reward: nil, status: status, reason: reason, metrics: metrics)
    }

    /// The same with its promise kept: a finite reward exactly where the status is `ok`, and a reason everywhere else.
    var checked: Evaluation {
        var result = self
        if status == .ok {
            if let reward, reward.isFinite { return self }
            result.status = reward == nil ? .failed : .diverged
            result.reason = reason ?? reward.map { "the reward is \(numberText($0)), not a finite number" } ?? "the task gave no reward"
        }
        result.reward = nil
        if result.reason == nil { result.reason = "the task gave no reason" }
        return result
    }
}

/// One candidate and what came of it.
public struct Trial: Sendable {
    /// From 0, in the order of the proposals.
    public let index: Int
    public let round: Int
    /// The derivation: which alternative was taken at each choice.
    public let choices: [Int]
    /// As it was drawn, with `const` where a constant is fitted.
    public let program: Expr
    /// The program as source, with its constants as they were fitted.
    public let text: String
    /// The program as source as it was drawn, by which repeats are known.
    public let drawnText: String
    public let constants: [Double]
    /// Finite, and the mean of all where it was evaluated more than once; nil where the trial, or one of its repetitions, failed.
    public private(set) var reward: Double?
    public private(set) var status: Status
    public private(set) var reason: String?
    /// Of each evaluation, the first one's first; empty where there was no other.
    public private(set) var rewards: [Double] = []
    public let costs: [(name: String, value: Double)]
    public let metrics: [(name: String, value: Double)]
    /// Of all its evaluations; 0 where the answer came from memory.
    public private(set) var seconds: Double
    /// The run's.
    public let seed: Int
    /// Whether the same program had been evaluated before in this run.
    public let fromMemory: Bool
    /// Under the controller that proposed it.
    public let logProbability: Double
    /// The form that it shares with all that are the same by the laws; nil where it has none.
    public let canonical: String?
    /// Whether it counts as one of the trials that were asked for.
    public var isTrained: Bool { !fromMemory && status != .rejected }
    /// Which worker of its session has evaluated it, from 1; nil where the answer came from memory.
    public let worker: Int?
    /// With which it was run; nil where the method gives none.
    public let budget: Double?
    /// What the memory of repeats keeps of it.
    var evaluation: Evaluation { Evaluation(reward: reward, status: status, reason: reason, costs: costs, metrics: metrics, constants: constants) }

    /// Of its program in this run.
    public var evaluations: Int { max(1, rewards.count) }

    /// Takes what came of a repetition; where it failed, so has the trial.
    package mutating func add(_ repetition: Repetition) {
        var measured = Repetitions(reward: reward, rewards: rewards)
        if let failure = measured.add(repetition) { (status, reason) = (failure.status, failure.reason) }
        (reward, rewards) = (measured.reward, measured.rewards)
        seconds += repetition.seconds
    }

    /// Takes over the rewards of all evaluations, of which its own is the mean.
    package mutating func keep(_ rewards: [Double]) { self.rewards = rewards }

    /// The same program by other choices, of another grammar.
    package func with(choices: [Int]) -> Trial {
        var trial = Trial(
            index: index, round: round, choices: choices, program: program, text: text, drawnText: drawnText, constants: constants, reward: reward, status: status, reason: reason,
            costs: costs, metrics: metrics, seconds: seconds, seed: seed, fromMemory: fromMemory, logProbability: logProbability, canonical: canonical, worker: worker,
            budget: budget)
        trial.keep(rewards)
        return trial
    }

    package init(
        index: Int, round: Int, choices: [Int], program: Expr, text: String, drawnText: String? = nil, constants: [Double] = [], reward: Double?, status: Status, reason: String?,
        costs: [(name: String, value: Double)], metrics: [(name: String, value: Double)], seconds: Double, seed: Int, fromMemory: Bool, logProbability: Double, canonical: String? = nil, worker: Int? = nil,
        budget: Double? = nil
    ) {
        self.index = index
        self.round = round
        self.choices = choices
        self.program = program
        self.text = text
        self.drawnText = drawnText ?? text
        self.constants = constants
        self.reward = reward
        self.status = status
        self.reason = reason
        self.costs = costs
        self.metrics = metrics
        self.seconds = seconds
        self.seed = seed
        self.fromMemory = fromMemory
        self.logProbability = logProbability
        self.canonical = canonical
        self.worker = worker
        self.budget = budget
    }
}
