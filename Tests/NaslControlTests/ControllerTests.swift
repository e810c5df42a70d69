import NaslControl
import NaslRandom
import NaslSpace
import Testing

@Suite struct ControllerTests {
    private func reward(_ sample: Sample) -> Double? { sample.choices.count % 5 == 0 ? nil : Double(sample.program.size) }

    /// The choices of some rounds, learning in between.
    private func transcript(_ controller: any Controller, rounds: Range<Int>) -> [[Int]] {
        rounds.flatMap { round in
            let proposals = controller.propose(round: round, count: controller.roundSize)
            controller.learn(proposals.map { Outcome(proposal: $0, reward: reward($0.sample)) })
            return proposals.map(\.sample.choices)
        }
    }

    @Test func sameSeedSameProposals() throws {
        let space = try trees(depth: 4)
        let make: [(Int) -> any Controller] = [
            { RandomController(space: space, seed: $0) }, { learner("reinforce", space, seed: $0) }, { learner("ppo", space, seed: $0) },
            { EvolutionController(space: space, seed: $0, settings: small()) }, { RiskSeekingController(space: space, seed: $0) },
            { PriorityQueueController(space: space, seed: $0) }, { NeuralGuidedController(space: space, seed: $0) },
        ]
        for controller in make {
            let first = transcript(controller(1), rounds: 0..<6)
            #expect(transcript(controller(1), rounds: 0..<6) == first)
            #expect(transcript(controller(2), rounds: 0..<6) != first)
            #expect(Set(first).count > 10)
        }
    }

    @Test func randomDrawsAreTheSpacesOwn() throws {
        let space = try trees(depth: 4)
        let proposals = RandomController(space: space, seed: 9).propose(round: 3, count: 5)
        for (slot, proposal) in proposals.enumerated() {
            var stream = RandomStream(seed: 9, "policy", 3, .number(slot))
            #expect(proposal.sample == space.sample(&stream))
            #expect(proposal.logProbability == proposal.sample.logProbability)
        }
    }

    @Test(arguments: learners) func proposingTwiceGivesTheSame(_ name: String) throws {
        let controller = learner(name, try trees(depth: 4), seed: 1)
        _ = transcript(controller, rounds: 0..<2)
        let first = controller.propose(round: 2, count: 20)
        let second = controller.propose(round: 2, count: 20)
        #expect(first.map(\.sample) == second.map(\.sample))
        // A shorter round is the beginning of the whole one.
        #expect(controller.propose(round: 2, count: 7).map(\.sample) == Array(first.prefix(7)).map(\.sample))
    }

    @Test(arguments: learners) func restoredControllerGoesOnAsIfNothingHadHappened(_ name: String) throws {
        let space = try trees(depth: 4)
        let unbroken = learner(name, space, seed: 1)
        _ = transcript(unbroken, rounds: 0..<4)
        let state = unbroken.state()
        let resumed = learner(name, space, seed: 1)
        try resumed.restore(state)
        #expect(resumed.state() == state)
        #expect(transcript(resumed, rounds: 4..<8) == transcript(unbroken, rounds: 4..<8))
        #expect(resumed.state() == unbroken.state())
    }

    @Test(arguments: learners) func foreignStateIsRefused(_ name: String) throws {
        let controller = learner(name, try trees(depth: 4), seed: 1)
        let before = controller.state()
        func message(_ state: [UInt8]) -> String? {
            do { try controller.restore(state) } catch { return "\(error)" }
            return nil
        }
        #expect(message([]) == "this is no state of the controller `\(name)`")
        for other in learners where other != name {
            let state = learner(other, try trees(depth: 4), seed: 1).state()
            #expect(message(state) == "this is no state of the controller `\(name)`")
        }
        #expect(message(Array(before.dropLast())) == "this state is of a controller with another space or other settings")
        let other = learner(name, try bandit(3), seed: 1).state()
        #expect(message(other) == "this state is of a controller with another space or other settings")
        var damaged = before
        for position in (before.count - 8)..<before.count { damaged[position] = 0xff }
        #expect(message(damaged) == "this state is damaged")
        #expect(controller.state() == before)
        #expect(throws: ControllerStateError.self) { try RandomController(space: try trees(depth: 2), seed: 1).restore([1]) }
    }
}
