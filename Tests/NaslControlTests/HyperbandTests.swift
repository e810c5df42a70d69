import NaslControl
import NaslSpace
import Testing

@Suite struct HyperbandTests {
    /// Proposes the arms 0, 1, 2, ... in turn, and notes what it is told.
    private final class Counting: Controller {
        let name = "counting"
        let roundSize: Int
        let space: Space
        var asked: [(round: Int, count: Int)] = []
        var told: [[Outcome]] = []

        init(_ space: Space, roundSize: Int) { (self.space, self.roundSize) = (space, roundSize) }

        func propose(round: Int, count: Int) -> [Proposal] {
            asked.append((round, count))
            return (0..<count).compactMap { slot in (try? space.replay([round * roundSize + slot])).map { Proposal(sample: $0, logProbability: -1) } }
        }
        func learn(_ outcomes: [Outcome]) { told.append(outcomes) }
        func logProbability(of choices: [Int]) -> Double { 0 }
        func probabilities(of choices: [Int]) -> [[Double]]? { nil }
        func state() -> [UInt8] { [UInt8(told.count)] }
        func restore(_ state: [UInt8]) throws {}
    }

    private func arms(_ proposals: [Proposal]) -> [Int] { proposals.map { $0.sample.choices[0] } }

    private func round(_ controller: HyperbandController, _ reward: (Int, Double) -> Double?) -> (arms: [Int], budgets: Set<Double?>) {
        let proposals = controller.propose(round: 0, count: controller.roundSize)
        #expect(arms(controller.propose(round: 0, count: controller.roundSize)) == arms(proposals), "twice in one state")
        controller.learn(proposals.map { proposal in
            Outcome(proposal: proposal, reward: reward(proposal.sample.choices[0], proposal.budget ?? 0), name: "\(proposal.sample.choices[0])")
        })
        return (arms(proposals), Set(proposals.map(\.budget)))
    }

    /// R = 9, eta = 3: brackets of 9, 3, 1 and 5, 1 and 3 programs. The reward of arm a with budget r is  a * r,  and 4 fails with 3.
    @Test func aCycleByHand() throws {
        let space = try bandit(100)
        let inner = Counting(space, roundSize: 4)
        let controller = HyperbandController(space: space, plan: RungPlan(full: 9, from: 1, isWhole: true), inner: inner)
        #expect(controller.fullBudget == 9 && controller.roundSize == 9)
        let reward: (Int, Double) -> Double? = { arm, budget in arm == 4 && budget == 3 ? nil : Double(arm % 7) * budget }
        // Arms 0 ... 8 in three rounds of the inner method; of 7 and 0, which are equal, the earlier one is worse than 4, 5, 6.
        var (found, budgets) = round(controller, reward)
        #expect(found == Array(0..<9) && budgets == [1])
        #expect(inner.asked.prefix(3).map { $0.round } == [0, 1, 2] && inner.asked.prefix(3).map { $0.count } == [4, 4, 1] && inner.told.isEmpty)
        (found, budgets) = round(controller, reward)
        #expect(found == [6, 5, 4] && budgets == [3])
        (found, budgets) = round(controller, reward)
        #expect(found == [6] && budgets == [9])
        // Each once; two programs have both 1 and 3, one has both 3 and 9: too few for a line.
        #expect(inner.told.count == 1)
        #expect(inner.told[0].map(\.reward) == [0, 1, 2, 3, nil, 15, 54, 0, 1])
        #expect(arms(inner.told[0].map(\.proposal)) == Array(0..<9))
        // The next bracket begins at 3, and the method's fourth round follows.
        (found, budgets) = round(controller, reward)
        #expect(found == Array(12..<17) && budgets == [3] && inner.asked.last?.round == 4)
        (found, budgets) = round(controller, reward)
        #expect(found == [13] && budgets == [9])
        (found, budgets) = round(controller, reward)
        #expect(budgets == [9] && found.count == 3 && inner.told.count == 3)
        #expect(controller.roundSize == 9)
    }

    /// Programs that are the same have one place in a rung.
    @Test func theSameProgramIsPromotedOnce() throws {
        let space = try bandit(100)
        let controller = HyperbandController(space: space, plan: RungPlan(full: 9, from: 1, isWhole: true), inner: Counting(space, roundSize: 9))
        let proposals = controller.propose(round: 0, count: 9)
        // 6, 7 and 8 are the same.
        controller.learn(proposals.map { Outcome(proposal: $0, reward: Double(min(6, $0.sample.choices[0])), name: "\(min(6, $0.sample.choices[0]))") })
        #expect(arms(controller.propose(round: 1, count: controller.roundSize)) == [6, 5, 4])
    }

    @Test func aRungThatFailsEndsItsBracket() throws {
        let space = try bandit(100)
        let inner = Counting(space, roundSize: 9)
        let controller = HyperbandController(space: space, plan: RungPlan(full: 9, from: 1, isWhole: true), inner: inner)
        #expect(round(controller) { _, _ in nil }.arms.count == 9)
        #expect(inner.told.count == 1 && inner.told[0].allSatisfy { $0.reward == nil })
        #expect(round(controller) { _, _ in nil }.budgets == [3])
    }

    /// Lines: 1 to 3 through (0, 10), (1, 12), (2, 14) is 2 x + 10; 3 to 9 through (10, 1), (12, 3), (14, 2) is 0.25 x - 1.
    @Test func rewardsAreCarriedUp() {
        var ledger = RungLedger(rungs: 3)
        let known: [[Double]] = [[0, 10, 1], [1, 12, 3], [2, 14, 2]]
        for (program, rewards) in known.enumerated() {
            for (rung, reward) in rewards.enumerated() { ledger.take(reward, of: ledger.number(of: "\(program)"), at: rung) }
        }
        ledger.take(3, of: ledger.number(of: "low"), at: 0)
        ledger.take(20, of: ledger.number(of: "middle"), at: 1)
        ledger.take(5, of: ledger.number(of: "failed"), at: 0)
        ledger.take(.nan, of: ledger.number(of: "failed"), at: 1)
        #expect(ledger.line(from: 0).slope == 2 && ledger.line(from: 0).offset == 10)
        #expect(ledger.line(from: 1).slope == 0.25 && ledger.line(from: 1).offset == -1)
        // 3 -> 16 -> 3, 20 -> 4.
        let expected: [Double?] = [1, 3, 2, 3, 4, nil]
        #expect(zip(ledger.projected(), expected).allSatisfy { found, expected in found == expected || abs((found ?? .nan) - (expected ?? .nan)) < 1e-9 })
    }

    @Test func linesThatDoNotRiseChangeNothing() {
        var falling = RungLedger(rungs: 2), flat = RungLedger(rungs: 2), few = RungLedger(rungs: 2)
        for number in 0..<4 {
            let program = falling.number(of: "\(number)"), same = flat.number(of: "\(number)")
            falling.take(Double(number), of: program, at: 0)
            falling.take(-Double(number), of: program, at: 1)
            flat.take(1, of: same, at: 0)
            flat.take(Double(number), of: same, at: 1)
            if number < 2 {
                let one = few.number(of: "\(number)")
                few.take(Double(number), of: one, at: 0)
                few.take(5 * Double(number), of: one, at: 1)
            }
        }
        for ledger in [falling, flat, few] { #expect(ledger.line(from: 0).slope == 1 && ledger.line(from: 0).offset == 0) }
    }

    /// In the middle of a bracket, too; bytes that were changed are refused and change nothing.
    @Test func stateGoesOnWhereItWas() throws {
        let space = try trees(depth: 4)
        func made() -> HyperbandController {
            HyperbandController(space: space, plan: RungPlan(full: 9, from: 1, isWhole: true), inner: PPOController(space: space, seed: 4))
        }
        func reward(_ proposal: Proposal) -> Double? {
            let tanhs = occurrences(of: .tanh, in: proposal.sample.program)
            return tanhs == 2 ? nil : Double(tanhs) * (proposal.budget ?? 0).squareRoot()
        }
        func step(_ controller: HyperbandController, _ number: Int) -> [[Int]] {
            let proposals = controller.propose(round: number, count: controller.roundSize)
            controller.learn(proposals.map { Outcome(proposal: $0, reward: reward($0), name: "\($0.sample.program)") })
            return proposals.map(\.sample.choices)
        }
        let whole = made()
        var copy = made()
        for number in 0..<14 {
            let state = whole.state()
            copy = made()
            try copy.restore(state)
            #expect(copy.state() == state)
            for length in [0, 12, 40, state.count - 1] where length < state.count { #expect(throws: ControllerStateError.self) { try copy.restore(Array(state.prefix(length))) } }
            #expect(step(whole, number) == step(copy, number))
            #expect(whole.state() == copy.state())
        }
    }

    /// The default around which it goes has members, each of which learns what it has proposed.
    @Test func membersLearnFromTheirOwn() throws {
        // One goes through the arms from the worst on, the other draws them.
        let space = try bandit(1000)
        let adaptive = AdaptiveController(space: space, seed: 2, members: [
            .init("exhaustive()") { space, _ in ExhaustiveController(space: space) }, .init("random()") { RandomController(space: $0, seed: $1) },
        ])
        let controller = HyperbandController(space: space, plan: RungPlan(full: 27, from: 1, isWhole: true), inner: adaptive)
        for number in 0..<40 {
            let proposals = controller.propose(round: number, count: controller.roundSize)
            controller.learn(proposals.map { Outcome(proposal: $0, reward: Double($0.sample.choices[0]), name: "\($0.sample.program)") })
        }
        let shares = try #require(adaptive.allocations.last?.shares)
        #expect(shares[1] > 0.8, "\(adaptive.allocations)")
    }
}
