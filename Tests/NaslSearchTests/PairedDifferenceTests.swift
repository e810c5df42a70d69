import NaslSearch
import Testing

@Suite struct PairedDifferenceTests {
    /// Against scipy.stats.t.interval(0.95, 4, loc, scale) of the differences 0.1, 0.3, 0.2, 0.0, 0.4.
    @Test func theInterval() throws {
        let difference = try #require(PairedDifference([1.1, 1.3, 1.2, 1.0, 1.4], against: [1, 1, 1, 1, 1]))
        #expect(abs(difference.mean - 0.2) < 1e-12)
        #expect(abs(difference.low - 0.0036757) < 1e-6 && abs(difference.high - 0.3963243) < 1e-6, "\(difference)")
        #expect(difference.losesAtMost(0) && !difference.isWithin(0.3) && difference.isWithin(0.4))
    }

    @Test func failuresAreNoPairs() throws {
        let difference = try #require(PairedDifference([1, nil, 3, .nan, 5], against: [1, 2, 3, 4, nil]))
        #expect(difference.pairs == 2 && difference.failures == 2 && difference.mean == 0 && difference.low == 0)
        #expect(!difference.isWithin(1), "what fails is no substitute")
        #expect(PairedDifference([1, nil], against: [1, 2]) == nil)
    }

    @Test func quantiles() {
        // Abramowitz & Stegun, table 26.10.
        for (freedom, value) in [(1.0, 12.706), (4, 2.776), (9, 2.262), (30, 2.042)] {
            #expect(abs(Statistics.studentQuantile(0.975, freedom: freedom) - value) < 6e-4)
        }
    }
}
