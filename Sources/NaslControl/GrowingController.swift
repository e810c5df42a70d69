import NaslRandom
import NaslSpace

/// Another method in a space that grows: its programs are shallow at first, and may be one deeper whenever nothing better has come for a while (as the nets
/// of Zoph & Le 2017, section 4.1, whose layers become more during the search).
///
///     let controller = GrowingController(space: space, seed: 1) { EvolutionController(space: $0, seed: $1) }
///
/// The masks of a stage are those of the grammar with `limit depth` besides. At the next stage the method begins anew with the best programs so far, and a
/// policy with what it has learned. The last stage is the space itself.
public final class GrowingController: Controller {
    public struct Settings: Sendable, Hashable {
        /// The first limit; where it leaves nothing, the next one that leaves something.
        public var depth = 3
        /// Proposals without a better program after which programs may be one deeper.
        public var patience = 100
        /// Limits below that of the grammar, if that has any: afterwards there is none.
        public static let mostLimits = 12

        public init() {}
    }

    /// A limit, and after how many proposals it came; nil: the grammar's own.
    public struct Stage: Sendable, Hashable {
        public let proposals: Int
        public let depth: Int?
    }

    public let name = "growing"
    public let settings: Settings
    public private(set) var stages: [Stage]
    public private(set) var inner: any Controller
    private let space: Space
    private let seed: Int
    private let make: (Space, Int) -> any Controller
    private var stageSpace: Space
    private var best = PriorityQueue(capacity: GrowingController.kept)
    private var record = -Double.infinity
    private var proposals = 0
    private var stale = 0

    /// Programs that a stage hands on to the next.
    private static let kept = 50

    public init(space: Space, seed: Int, settings: Settings = Settings(), method: @escaping (Space, Int) -> any Controller) {
        (self.space, self.seed, self.settings, make) = (space, seed, settings, method)
        let first = GrowingController.limited(space, from: settings.depth, most: settings.depth + Settings.mostLimits)
        stageSpace = first.space
        stages = [Stage(proposals: 0, depth: first.depth)]
        inner = method(first.space, GrowingController.seed(seed, 0))
    }

    /// The space with the first limit from `depth` on that leaves something; itself where there is none below its own, or `most` where it has none.
    private static func limited(_ space: Space, from depth: Int, most: Int) -> (space: Space, depth: Int?) {
        let own = space.grammar.constraints.compactMap { constraint in
            if case .depth(let most, of: nil) = constraint.kind, constraint.scope == 0 { most } else { nil }
        }.min()
        for limit in depth..<max(depth, own ?? most) {
            if space.isGivenUp() { break }
            var grammar = space.grammar
            grammar.constraints.append(Constraint(.depth(atMost: limit)))
            if let limited = try? Space(grammar, isGivenUp: space.isGivenUp) { return (limited, limit) }
        }
        return (space, nil)
    }

    /// The method of each stage draws differently.
    private static func seed(_ seed: Int, _ stage: Int) -> Int {
        if stage == 0 { return seed }
        var stream = RandomStream(seed: seed, "policy", "stage", .number(stage))
        return stream.below(1 << 53)
    }

    private func enter(_ next: (space: Space, depth: Int?)) {
        stageSpace = next.space
        inner = make(next.space, GrowingController.seed(seed, stages.count))
        stages.append(Stage(proposals: proposals, depth: next.depth))
        stale = 0
    }

    /// To the next larger limit; false where the space is whole.
    private func grow() -> Bool {
        guard let depth = stages.last?.depth else { return false }
        let knowledge = inner.policies.map { PolicyKnowledge($0) }
        enter(GrowingController.limited(space, from: depth + 1, most: settings.depth + Settings.mostLimits))
        for (policy, knowledge) in zip(inner.policies, knowledge) { policy.adopt(knowledge) }
        // The best come last, so that they are the youngest.
        let known = best.candidates.reversed().compactMap { candidate in
            (try? stageSpace.replay(candidate.choices)).map { Outcome(proposal: Proposal(sample: $0, logProbability: 0), reward: candidate.reward) }
        }
        if !known.isEmpty { inner.learn(known) }
        return true
    }

    public var roundSize: Int { inner.roundSize }
    public var mostProposals: Int { inner.mostProposals }

    public func propose(round: Int, count: Int) -> [Proposal] {
        while true {
            let proposals = inner.propose(round: round, count: count)
            // All programs of this depth are known.
            if proposals.isEmpty, grow() { continue }
            return stages.last?.depth == nil ? proposals : proposals.compactMap(whole)
        }
    }

    /// The same as a program of the whole space.
    private func whole(_ proposal: Proposal) -> Proposal? {
        (try? space.replay(proposal.sample.choices)).map { Proposal(sample: $0, logProbability: proposal.logProbability) }
    }

    public func learn(_ outcomes: [Outcome]) {
        proposals += outcomes.count
        stale += outcomes.count
        take(outcomes)
        inner.learn(fitting(outcomes))
        if stale >= settings.patience { _ = grow() }
    }

    public func observe(_ outcomes: [Outcome]) {
        take(outcomes)
        inner.observe(fitting(outcomes))
    }

    private func take(_ outcomes: [Outcome]) {
        best.insert(outcomes)
        guard let highest = outcomes.compactMap(\.reward).filter(\.isFinite).max(), highest > record else { return }
        (record, stale) = (highest, 0)
    }

    /// Programs of another run may be deeper than those of this stage.
    private func fitting(_ outcomes: [Outcome]) -> [Outcome] {
        stages.last?.depth == nil ? outcomes : outcomes.filter { stageSpace.decisions(of: $0.proposal.sample.choices) != nil }
    }

    public func logProbability(of choices: [Int]) -> Double { inner.logProbability(of: choices) }
    public func probabilities(of choices: [Int]) -> [[Double]]? { inner.probabilities(of: choices) }

    public func state() -> [UInt8] {
        var writer = StateWriter(name)
        writer.add(proposals)
        writer.add(stale)
        writer.add(record)
        writer.add(best.candidates)
        writer.add(stages.map(\.proposals))
        writer.add(stages.map { $0.depth ?? 0 })
        writer.add(inner.state())
        return writer.bytes
    }

    public func restore(_ state: [UInt8]) throws {
        var reader = try StateReader(state, of: name)
        let (proposals, stale, record, best) = (try reader.int(), try reader.int(), try reader.double(), try reader.candidates())
        let (starts, depths, within) = (try reader.ints(), try reader.ints(), try reader.bytes())
        try reader.finish()
        guard proposals >= 0, stale >= 0, !record.isNaN, !starts.isEmpty, starts.count == depths.count, depths.dropLast().allSatisfy({ $0 > 0 }) else {
            throw ControllerStateError(problem: "this state is damaged")
        }
        let depth = depths[depths.count - 1]
        let space = depth > 0 ? GrowingController.limited(self.space, from: depth, most: settings.depth + Settings.mostLimits) : (space: self.space, depth: nil)
        let restored = make(space.space, GrowingController.seed(seed, starts.count - 1))
        try restored.restore(within)
        (stageSpace, inner, stages) = (space.space, restored, zip(starts, depths).map { Stage(proposals: $0, depth: $1 > 0 ? $1 : nil) })
        (self.proposals, self.stale, self.record, self.best) = (proposals, stale, record, PriorityQueue(capacity: GrowingController.kept, best))
    }
}
