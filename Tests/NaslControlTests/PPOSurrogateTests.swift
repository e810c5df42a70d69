import Foundation
import NaslControl
import Testing

@Suite struct PPOSurrogateTests {
    private let surrogate = ClippedSurrogate(epsilon: 0.2)

    /// By hand: min(r A, clip(r, 0.8, 1.2) A), and its derivative by log r.
    @Test(arguments: [
        // A good choice: inside, likelier than vouched for (flat), less likely than before.
        (1.1, 2.0, 2.2, 2.2), (1.5, 2.0, 2.4, 0.0), (0.5, 2.0, 1.0, 1.0),
        // A bad choice: inside, likelier than before (paid in full), less likely than vouched for (flat).
        (0.9, -2.0, -1.8, -1.8), (1.5, -2.0, -3.0, -3.0), (0.5, -2.0, -1.6, 0.0),
        (1.0, 3.0, 3.0, 3.0), (7.0, 0.0, 0.0, 0.0), (0.1, 0.0, 0.0, 0.0),
    ])
    func byHand(ratio: Double, advantage: Double, value: Double, slope: Double) {
        #expect(abs(surrogate.value(ratio: ratio, advantage: advantage) - value) < 1e-12)
        #expect(abs(surrogate.slope(ratio: ratio, advantage: advantage) - slope) < 1e-12)
    }

    @Test func slopeIsTheDerivativeByTheLogarithm() {
        for logRatio in stride(from: -1.0, through: 1, by: 0.0625) {
            for advantage in [-2.5, -1, 0, 0.3, 2] {
                let above = surrogate.value(ratio: exp(logRatio + 1e-6), advantage: advantage)
                let below = surrogate.value(ratio: exp(logRatio - 1e-6), advantage: advantage)
                #expect(abs((above - below) / 2e-6 - surrogate.slope(ratio: exp(logRatio), advantage: advantage)) < 1e-8)
            }
        }
    }

    @Test func enormousRatiosStayFinite() {
        let ratio = ClippedSurrogate.ratio(logNow: -1, logBefore: -1000)
        #expect(ratio == exp(30) && Float(-3 * ratio).isFinite)
        #expect(ClippedSurrogate.ratio(logNow: -1000, logBefore: -1) == 0)
        #expect(ClippedSurrogate.ratio(logNow: -2, logBefore: -2) == 1)
    }
}
