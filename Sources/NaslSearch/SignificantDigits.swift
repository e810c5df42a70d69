#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A number with so many significant digits, zeros kept, for tables and progress lines.
///
///     significant(-1.98712, 4)    // "-1.987"
///     significant(17, 3)          // "17.0"
///     significant(123456, 3)      // "123456"
///     significant(1.5e-7, 3)      // "1.50e-7"
public func significant(_ value: Double, _ digits: Int) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    var exponent = Int(floor(log10(abs(value))))
    // Two factors, since the power itself may underflow.
    var mantissa = exponent < -200 ? value * 1e150 / pow(10, Double(exponent + 150)) : value / pow(10, Double(exponent))
    // 9.9996 with four digits is 10.00: one place less.
    if abs(mantissa) + 0.5 * pow(10, Double(1 - digits)) >= 10 {
        exponent += 1
        mantissa /= 10
    }
    if exponent < -4 || exponent >= 9 { return "\(fixed(mantissa, digits - 1))e\(exponent)" }
    return fixed(value, max(0, digits - 1 - exponent))
}

/// So many places after the point; for magnitudes below 1e15.
func fixed(_ value: Double, _ places: Int) -> String {
    let scale = pow(10, Double(places))
    guard let whole = Int64(exactly: (abs(value) * scale).rounded(.toNearestOrEven)) else { return "\(value)" }
    let sign = value < 0 && whole != 0 ? "-" : ""
    var text = String(whole)
    if places == 0 { return sign + text }
    if text.count <= places { text = String(repeating: "0", count: places + 1 - text.count) + text }
    return "\(sign)\(text.dropLast(places)).\(text.suffix(places))"
}
