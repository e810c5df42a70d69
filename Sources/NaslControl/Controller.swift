import NaslSpace

/// Who chooses the candidates of a run. It proposes a round, is told what came of it, and proposes the next.
///
/// A controller's draws are keyed by (seed, "policy", round, slot), never by the number of workers or by time: the same seed and the
/// same rewards give the same proposals. Proposing twice in the same state gives the same proposals twice. It belongs to one thread
/// at a time.
public protocol Controller: AnyObject {
    /// As `with:` calls it: `reinforce`.
    var name: String { get }
    /// Candidates of a full round, set by the method.
    var roundSize: Int { get }
    /// Candidates that it can propose at once, where others ask for rounds of another size.
    var mostProposals: Int { get }
    /// The budget with which trials count, where it proposes some with less; nil: all are run as their task says.
    var fullBudget: Double? { get }
    /// `count` candidates, at most `roundSize`; every one obeys the space's constraints.
    func propose(round: Int, count: Int) -> [Proposal]
    /// What came of the proposals of one round, in their order.
    func learn(_ outcomes: [Outcome])
    /// What came of programs that others have proposed in a round, for methods that can take them; the others leave them.
    func observe(_ outcomes: [Outcome])
    /// The logarithm of the probability with which it would draw these choices now; -infinity where it cannot.
    func logProbability(of choices: [Int]) -> Double
    /// The probability of each alternative at each of these choices, if it drew them now; nil where they are no derivation.
    func probabilities(of choices: [Int]) -> [[Double]]?
    /// All that `learn` has changed, as bytes for `restore`.
    func state() -> [UInt8]
    /// Takes over what `state` gave, from a controller of the same space and settings.
    func restore(_ state: [UInt8]) throws
}

extension Controller {
    public var mostProposals: Int { roundSize }
    public var fullBudget: Double? { nil }
    public func observe(_ outcomes: [Outcome]) {}
}

/// A candidate, and how likely it was.
public struct Proposal: Sendable {
    public let sample: Sample
    /// Under the controller that drew it, which need not be the grammar's own.
    public let logProbability: Double
    /// With which it is to be tried; nil: the task's own.
    public let budget: Double?

    public init(sample: Sample, logProbability: Double, budget: Double? = nil) {
        self.sample = sample
        self.logProbability = logProbability
        self.budget = budget
    }
}

/// What came of a candidate.
public struct Outcome: Sendable {
    public let proposal: Proposal
    /// Higher is better; nil where the trial failed.
    public let reward: Double?
    /// The same for programs that are the same; nil where that is not known.
    public let name: String?

    public init(proposal: Proposal, reward: Double?, name: String? = nil) {
        self.proposal = proposal
        self.reward = reward
        self.name = name
    }
}
