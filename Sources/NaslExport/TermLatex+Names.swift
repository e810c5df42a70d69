import NaslExpr

extension TermLatex {
    /// A name as mathematics sets it: one letter in italics, Greek letters as such, numbers at the end as an index, words upright.
    static func name(_ text: String) -> String {
        if text == "pi" || greek.contains(text) { return "\\\(text)" }
        let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }
        let stem = String(text.dropLast(digits.count))
        if !digits.isEmpty, !stem.isEmpty, !stem.hasSuffix("_") { return "\(name(stem))_{\(String(digits.reversed()))}" }
        return text.count == 1 ? escaped(text) : "\\mathrm{\(escaped(text))}"
    }

    static func operatorName(_ text: String) -> String {
        text.count == 1 ? escaped(text) : "\\operatorname{\(escaped(text))}"
    }

    private static let greek: Set<String> = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "phi", "chi",
        "psi", "omega",
    ]

    /// Signs that TeX would obey.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "_", "%", "$", "#", "&", "{", "}": result += "\\\(character)"
            case "\\": result += "\\textbackslash{}"
            case "^": result += "\\textasciicircum{}"
            case "~": result += "\\textasciitilde{}"
            case "\n", "\t": result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
