import Foundation
import NaslSearch
import Testing

@Suite struct StatisticsTests {
    @Test func incompleteBetaInClosedForm() {
        for x in [0.01, 0.2, 0.5, 0.77, 0.99] {
            #expect(abs(Statistics.incompleteBeta(x, 1, 1) - x) < 1e-13)
            #expect(abs(Statistics.incompleteBeta(x, 3.5, 1) - pow(x, 3.5)) < 1e-13)
            #expect(abs(Statistics.incompleteBeta(x, 0.5, 0.5) - 2 / .pi * asin(x.squareRoot())) < 1e-13)
            // P(at least 2 of 4 successes) = I_x(2, 3)
            let binomial = 6 * x * x * (1 - x) * (1 - x) + 4 * pow(x, 3) * (1 - x) + pow(x, 4)
            #expect(abs(Statistics.incompleteBeta(x, 2, 3) - binomial) < 1e-13)
        }
        #expect(Statistics.incompleteBeta(0, 2, 3) == 0 && Statistics.incompleteBeta(1, 2, 3) == 1)
        #expect(abs(Statistics.incompleteBeta(0.5, 200, 200) - 0.5) < 1e-12)
    }

    @Test func studentTailInClosedForm() {
        for t in [0.1, 1, 2.5, 30] {
            #expect(abs(Statistics.studentTail(t, freedom: 1) - (1 - 2 / .pi * atan(t))) < 1e-13)
            #expect(abs(Statistics.studentTail(-t, freedom: 2) - (1 - t / (2 + t * t).squareRoot())) < 1e-13)
        }
        // Table values of the 5 % points.
        #expect(abs(Statistics.studentTail(2.262157, freedom: 9) - 0.05) < 1e-7)
        #expect(abs(Statistics.studentTail(1.959964, freedom: 1e7) - 0.05) < 1e-6)
        #expect(Statistics.studentTail(.infinity, freedom: 3) == 0)
    }

    /// The 2.5 % point of Student's t with two degrees of freedom is 4.302653 in the tables.
    @Test func margins() {
        #expect(abs((Statistics.margin([1, 2, 4]) ?? 0) - 3.794583) < 1e-5)
        #expect(Statistics.margin([1]) == nil && Statistics.margin([2, 2, 2]) == 0)
        let rows = Comparison([("a", [1, 2, 4, nil]), ("b", [2, 4, 8, 9])]).rows
        #expect(abs((rows[0].margin ?? 0) - 3.794583) < 1e-5 && rows[0].differenceMargin == nil)
        #expect(rows[1].differenceMargin == rows[0].margin)
    }

    /// Student's own data: additional sleep under two drugs (Biometrika 6, 1908). R's `t.test(paired = TRUE)`: t = 4.0621, p = 0.002833.
    @Test func pairedTestOnStudentsSleepData() throws {
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
        let result = try #require(Statistics.pairedTest(second, first))
        #expect(abs(result.difference - 1.58) < 1e-12)
        #expect(abs(result.t - 4.0621) < 5e-5)
        #expect(abs(result.p - 0.002833) < 5e-7)
        #expect(result.degreesOfFreedom == 9)
        #expect(try #require(Statistics.pairedTest(first, second)).p == result.p)
    }

    @Test func degenerateSamples() {
        #expect(Statistics.mean([]) == nil && Statistics.deviation([1]) == nil && Statistics.pairedTest([1], [2]) == nil)
        #expect(Statistics.pairedTest([1, 2], [1, 2])?.p == 1)
        #expect(Statistics.pairedTest([2, 3], [1, 2])?.p == 0)
        #expect(Statistics.deviation([2, 4, 4, 4, 5, 5, 7, 9]) == (32.0 / 7).squareRoot())
        #expect(Statistics.deviation([0.8414709848078965, 0.8414709848078965, 0.8414709848078965]) == 0, "no rounding of the mean")
        #expect(Statistics.mean([.infinity, 1]) == .infinity)
    }

    @Test func holm() {
        let corrected = Statistics.holm([0.01, 0.04, 0.03, 0.005])
        for (value, expected) in zip(corrected, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(value - expected) < 1e-15) }
        #expect(Statistics.holm([0.9, 0.8]) == [1, 1])
        #expect(Statistics.holm([]) == [])
    }

    @Test func comparisonPairsBySeed() throws {
        let table = Comparison([
            ("relu", [1, 2, nil, 4]), ("swish", [2, 4, 9, nil]), ("tanh", [.nan, nil, 3, .infinity]),
        ])
        #expect(table.rows[0].mean == 7.0 / 3 && table.rows[0].difference == nil && table.rows[0].p == nil)
        #expect(table.rows[1].mean == 5 && table.rows[1].failures == 1)
        // Seeds 0 and 1: differences 1 and 2, t = 1.5 / (sqrt(0.5) / sqrt 2) = 3 with one degree of freedom.
        #expect(table.rows[1].difference == 1.5 && table.rows[1].pairs == 2)
        let p = try #require(table.rows[1].p)
        #expect(abs(p - (1 - 2 / .pi * atan(3))) < 1e-13)
        #expect(table.rows[1].corrected == p)
        #expect(table.rows[2].mean == 3 && table.rows[2].failures == 3 && table.rows[2].pairs == 0 && table.rows[2].difference == nil)
    }

    @Test func comparisonAsText() {
        let table = Comparison([("relu", [-2.1, -2.0]), ("x -> x * sigmoid(x)", [-1.9, -1.9]), ("tanh", [-2.5, nil])])
        #expect(
            table.description == """
                name                   mean  deviation  difference      p  seeds  failed
                relu                 -2.050    0.07071                         2       0
                x -> x * sigmoid(x)  -1.900          0      0.1500  0.205      2       0
                tanh                 -2.500                -0.4000             2       1
                """)
    }
}
