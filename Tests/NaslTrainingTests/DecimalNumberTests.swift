import NaslRandom
import NaslTraining
import Testing

@Suite struct DecimalNumberTests {
    /// The standard library rounds correctly: all bits must agree.
    private func agrees(_ text: String) -> Bool { DecimalNumber.value(Array(text.utf8))?.bitPattern == Double(text)?.bitPattern }

    @Test func doublesAsTheyArePrinted() {
        var stream = RandomStream(seed: 1, "decimals")
        for _ in 0..<100_000 {
            let value = Double(bitPattern: stream.next())
            if value.isFinite { #expect(agrees("\(value)")) }
            #expect(agrees("\(stream.uniform())"))
            #expect(agrees("\(1e6 * stream.normal())"))
        }
    }

    @Test func anyDigitsWithAnyPoint() {
        var stream = RandomStream(seed: 2, "decimals")
        for _ in 0..<200_000 {
            var text = stream.below(2) == 0 ? "-" : ""
            let digits = 1 + stream.below(21)
            let point = stream.below(2 * digits)
            for place in 0..<digits {
                if place == point { text += "." }
                text += String(stream.below(10))
            }
            if stream.below(3) == 0 { text += "e\(stream.below(61) - 30)" }
            #expect(agrees(text), "\(text)")
        }
    }

    /// Exactly between two doubles, and a little above and below.
    @Test func halves() {
        var stream = RandomStream(seed: 3, "decimals")
        for _ in 0..<50_000 {
            // 54 bits, the last one set: 2^53 and above are multiples of two.
            let odd = (UInt64(1) << 53 | stream.next() >> 11) << 1 | 1
            for value in [odd - 1, odd, odd + 1, odd * 8, odd * 8 - 1, odd * 8 + 1] {
                #expect(agrees("\(value)"))
                #expect(agrees("\(value)e3"))
                #expect(agrees("\(value)e-3"))
            }
        }
    }

    @Test(arguments: [
        "0", "-0", "+1", "007", ".5", "5.", "0.0000000000000000000000000001", "1e22", "1e23", "9007199254740993", "18446744073709551615", "99999999999999999999",
        "1e400", "-1e400", "1e-400", "2.2250738585072011e-308", "1e000000000000000000005", "1e99999999999999999999", "0e99999999999999999999",
        "0.1e1", "1E5", "123456789012345678901234567890.5",
    ]) func edges(_ text: String) { #expect(agrees(text)) }

    @Test(arguments: ["", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "nan", "inf", "1 ", " 1", "--1", "1_000", "½"])
    func noNumbers(_ text: String) { #expect(DecimalNumber.value(Array(text.utf8)) == nil) }
}
