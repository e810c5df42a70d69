import Foundation
import NaslControl
import Testing

@Suite struct RewardRanksTests {
    /// By hand for four rewards: log 3 - log k for the ranks 1 and 2, 0 for the others, less the mean, in deviations.
    @Test func utilitiesOfFour() {
        var ranks = RewardRanks(window: 10)
        let raw = [log(3.0), log(1.5), 0, 0], mean = raw.reduce(0, +) / 4
        let deviation = (raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4).squareRoot()
        let found = ranks.advantages([0.1, 1e9, nil, 0.2])
        for (advantage, value) in zip(found, [raw[2], raw[0], raw[3], raw[1]]) { #expect(abs(advantage - (value - mean) / deviation) < 1e-12) }
        #expect(ranks.past == [0.1, 1e9, -.infinity, 0.2])
    }

    /// The scale of rewards does not matter, only their order.
    @Test func onlyTheOrderCounts() {
        var ranks = RewardRanks(window: 4), others = RewardRanks(window: 4)
        for round: [Double?] in [[1, 2, 3], [nil, 4, 4], [0, 5, .nan, 9, 2, 2]] {
            #expect(ranks.advantages(round) == others.advantages(round.map { $0.map { exp($0) - 7 } }))
        }
    }

    @Test func equalRewardsAreEquallyGood() {
        var ranks = RewardRanks(window: 3)
        #expect(ranks.advantages([2, 2, 2]).allSatisfy { abs($0) < 1e-12 })
        #expect(ranks.advantages([]) == [])
        let later = ranks.advantages([2, 3, nil, 2])
        #expect(later[0] == later[3] && later[1] > later[0] && later[0] >= later[2])
        var alone = RewardRanks(window: 0)
        #expect(alone.advantages([nil]) == [0] && alone.past.isEmpty)
    }

    @Test func oldRewardsAreForgotten() {
        var ranks = RewardRanks(window: 2)
        _ = ranks.advantages([10, 10, 10, 1, 2])
        #expect(ranks.past == [1, 2])
        let advantages = ranks.advantages([3, 0])
        #expect(advantages[0] > 1 && advantages[1] < 0)
    }
}
