import NaslExpr
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        (2, "2"), (-3, "-3"), (0, "0"), (-0.0, "-0"), (0.1, "0.1"), (1e-5, "1e-5"), (2.5e-7, "2.5e-7"), (1e15, "1000000000000000"), (1e16, "1e16"), (1e300, "1e300"),
        (999_999_999_999_999, "999999999999999"), (1.5e20, "1.5e20"), (123_456.789, "123456.789"), (.infinity, "inf"), (-.infinity, "-inf"),
        (.nan, "nan"), (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e308"), (0.3333333333333333, "0.3333333333333333"),
    ] as [(Double, String)])
    func isWrittenAs(_ value: Double, _ text: String) {
        #expect(numberText(value) == text)
    }

    /// Any finite number reads back to the same bits.
    @Test func readsBack() {
        var bits: UInt64 = 0x9e37_79b9_7f4a_7c15
        for _ in 0..<20_000 {
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = Double(bitPattern: bits)
            guard value.isFinite else { continue }
            #expect(Double(numberText(value))?.bitPattern == value.bitPattern)
        }
    }
}
