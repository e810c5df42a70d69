import NaslControl
import Testing

@Suite struct RewardScaleTests {
    @Test func firstRoundIsMeasuredFromItsMedian() {
        var scale = RewardScale()
        // Median 3, median absolute deviation 1, so the deviation is 1.4826; 100 is taken as three deviations away.
        let advantages = scale.advantages([1, 2, 3, 4, 100])
        let expected = [-2 / 1.4826, -1 / 1.4826, 0, 1 / 1.4826, 3]
        for (advantage, value) in zip(advantages, expected) { #expect(abs(advantage - value) < 1e-12) }
    }

    @Test func laterRoundsAreMeasuredFromTheMovingAverage() throws {
        var scale = RewardScale(decay: 0.5, limit: 3)
        _ = scale.advantages([0, 2])
        // Start: baseline 1, deviation 1.4826. Then 0: distance -1; then 2: distance 1.5 from 0.5.
        let variance = (1.4826 * 1.4826 * 0.5 + 0.5) * 0.5 + 0.5 * 1.5 * 1.5
        #expect(scale.baseline == 1.25)
        #expect(abs(scale.variance - variance) < 1e-12)
        let advantage = try #require(scale.advantages([2]).first)
        #expect(abs(advantage - 0.75 / variance.squareRoot()) < 1e-12)
    }

    @Test func aFailedTrialIsTheWorstOfItsRound() {
        var scale = RewardScale()
        let advantages = scale.advantages([5, nil, 0, .nan, 9, -.infinity, 6, 5])
        // Median 5, deviation 1.4826: the reward 0 is taken as three deviations away, and so are the failures.
        #expect(advantages[2] == -3)
        #expect(advantages[1] == -3 && advantages[3] == -3 && advantages[5] == -3)
        #expect(advantages.allSatisfy { $0.isFinite })
        // Where all rewards are above the baseline a failure still lies a deviation below it.
        let second = scale.advantages([50, nil, 60])
        #expect(second[1] == -1)
    }

    @Test func withoutASpreadOnlyFailuresCount() {
        var scale = RewardScale()
        #expect(scale.advantages([nil, nil]) == [0, 0])
        #expect(scale.advantages([2, 2, nil]) == [0, 0, -1])
        // A difference that appears later is seen.
        let later = scale.advantages([2, 2, 3, 2])
        #expect(later[2] > 1 && later[0] == 0)
    }

    @Test func advantagesDoNotDependOnTheUnit() {
        var (small, large) = (RewardScale(), RewardScale())
        let rounds: [[Double?]] = [[1, 4, 2, 8], [3, nil, 5, 7], [9, 2, 6, 1]]
        for round in rounds {
            let first = small.advantages(round)
            let second = large.advantages(round.map { $0.map { 1024 * $0 - 4096 } })
            for (a, b) in zip(first, second) { #expect(abs(a - b) < 1e-9) }
        }
    }

    @Test func enormousRewardsStayFinite() {
        var scale = RewardScale()
        for round in [[1e300, -1e300, 0], [1e308, -1e308, 1e-300], [1, 2, 3]] as [[Double?]] {
            #expect(scale.advantages(round).allSatisfy { $0.isFinite })
        }
    }
}
