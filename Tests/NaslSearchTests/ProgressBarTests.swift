import NaslSearch
import Testing

@Suite struct ProgressBarTests {
    private let half = SearchProgress(
        done: 271, total: 500, best: (-1.98712, "x -> max(x, sin(x))"), meanRecent: -2.214, trialsPerSecond: 17.2, secondsLeft: 12.9)

    @Test func wholeLine() {
        #expect(
            ProgressBar(width: 120).line(half)
                == " [==========>         ] 271/500   best -1.987  x -> max(x, sin(x))   mean -2.21   17 trials/s   eta 13 s")
        #expect(
            ProgressBar(width: 120).plainLine(half)
                == "271/500   best -1.987  x -> max(x, sin(x))   mean -2.21   17 trials/s   eta 13 s")
    }

    @Test func beginningAndEnd() {
        let bar = ProgressBar(width: 120)
        #expect(bar.line(SearchProgress(done: 0, total: 500)) == " [>                   ]   0/500")
        #expect(
            bar.line(SearchProgress(done: 500, total: 500, best: (1, "x"), meanRecent: 0.5, trialsPerSecond: 3.25, secondsLeft: 0, failures: 7))
                == " [====================] 500/500   best 1.000  x   mean 0.500   7 failed   3.2 trials/s   eta 0 s")
        #expect(ProgressBar(width: 80).line(SearchProgress(done: 0, total: 0)) == " [====================] 0/0")
    }

    /// The program gives way late; characters are counted, not bytes.
    @Test func narrowTerminals() {
        #expect(
            ProgressBar(width: 95).line(half)
                == " [====>   ] 271/500   best -1.987  x -> max(x, sin(x))   mean -2.21   17 trials/s   eta 13 s")
        #expect(ProgressBar(width: 80).line(half) == " [====>   ] 271/500   best -1.987  x -> max(x, sin(x))   17 trials/s   eta 13 s")
        #expect(ProgressBar(width: 70).line(half) == " [====>   ] 271/500   best -1.987  x -> max(x, sin(x))   eta 13 s")
        #expect(ProgressBar(width: 60).line(half) == " [====>   ] 271/500   best -1.987  x -> max(x,...   eta 13 s")
        for width in 0...110 { #expect(ProgressBar(width: width).line(half).count <= width) }
        #expect(ProgressBar(width: 10).line(half) == " [====>   ")
        let unicode = SearchProgress(done: 1, total: 2, best: (1, "größe größe größe größe"))
        #expect(ProgressBar(width: 50).line(unicode) == " [====>   ] 1/2   best 1.000  größe größe größe...")
    }

    @Test func duration() {
        func eta(_ seconds: Double) -> String {
            String(ProgressBar(width: 200).plainLine(SearchProgress(done: 1, total: 2, secondsLeft: seconds)).dropFirst(6 + 4))
        }
        #expect(eta(0.2) == "1 s" && eta(99) == "99 s" && eta(250) == "4 min 10 s" && eta(7500) == "2 h 5 min" && eta(.infinity) == "?")
    }

    @Test func significantDigits() {
        #expect(significant(-1.98712, 4) == "-1.987")
        #expect(significant(17, 3) == "17.0")
        #expect(significant(9.9996, 4) == "10.00")
        #expect(significant(123456, 3) == "123456")
        #expect(significant(0.00012345, 3) == "0.000123")
        #expect(significant(1.5e-7, 3) == "1.50e-7")
        #expect(significant(-2.5e12, 3) == "-2.50e12")
        #expect(significant(9.996e-6, 3) == "1.00e-5")
        #expect(significant(0, 3) == "0" && significant(.nan, 3) == "nan" && significant(-.infinity, 3) == "-inf")
        #expect(significant(1e300, 3) == "1.00e300" && significant(Double.leastNonzeroMagnitude, 2).hasSuffix("e-324"))
    }
}
