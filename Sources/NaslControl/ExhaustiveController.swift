import NaslSpace

/// All programs of the space in the order of their numbers, the smallest first. It learns nothing; its probabilities are the grammar's.
///
///     let controller = ExhaustiveController(space: space)
public final class ExhaustiveController: Controller {
    public let name = "exhaustive"
    public let roundSize: Int
    public var mostProposals: Int { .max }
    private let space: Space
    /// The number of the next program.
    private var next = 0
    private var programs: ProgramSequence
    /// The number of the next one that `programs` gives.
    private var place = 0
    /// What was proposed last, from `next` on.
    private var proposed: [Sample] = []

    public init(space: Space, roundSize: Int = 20) {
        self.space = space
        self.roundSize = max(1, roundSize)
        programs = space.programs
    }

    /// Fewer than `count` where the space ends.
    public func propose(round: Int, count: Int) -> [Proposal] {
        if place != next + proposed.count {
            (programs, place, proposed) = (space.programs, 0, [])
            while place < next, programs.next() != nil { place += 1 }
        }
        while proposed.count < count, let sample = programs.next() {
            proposed.append(sample)
            place += 1
        }
        return proposed.prefix(count).map { Proposal(sample: $0, logProbability: $0.logProbability) }
    }

    public func learn(_ outcomes: [Outcome]) {
        next += outcomes.count
        proposed.removeFirst(min(outcomes.count, proposed.count))
    }

    public func logProbability(of choices: [Int]) -> Double { space.logProbability(choices) }

    public func probabilities(of choices: [Int]) -> [[Double]]? { space.decisions(of: choices)?.map(\.priors) }

    public func state() -> [UInt8] {
        var writer = StateWriter(name)
        writer.add(next)
        return writer.bytes
    }

    public func restore(_ state: [UInt8]) throws {
        var reader = try StateReader(state, of: name)
        let next = try reader.int()
        try reader.finish()
        guard next >= 0 else { throw ControllerStateError(problem: "this state is damaged") }
        self.next = next
        (programs, place, proposed) = (space.programs, 0, [])
    }
}
