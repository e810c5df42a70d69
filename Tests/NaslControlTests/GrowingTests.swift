import NaslControl
import NaslRandom
import NaslSpace
import Testing

/// A method whose programs are shallow at first.
@Suite struct GrowingTests {
    private func evolving(_ space: Space, depth: Int, patience: Int) -> GrowingController {
        var settings = GrowingController.Settings()
        (settings.depth, settings.patience) = (depth, patience)
        return GrowingController(space: space, seed: 3, settings: settings) { EvolutionController(space: $0, seed: $1, settings: small()) }
    }

    /// One round, and the greatest depth in it.
    private func depth(_ controller: GrowingController, _ round: Int, _ reward: (Sample) -> Double?) -> Int {
        let proposals = controller.propose(round: round, count: controller.roundSize)
        controller.learn(proposals.map { Outcome(proposal: $0, reward: reward($0.sample)) })
        return proposals.map(\.sample.program.depth).max() ?? 0
    }

    /// As long as something better comes, depth stays; then it grows by one, up to the grammar's own.
    @Test func programsGrowWhereNothingBetterComes() throws {
        let controller = evolving(try trees(depth: 4), depth: 2, patience: 40)
        var calls = 0.0
        let rising: (Sample) -> Double? = { _ in
            calls += 1
            return calls
        }
        for round in 0..<6 { #expect(depth(controller, round, rising) <= 2) }
        #expect(controller.stages.map(\.depth) == [2])
        var deepest: [Int] = []
        for round in 6..<14 { deepest.append(depth(controller, round) { _ in 0 }) }
        #expect(controller.stages.map(\.depth) == [2, 3, nil])
        #expect(controller.stages.map(\.proposals) == [0, 160, 200])
        #expect(zip(deepest, [2, 2, 3, 3, 4, 4, 4, 4]).allSatisfy { $0 <= $1 } && deepest.max() == 4)
    }

    /// The best programs so far are parents at the next stage.
    @Test func bestGoOnToTheNextStage() throws {
        let space = try trees(depth: 5)
        let controller = evolving(space, depth: 3, patience: 20)
        let goal = occurrences
        for round in 0..<4 { _ = depth(controller, round) { Double(goal(.sin, $0.program)) } }
        #expect(controller.stages.count > 1)
        let fresh = EvolutionController(space: space, seed: 3, settings: small())
        func sines(_ proposals: [Proposal]) -> Int { proposals.reduce(0) { $0 + goal(.sin, $1.sample.program) } }
        #expect(sines(controller.propose(round: 4, count: 20)) > sines(fresh.propose(round: 4, count: 20)))
    }

    /// Where a limit leaves nothing the next one counts, and a grammar that is not deeper than the first is whole from the start.
    @Test func limitsThatLeaveNothingAreLeftOut() throws {
        var grammar = try trees(depth: 5).grammar
        grammar.constraints.append(Constraint(.size(7...31)))
        #expect(evolving(try Space(grammar), depth: 1, patience: 40).stages.map(\.depth) == [3])
        #expect(evolving(try trees(depth: 3), depth: 3, patience: 40).stages.map(\.depth) == [nil])
        grammar.constraints = []
        let endless = evolving(try Space(grammar), depth: 2, patience: 1)
        for round in 0..<20 { _ = depth(endless, round) { _ in 0 } }
        #expect(endless.stages.map(\.depth) == (2..<14).map { $0 } + [nil])
    }

    @Test func damagedStatesAreRefused() throws {
        let space = try trees(depth: 4)
        let controller = evolving(space, depth: 2, patience: 40)
        for round in 0..<5 { _ = depth(controller, round) { _ in 0 } }
        let state = controller.state()
        #expect(throws: ControllerStateError.self) { try evolving(space, depth: 2, patience: 40).restore(Array(state.dropLast(3))) }
        #expect(throws: ControllerStateError.self) { try evolving(space, depth: 2, patience: 40).restore(EvolutionController(space: space, seed: 3).state()) }
    }
}
