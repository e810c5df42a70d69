import NaslRandom
import NaslSpace

/// Draws by the grammar's weights and learns nothing: the baseline that any search has to beat (Bergstra & Bengio, "Random Search
/// for Hyper-Parameter Optimization", JMLR 13, 2012).
public final class RandomController: Controller {
    public let name = "random"
    public let roundSize: Int
    public var mostProposals: Int { .max }
    private let space: Space
    private let seed: Int

    public init(space: Space, seed: Int, roundSize: Int = 20) {
        self.space = space
        self.seed = seed
        self.roundSize = max(1, roundSize)
    }

    public func propose(round: Int, count: Int) -> [Proposal] {
        (0..<count).map { slot in
            var stream = RandomStream(seed: seed, "policy", .number(round), .number(slot))
            let sample = space.sample(&stream)
            return Proposal(sample: sample, logProbability: sample.logProbability)
        }
    }

    public func learn(_ outcomes: [Outcome]) {}

    public func logProbability(of choices: [Int]) -> Double { space.logProbability(choices) }

    public func probabilities(of choices: [Int]) -> [[Double]]? { space.decisions(of: choices)?.map(\.priors) }

    public func state() -> [UInt8] { [] }

    public func restore(_ state: [UInt8]) throws {
        if !state.isEmpty { throw ControllerStateError(problem: "this is no state of the controller `random`, which has none") }
    }
}

/// Bytes that a controller cannot take over.
public struct ControllerStateError: Error, CustomStringConvertible {
    public let problem: String
    public var description: String { problem }

    package init(problem: String) { self.problem = problem }
}
