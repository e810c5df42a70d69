import NaslExpr

/// A piece of source, as small as it gets.
public struct Token: Hashable, Sendable {
    public let kind: TokenKind
    public let range: SourceRange

    public init(_ kind: TokenKind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
    }
}

/// Units of time and what they are in seconds.
package let durationUnits: [(name: String, seconds: Double)] = [("ms", 1e-3), ("s", 1), ("min", 60), ("h", 3600)]

/// What the literals in a text mean. The lexer has checked their form.
extension SourceFile {
    /// The value of a `.number` token.
    package func number(of token: Token) -> Double { leadingNumber(text(of: token.range)) }

    /// The value of a `.duration` token in seconds.
    package func seconds(of token: Token) -> Double {
        let text = text(of: token.range)
        // `min` before `s`: the longest unit that fits.
        let unit = durationUnits.filter { text.hasSuffix($0.name) }.max { $0.name.count < $1.name.count }
        return leadingNumber(String(text.dropLast(unit?.name.count ?? 0))) * (unit?.seconds ?? 1)
    }

    private func leadingNumber(_ text: String) -> Double {
        var digits = text.filter { $0 != "_" }
        if digits.hasPrefix(".") { digits = "0" + digits }
        if digits.hasSuffix(".") { digits += "0" }
        return Double(digits) ?? .nan
    }

    /// The value of a `.text` token: quotes off, escapes replaced.
    package func content(of token: Token) -> String {
        let inner = text(of: token.range).unicodeScalars.dropFirst().dropLast()
        var result = String.UnicodeScalarView()
        var rest = inner[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let mark = rest.popFirst() else {
                result.append(scalar)
                continue
            }
            switch mark {
            case "n": result.append("\n")
            case "t": result.append("\t")
            case "r": result.append("\r")
            case "u":
                let digits = rest.dropFirst().prefix { $0 != "}" }
                rest = rest.dropFirst(digits.count + 2)
                let code = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
                result.append(code.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
            default: result.append(mark)
            }
        }
        return String(result)
    }
}
