import Foundation
import NaslControl
import Testing

@Suite struct EarningsTests {
    private func rated(_ number: Int, _ reward: Double) -> Rated { Rated(choices: [number], reward: reward) }

    /// By hand: of a queue of 4 the places earn 4/4, 3/4, 2/4 and 1/4.
    @Test func sharesFollowFromPlaces() {
        var earnings = Earnings(members: 2, window: 10, floor: 0.1, capacity: 4)
        #expect(earnings.shares == [0.5, 0.5])
        earnings.take(rated(1, 5), of: 0)  // first: 1
        earnings.take(rated(2, 4), of: 1)  // second: 3/4
        earnings.take(rated(2, 4), of: 0)  // known: 0
        earnings.take(rated(3, 4), of: 1)  // the same reward: 0
        earnings.take(nil, of: 1)  // failed: 0
        #expect(earnings.shares == [0.5, 0.5])
        // The first has (1 + 5 * 0.35) / 7 = 0.39 per trial, the second (0.75 + 5 * 0.35) / 8 = 0.31: a fifth of the way to 0.9 and 0.1.
        earnings.pursue()
        for (share, value) in zip(earnings.shares, [0.58, 0.42]) { #expect(abs(share - value) < 1e-12) }
        // Three finds, each the best so far: now the second leads.
        for number in 4...6 { earnings.take(rated(number, 10 + Double(number)), of: 1) }
        earnings.pursue()
        for (share, value) in zip(earnings.shares, [0.58 * 0.8 + 0.02, 0.42 * 0.8 + 0.18]) { #expect(abs(share - value) < 1e-12) }
    }

    /// What nobody here has proposed raises the bar and earns nothing.
    @Test func othersRaiseTheBar() {
        var earnings = Earnings(members: 2, window: 10, floor: 0, capacity: 1)
        earnings.take(rated(1, 9), of: nil)
        earnings.take(rated(2, 8), of: 1)
        earnings.take(nil, of: 0)
        earnings.pursue()
        #expect(earnings.shares == [0.5, 0.5])
        earnings.take(rated(3, 10), of: 1)
        earnings.pursue()
        #expect(earnings.shares[1] > 0.5)
    }

    @Test func whatIsLongAgoCountsNoMore() {
        var earnings = Earnings(members: 3, window: 6, floor: 0.05, capacity: 2)
        for member in 0..<2 { earnings.take(nil, of: member) }
        earnings.take(rated(1, 1), of: 2)
        for _ in 0..<40 { earnings.pursue() }
        for (share, value) in zip(earnings.shares, [0.05, 0.05, 0.9]) { #expect(abs(share - value) < 1e-3) }
        for _ in 0..<6 { earnings.take(nil, of: 0) }
        for _ in 0..<40 { earnings.pursue() }
        #expect(earnings.shares.allSatisfy { abs($0 - 1.0 / 3) < 1e-3 })
    }

    @Test func assignmentsKeepTheSharesAtEveryLength() {
        var earnings = Earnings(members: 3, window: 50, floor: 0.1, capacity: 5)
        for number in 0..<12 { earnings.take(rated(number, Double(number)), of: number % 4 == 0 ? 1 : 0) }
        for _ in 0..<3 { earnings.pursue() }
        let shares = earnings.shares
        let whole = earnings.assignment(count: 40, room: [40, 40, 40])
        for count in 1...40 {
            #expect(earnings.assignment(count: count, room: [40, 40, 40]) == Array(whole.prefix(count)))
            for member in 0..<3 { #expect(abs(Double(whole.prefix(count).count { $0 == member }) - shares[member] * Double(count)) < 1.5) }
        }
        let narrow = earnings.assignment(count: 10, room: [2, 3, 1])
        #expect(narrow.count == 6 && (0..<3).map { member in narrow.count { $0 == member } } == [2, 3, 1])
    }

    @Test func floorsThatDoNotFitAreEqualShares() {
        var earnings = Earnings(members: 4, window: 10, floor: 0.9, capacity: 2)
        earnings.take(rated(1, 1), of: 2)
        earnings.pursue()
        #expect(earnings.shares == [0.25, 0.25, 0.25, 0.25])
    }
}
