/// Reads decimal numbers from bytes, correctly rounded, several times faster than through strings.
///
///     DecimalNumber.value(Array("-2.5e-3".utf8))   // -0.0025
///
/// A number of at most 19 digits is a whole number m times a power of ten. Where m is below 2^53 and the power within 10^22 both are exact
/// doubles and one operation rounds once (Clinger 1990, "How to read floating point numbers accurately"). Otherwise, up to 10^19, the 128-bit
/// product or quotient is exact or has a known remainder, and is rounded once. The rest goes to the standard library.
package enum DecimalNumber {
    /// The number that fills all of `bytes`; nil where they are no decimal number. `1e999` is infinite.
    package static func value(_ bytes: [UInt8]) -> Double? {
        bytes.withUnsafeBufferPointer { buffer in
            var end = 0
            guard let value = read(buffer, from: 0, end: &end), end == buffer.count else { return nil }
            return value
        }
    }

    /// The longest number that begins at `start`; `end` is set behind it.
    @inline(__always)
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, end: inout Int) -> Double? {
        let count = bytes.count
        var position = start
        var isNegative = false
        if position < count, bytes[position] == 0x2d || bytes[position] == 0x2b {
            isNegative = bytes[position] == 0x2d
            position += 1
        }
        var mantissa: UInt64 = 0
        var significant = 0
        var exponent = 0
        var isCut = false
        let whole = position
        while position < count {
            let digit = bytes[position] &- 48
            guard digit < 10 else { break }
            if significant < 19 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                if mantissa != 0 { significant += 1 }
            } else {
                isCut = true
            }
            position += 1
        }
        var digits = position - whole
        if position < count, bytes[position] == 0x2e {
            position += 1
            let fraction = position
            while position < count {
                let digit = bytes[position] &- 48
                guard digit < 10 else { break }
                if significant < 19 {
                    mantissa = mantissa &* 10 &+ UInt64(digit)
                    if mantissa != 0 { significant += 1 }
                    exponent -= 1
                } else {
                    isCut = true
                }
                position += 1
            }
            digits += position - fraction
        }
        guard digits > 0 else { return nil }
        if position < count, bytes[position] | 0x20 == 0x65 { readExponent(bytes, &position, &exponent) }
        end = position
        if !isCut, let magnitude = scaled(mantissa, exponent) { return isNegative ? -magnitude : magnitude }
        return Double(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    /// Takes in `e-12` if digits follow the letter; else the number ends before it.
    private static func readExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ exponent: inout Int) {
        var next = position + 1
        var isNegative = false
        if next < bytes.count, bytes[next] == 0x2d || bytes[next] == 0x2b {
            isNegative = bytes[next] == 0x2d
            next += 1
        }
        let first = next
        var written = 0
        while next < bytes.count {
            let digit = bytes[next] &- 48
            guard digit < 10 else { break }
            // Beyond this every number is zero or infinite, as far as nineteen digits go.
            if written < 100_000 { written = written * 10 + Int(digit) }
            next += 1
        }
        guard next > first else { return }
        exponent += isNegative ? -written : written
        position = next
    }

    /// `mantissa` times ten to the `exponent`, rounded once; nil where this is not known to be exact.
    @inline(__always)
    private static func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        if mantissa == 0 { return 0 }
        if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            return exponent < 0 ? Double(mantissa) / exactPowers[-exponent] : Double(mantissa) * exactPowers[exponent]
        }
        guard exponent >= -19, exponent <= 19 else { return nil }
        return exponent < 0 ? quotient(mantissa, wholePowers[-exponent]) : product(mantissa, wholePowers[exponent])
    }

    private static func product(_ mantissa: UInt64, _ power: UInt64) -> Double {
        let (high, low) = mantissa.multipliedFullWidth(by: power)
        guard high != 0 else { return Double(low) }
        let shift = high.leadingZeroBitCount
        let top = high << shift | (shift == 0 ? 0 : low >> (64 - shift))
        // The lowest bit stands for everything below: it cannot be mistaken for a half, eleven bits are rounded away.
        return Double(top | (low << shift == 0 ? 0 : 1)) * powerOfTwo(64 - shift)
    }

    private static func quotient(_ mantissa: UInt64, _ power: UInt64) -> Double {
        let numerator = mantissa << mantissa.leadingZeroBitCount
        let denominator = power << power.leadingZeroBitCount
        let exponent = power.leadingZeroBitCount - mantissa.leadingZeroBitCount
        // The quotient has 64 bits, the first of them set.
        let halved = numerator >= denominator
        let (ratio, rest) = denominator.dividingFullWidth(halved ? (numerator >> 1, numerator << 63) : (numerator, 0))
        return Double(ratio | (rest == 0 ? 0 : 1)) * powerOfTwo(exponent - (halved ? 63 : 64))
    }

    private static func powerOfTwo(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

    private static let exactPowers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
    private static let wholePowers: [UInt64] = (0..<20).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
