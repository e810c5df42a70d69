import NaslSession
import Testing

@Suite struct PlotTicksTests {
    @Test(arguments: [
        (-4.0, 4.0, 5, ["-4", "-2", "0", "2", "4"]), (-4, 4, 9, ["-4", "-3", "-2", "-1", "0", "1", "2", "3", "4"]), (0, 1, 3, ["0.0", "0.5", "1.0"]),
        (0, 1, 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (0.1, 0.35, 3, ["0.1", "0.2", "0.3"]), (-2.31, -1.92, 5, ["-2.3", "-2.2", "-2.1", "-2.0"]),
        (0, 1000, 3, ["0", "500", "1000"]), (0, 2e5, 3, ["0", "100000", "200000"]), (0, 2e6, 3, ["0", "1e6", "2e6"]), (0, 2e7, 3, ["0", "1e7", "2e7"]),
        (0, 3e-5, 4, ["0", "1e-5", "2e-5", "3e-5"]), (0, 0.0004, 3, ["0.0000", "0.0002", "0.0004"]), (-1e300, 1e300, 3, ["-1e300", "0", "1e300"]),
        (1e-280, 3e-280, 3, ["1e-280", "2e-280", "3e-280"]), (1000, 1000.004, 3, ["1000.000", "1000.002", "1000.004"]),
        (1e6, 1e6 + 0.2, 3, ["1000000.0", "1000000.1", "1000000.2"]), (0, 1, 1, ["0"]), (0.2, 0.9, 1, ["0.5"]),
    ] as [(Double, Double, Int, [String])])
    func readableSteps(_ lower: Double, _ upper: Double, _ count: Int, _ expected: [String]) {
        #expect(Ticks.choose(Limits(lower, upper), atMost: count).map(\.label) == expected)
    }

    @Test func ticksLieWhereTheirLabelsSay() {
        for tick in Ticks.choose(Limits(0, 1), atMost: 11) { #expect(Double(tick.label) == tick.value) }
        for tick in Ticks.choose(Limits(-3e-9, 5e-9), atMost: 9) { #expect(Double(tick.label) == tick.value) }
    }

    @Test func wholeNumbersForWhatIsCounted() {
        #expect(Ticks.choose(Limits(1, 3), atMost: 10, isWhole: true).map(\.label) == ["1", "2", "3"])
        #expect(Ticks.choose(Limits(1, 3), atMost: 10).map(\.label) == ["1.0", "1.5", "2.0", "2.5", "3.0"], "0.2 would give 11")
    }

    @Test func everyRangeHasFewTicksAndAtLeastOne() {
        for exponent in stride(from: -280, through: 300, by: 20) {
            for offset in [0.0, -1, 3.7] {
                var size = 1.0
                for _ in 0..<abs(exponent) { size = exponent < 0 ? size / 10 : size * 10 }
                let limits = Limits((offset - 0.6) * size, (offset + 0.7) * size)
                for count in [2, 5, 9] {
                    let ticks = Ticks.choose(limits, atMost: count)
                    #expect(!ticks.isEmpty && ticks.count <= count, "1e\(exponent), \(offset), \(count)")
                    #expect(ticks.allSatisfy { $0.value >= limits.lower - 1e-6 * size && $0.value <= limits.upper + 1e-6 * size })
                }
            }
        }
    }

    @Test func theLargestNumbers() {
        let all = Limits(-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude)
        #expect(Ticks.choose(all, atMost: 5).map(\.label) == ["-1e308", "0", "1e308"])
        #expect(all.fraction(0) == 0.5 && all.fraction(.greatestFiniteMagnitude) == 1)
        #expect(Ticks.choose(Limits(2, 2), atMost: 5).isEmpty)
    }

    @Test func roomAroundNumbers() {
        #expect(Limits.around(0, 0) == Limits(-1, 1))
        #expect(Limits.around(3, 3) == Limits(1.5, 4.5))
        #expect(Limits.around(-2, -2) == Limits(-3, -1))
        #expect(Limits.around(.leastNonzeroMagnitude, .leastNormalMagnitude) == Limits(-1, 1), "no ticks could be told apart")
        let close = Limits.around(1, 1 + 1e-15)
        #expect(abs(close.lower - 0.5) < 1e-9 && abs(close.upper - 1.5) < 1e-9)
        #expect(Limits.around(1, 101) == Limits(0, 105), "no room below zero for what is positive")
        #expect(Limits.around(0, 100) == Limits(-4, 104))
        let largest = Limits.around(-.greatestFiniteMagnitude, .greatestFiniteMagnitude)
        #expect(largest.upper.isFinite && largest.lower.isFinite)
    }

    @Test func polesAreCutAndOrdinaryCurvesAreNot() throws {
        let xs = (0...800).map { -4 + Double($0) / 100 }
        for curve in [xs.map { $0 * $0 * $0 }, xs.map { _ in 7 }, xs.map { $0 > 0 ? 1.0 : 0 }, xs.map { $0.magnitude }] {
            #expect(try #require(ShownRange(curve)).isCut == false)
        }
        let pole = try #require(ShownRange(xs.map { 1 / $0 }))
        #expect(pole.isCut && pole.upper < 5 && pole.upper > 2 && abs(pole.lower + pole.upper) < 1e-9)
        let square = try #require(ShownRange(xs.map { 1 / ($0 * $0) }))
        #expect(square.isCut && square.upper < 20 && square.lower == 1 / 16)
        #expect(ShownRange([.nan, .infinity]) == nil && ShownRange([]) == nil)
    }
}
