/// A number as the language writes it: the shortest digits that read back to the same double.
///
///     numberText(2)       // "2"
///     numberText(1e-05)   // "1e-5"
///     numberText(0.1)     // "0.1"
public func numberText(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if let whole = Int64(exactly: value), abs(whole) < 1_000_000_000_000_000 {
        return whole == 0 && value.sign == .minus ? "-0" : String(whole)
    }
    var text = value.description
    guard let mark = text.firstIndex(of: "e") else { return text.hasSuffix(".0") ? String(text.dropLast(2)) : text }
    var mantissa = text[..<mark]
    var exponent = text[text.index(after: mark)...]
    if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
    var sign = ""
    if exponent.first == "-" { sign = "-"; exponent = exponent.dropFirst() }
    if exponent.first == "+" { exponent = exponent.dropFirst() }
    while exponent.first == "0", exponent.count > 1 { exponent = exponent.dropFirst() }
    text = "\(mantissa)e\(sign)\(exponent)"
    return text
}
