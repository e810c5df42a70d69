import NaslRandom
import NaslSpace

/// Shares the trials of a run among several methods by what each has earned lately (``Earnings``), and shows each what the others find.
///
///     let controller = AdaptiveController(space: space, seed: 1, members: [
///         .init("evolution") { EvolutionController(space: $0, seed: $1) },
///         .init("random") { RandomController(space: $0, seed: $1) },
///     ])
///
/// In a round every member proposes as many programs as it has shares. It learns from its own as it always does, and from the others' where its
/// algorithm can: a population or a queue takes good programs from anywhere, a policy gradient only what its policy has drawn.
public final class AdaptiveController: Controller {
    public struct Settings: Sendable, Hashable {
        /// Trials of a round, of all members together.
        public var roundSize = 20
        /// Trials that decide about the shares.
        public var window = 100
        /// The least share of a member.
        public var floor = 0.05
        /// Best programs so far that a trial has to join to earn something.
        public var best = 20

        public init() {}
    }

    /// A method that gets a share.
    public struct Member: Sendable {
        /// As it would be written: `evolution()`.
        public let name: String
        public let controller: @Sendable (Space, Int) -> any Controller

        public init(_ name: String, controller: @escaping @Sendable (Space, Int) -> any Controller) {
            self.name = name
            self.controller = controller
        }
    }

    /// The shares from one round on.
    public struct Allocation: Sendable, Hashable {
        /// Trials before it.
        public let trial: Int
        /// Of each member.
        public let shares: [Double]
    }

    public let name = "adaptive"
    public let settings: Settings
    public let members: [String]
    /// Every change of a share by a tenth of the trials or more, from the first, equal ones on.
    public private(set) var allocations: [Allocation]
    package let controllers: [any Controller]
    let space: Space
    private(set) var earnings: Earnings
    private(set) var trials = 0
    /// The members that have proposed these choices since something was learned, in order.
    private var proposers: [ChoiceKey: [Int]] = [:]

    public var roundSize: Int { max(1, settings.roundSize) }
    /// As many as its members together.
    public var mostProposals: Int {
        controllers.reduce(0) { sum, controller in
            let (sum, isTooLarge) = sum.addingReportingOverflow(controller.mostProposals)
            return isTooLarge ? .max : sum
        }
    }

    /// - Parameter members: at least one.
    public init(space: Space, seed: Int, settings: Settings = Settings(), members: [Member]) {
        precondition(!members.isEmpty, "a method that shares trials needs a member")
        self.space = space
        self.settings = settings
        self.members = members.map(\.name)
        controllers = members.enumerated().map { $1.controller(space, AdaptiveController.seed(seed, ofMember: $0)) }
        earnings = Earnings(members: members.count, window: settings.window, floor: settings.floor, capacity: settings.best)
        allocations = [Allocation(trial: 0, shares: earnings.shares)]
    }

    /// Members draw independently, even where two are of one kind.
    private static func seed(_ seed: Int, ofMember member: Int) -> Int {
        var stream = RandomStream(seed: seed, "policy", "member", .number(member))
        return stream.below(1 << 53)
    }

    public func propose(round: Int, count: Int) -> [Proposal] {
        let assignment = earnings.assignment(count: count, room: controllers.map { count > roundSize ? $0.mostProposals : $0.roundSize })
        let own = controllers.indices.map { member in
            let count = assignment.count { $0 == member }
            return count > 0 ? controllers[member].propose(round: round, count: count) : []
        }
        var next = controllers.map { _ in 0 }
        return assignment.compactMap { member in
            // Fewer where a member has nothing more to propose.
            guard next[member] < own[member].count else { return nil }
            defer { next[member] += 1 }
            let proposal = own[member][next[member]]
            proposers[ChoiceKey(proposal.sample.choices), default: []].append(member)
            return proposal
        }
    }

    public func learn(_ outcomes: [Outcome]) {
        let origins = outcomes.map { outcome -> Int? in
            let choices = ChoiceKey(outcome.proposal.sample.choices)
            return proposers[choices]?.isEmpty == false ? proposers[choices]?.removeFirst() : nil
        }
        for (outcome, member) in zip(outcomes, origins) {
            let rated = outcome.reward.flatMap { $0.isFinite ? Rated(choices: outcome.proposal.sample.choices, reward: $0) : nil }
            earnings.take(rated, of: member)
        }
        for (member, controller) in controllers.enumerated() {
            // What none has proposed comes from another run, and all may learn from it.
            let own = zip(outcomes, origins).filter { $1 == member || $1 == nil }.map(\.0)
            if !own.isEmpty { controller.learn(own) }
            controller.observe(zip(outcomes, origins).filter { $1 != member && $1 != nil }.map(\.0))
        }
        proposers = [:]
        trials += outcomes.count
        earnings.pursue()
        let shares = earnings.shares
        if let last = allocations.last, zip(last.shares, shares).contains(where: { abs($0 - $1) >= 0.1 }) {
            allocations.append(Allocation(trial: trials, shares: shares))
        }
    }

    public func observe(_ outcomes: [Outcome]) {
        for controller in controllers { controller.observe(outcomes) }
    }

    func set(earnings: Earnings, trials: Int, allocations: [Allocation]) {
        (self.earnings, self.trials, self.allocations) = (earnings, trials, allocations)
        proposers = [:]
    }
}
