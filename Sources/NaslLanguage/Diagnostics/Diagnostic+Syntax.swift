import NaslExpr

// Every mistake that the lexer and the parser can find, in numeric order. The scheme of the codes:
//
//     N00xx   characters, numbers, texts: what no token can be made of
//     N01xx   judgement about grammars and their spaces
//     N02xx   syntax
//     N03xx   evaluation
//
// A code never changes its meaning, and a retired one is not used again.

/// Characters, numbers, texts.
extension Diagnostic {
    static func notUTF8(at range: SourceRange) -> Diagnostic {
        syntax("N0001", "these bytes are not UTF-8", range, help: "save the file as UTF-8")
    }

    static func unknownCharacter(_ character: String, at range: SourceRange, help: String?) -> Diagnostic {
        syntax("N0002", "\(quoted(character)) has no meaning here", range, help: help)
    }

    static func invisibleCharacter(_ code: String, at range: SourceRange) -> Diagnostic {
        syntax("N0002", "an invisible character, U+\(code), stands here", range, help: "write an ordinary space or nothing")
    }

    static func foreignOperator(_ found: String, ours: String, at range: SourceRange) -> Diagnostic {
        switch found {
        case "//": syntax("N0003", "a comment begins with `#`, not with `//`", range, help: "for a whole quotient write `floor(a / b)`")
        case "..<": syntax("N0003", "`..<` is no operator here", range, help: "ranges include both ends: `0..n - 1`")
        default: syntax("N0003", "`\(found)` is no operator here", range, "write `\(ours)`")
        }
    }

    static func unknownUnit(_ unit: String, number: String, at range: SourceRange) -> Diagnostic {
        let units = ["ms", "s", "min", "h"]
        let meant = ["m": "min", "sec": "s", "secs": "s", "seconds": "s", "minutes": "min", "mins": "min", "hours": "h", "hour": "h"]
        let nearest = meant[unit] ?? (unit.unicodeScalars.count > 1 ? suggestion(for: unit, among: units) : nil)
        let help = nearest.map { "did you mean `\(number)\($0)`?" } ?? "for a product write `\(number) * \(unit)`; durations end in `ms`, `s`, `min` or `h`"
        return syntax("N0004", "`\(unit)` is no unit of time", range, help: help)
    }

    static func digitsMissing(before: Bool, _ number: String, at range: SourceRange) -> Diagnostic {
        syntax("N0005", "digits are missing \(before ? "before" : "after") the point", range, "write `\(before ? "0\(number)" : "\(number)0")`")
    }

    static func numberTooLarge(at range: SourceRange) -> Diagnostic {
        syntax("N0006", "this number is too large", range, "the largest is 1.7976931348623157e308", help: "infinity is written `inf`")
    }

    static func textNotClosed(at range: SourceRange) -> Diagnostic {
        syntax("N0007", "this text is not closed", range, "the line ends before its `\"`", help: "a line break inside a text is written `\\n`")
    }

    static func unknownEscape(_ escape: String, at range: SourceRange) -> Diagnostic {
        syntax("N0008", "\(quoted(escape)) is no escape", range, help: #"there are `\n`, `\t`, `\r`, `\"`, `\\` and `\u{3b1}`; a backslash is `\\`"#)
    }

    static func singleQuotes(at range: SourceRange) -> Diagnostic {
        syntax("N0009", "a text stands between double quotes", range, "write `\"text\"`")
    }
}

/// Syntax.
extension Diagnostic {
    static func expected(_ wanted: String, found: String, at range: SourceRange, help: String? = nil) -> Diagnostic {
        syntax("N0201", "expected \(wanted), found \(found)", range, help: help)
    }

    static func expected(_ wanted: String, found: String, at range: SourceRange, inside opener: Token) -> Diagnostic {
        var diagnostic = expected(wanted, found: found, at: range)
        diagnostic.labels.append((opener.range, "opened here"))
        return diagnostic
    }

    static func notClosed(_ opener: Token, end: SourceRange) -> Diagnostic {
        var diagnostic = syntax("N0202", "this `\(opener.kind.rawValue)` is not closed", opener.range)
        diagnostic.labels.append((end, "`\(opener.kind.closer?.rawValue ?? "")` is missing here at the latest"))
        return diagnostic
    }

    static func wrongCloser(_ closer: Token, for opener: Token) -> Diagnostic {
        let right = opener.kind.closer?.rawValue ?? ""
        var diagnostic = syntax("N0203", "`\(closer.kind.rawValue)` does not close `\(opener.kind.rawValue)`", closer.range, "expected `\(right)`")
        diagnostic.labels.append((opener.range, "opened here"))
        return diagnostic
    }

    static func strayCloser(_ closer: Token) -> Diagnostic {
        syntax("N0203", "nothing is open that `\(closer.kind.rawValue)` could close", closer.range)
    }

    static func statementEnd(found: String, at range: SourceRange, help: String?) -> Diagnostic {
        syntax("N0204", "expected the end of the statement, found \(found)", range, help: help)
    }

    static func unknownStatement(_ word: String, at range: SourceRange, help: String) -> Diagnostic {
        syntax("N0205", "no statement begins with `\(word)`", range, help: help)
    }

    static func missingLet(_ name: String, isRule: Bool, at range: SourceRange) -> Diagnostic {
        let help = isRule ? "a rule stands in a grammar: `grammar G { \(name) = ... }`" : "write `let \(name) = ...`, or `==` to compare"
        return syntax("N0206", "`=` binds a name only after `let`", range, help: help)
    }

    /// What an `=` was probably meant to do.
    enum EqualsSign { case label, parameter, comparison }

    static func equalsSign(at range: SourceRange, _ meaning: EqualsSign) -> Diagnostic {
        switch meaning {
        case .label: syntax("N0206", "a label ends in a colon", range, "write `:`", help: "to compare write `==`")
        case .parameter: syntax("N0206", "a default value follows a colon", range, "write `:`")
        case .comparison: syntax("N0206", "`=` does not compare", range, "write `==`")
        }
    }

    static func tuple(_ range: SourceRange, comma: SourceRange) -> Diagnostic {
        syntax("N0207", "there are no tuples", comma, help: "a list is written `[a, b]`, a record `(x: a, y: b)`, parameters `(a, b) -> a + b`")
    }

    static func fieldWithoutLabel(at range: SourceRange) -> Diagnostic {
        syntax("N0207", "each field of a record has a label", range, "a label is missing, as in `lr: 0.1`")
    }

    static func nestedAlternatives(_ text: String, at range: SourceRange, bars: [SourceRange]) -> Diagnostic {
        var diagnostic = syntax("N0208", "alternatives stand only at the top of a rule", range, help: "give them a rule of their own, `Choice = \(text)`, and write `Choice` here")
        diagnostic.labels += bars.map { ($0, "") }
        return diagnostic
    }

    static func alternativesOutside(at range: SourceRange) -> Diagnostic {
        syntax("N0208", "`|` stands only between the alternatives of a rule", range, help: "for truth values write `or`; a rule stands in a grammar: `grammar Size { S = 8 | 16 }`")
    }

    static func tooDeep(at range: SourceRange, limit: Int) -> Diagnostic {
        syntax("N0209", "this is nested too deep", range, "more than \(limit) levels", help: "bind a part of it to a name with `let`")
    }

    static func chainedComparison(_ first: SourceRange, _ second: SourceRange) -> Diagnostic {
        var diagnostic = syntax("N0210", "comparisons do not chain", second, help: "write `a < b and b < c`")
        diagnostic.labels.append((first, ""))
        return diagnostic
    }

    static func chainedRange(_ first: SourceRange, _ second: SourceRange) -> Diagnostic {
        var diagnostic = syntax("N0210", "a range has two ends", second, help: "a step is written `0..1 by 0.1`")
        diagnostic.labels.append((first, ""))
        return diagnostic
    }

    static func stepWithoutRange(at range: SourceRange) -> Diagnostic {
        syntax("N0210", "`by` follows a range", range, help: "as in `0..1 by 0.1`")
    }

    static func incompleteIf(_ missing: String, found: String, at range: SourceRange, opener: SourceRange, onNextLine: Bool) -> Diagnostic {
        let help = onNextLine ? "a line that ends in `then` or `else` goes on; put `\(missing)` before the line break" : "it is written `if a then b else c`"
        var diagnostic = syntax("N0211", "expected `\(missing)`, found \(found)", range, help: help)
        diagnostic.labels.append((opener, "of this `if`"))
        return diagnostic
    }

    static func capital(_ what: String, _ name: String, at range: SourceRange, wanted: Bool) -> Diagnostic {
        let first = name.prefix(1)
        let right = (wanted ? first.uppercased() : first.lowercased()) + name.dropFirst()
        let reason = wanted ? "grammars, rules and types begin with a capital letter" : "only grammars, rules and types begin with a capital letter"
        // A script without capitals, or a name like `_x`, has no better form to offer.
        return syntax("N0212", "the name of \(what) begins with a \(wanted ? "capital" : "small") letter", range, right == name ? "" : "write `\(right)`", help: reason)
    }

    static func plainParameter(_ what: String, at range: SourceRange) -> Diagnostic {
        syntax("N0213", "the parameters \(what) are plain names", range, help: "a `fn` may have types and default values: `fn f(x, width: 64) = ...`")
    }

    static func defaultInGrammar(at range: SourceRange) -> Diagnostic {
        syntax("N0213", "a parameter of a grammar has a type, not a value", range, help: "as in `grammar G(x: Tensor) -> Tensor { ... }`")
    }

    static func repeated(_ what: String, _ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
        var diagnostic = syntax("N0214", "the \(what) `\(name)` stands here twice", range, "again")
        diagnostic.labels.append((first, "first"))
        return diagnostic
    }

    static func reserved(_ word: String, wanted: String, at range: SourceRange) -> Diagnostic {
        syntax("N0215", "expected \(wanted), found the reserved word `\(word)`", range, "choose another name")
    }

    static func placeholderOutside(_ text: String, at range: SourceRange) -> Diagnostic {
        syntax("N0216", "`\(text)` stands only in patterns", range, help: "patterns follow `law` and `forbid`")
    }

    static func repetition(found: String, at range: SourceRange) -> Diagnostic {
        syntax("N0217", "expected the number of draws, found \(found)", range, help: "whole numbers: `Layer{4}` or `Layer{3..6}`")
    }

    static func repetitionOrder(_ least: Int, _ most: Int, at range: SourceRange) -> Diagnostic {
        syntax("N0217", "the number of draws runs from \(least) down to \(most)", range, "write `{\(most)..\(least)}`")
    }

    static func spaceBeforeCount(_ rule: String, at range: SourceRange) -> Diagnostic {
        syntax("N0217", "the number of draws stands directly behind the rule", range, "write `\(rule){...}` without the space")
    }

    static func weight(found: String, at range: SourceRange) -> Diagnostic {
        syntax("N0218", "expected a weight, found \(found)", range, help: "a weight is a number from 0: `x @4`, `x @0.5`")
    }

    static func weightOutside(at range: SourceRange) -> Diagnostic {
        syntax("N0218", "a weight stands only behind an alternative of a rule", range, help: "as in `E = x @4 | sin(E)`")
    }

    static func measure(_ found: String, at range: SourceRange, help: String?) -> Diagnostic {
        syntax("N0219", "expected what to limit, found \(found)", range, help: help ?? "there are `depth`, `size` and `count(x)`, each also of one rule: `depth(Rule)`, `size(Rule)`, `count(x in Rule)`")
    }

    static func measureSubject(_ measure: String, at range: SourceRange) -> Diagnostic {
        syntax("N0219", "`\(measure)` needs to know of what", range, help: "as in `limit \(measure)(const) <= 3`")
    }

    static func bound(found: String, at range: SourceRange, measure: String) -> Diagnostic {
        syntax("N0219", "expected `<=` or `in`, found \(found)", range, help: "as in `limit \(measure) <= 6` or `limit \(measure) in 2..6`")
    }

    static func operatorAsHead(_ sign: String, name: String, at range: SourceRange) -> Diagnostic {
        syntax("N0219", "`\(sign)` has a name where it stands alone", range, "write `\(name)`")
    }

    static func constraintMisspelt(_ word: String, at range: SourceRange, help: String) -> Diagnostic {
        syntax("N0220", "expected a rule or a constraint, found `\(word)`", range, help: help)
    }

    static func grammarWithoutRules(_ name: String, at range: SourceRange) -> Diagnostic {
        syntax("N0220", "the grammar `\(name)` has no rules", range, help: "the first rule is the start: `E = x | sin(E)`")
    }

    static func outcomeOutsideTask(_ word: String, at range: SourceRange, place: (text: String, help: String)) -> Diagnostic {
        syntax("N0221", "`\(word)` stands directly in the body of a task, not \(place.text)", range, help: place.help)
    }

    static func lawWithoutEquation(at range: SourceRange) -> Diagnostic {
        syntax("N0222", "a law is an equation", range, help: "as in `law ?a + ?b == ?b + ?a`")
    }

    static func functionWithoutParameters(_ name: String, at range: SourceRange) -> Diagnostic {
        syntax("N0223", "`fn \(name)` has no parameters", range, help: "without any it is written `fn \(name)() = ...`; a value is bound by `let \(name) = ...`")
    }

    static func braces(at range: SourceRange) -> Diagnostic {
        syntax("N0224", "braces hold the bodies of `fn`, `grammar`, `task` and `for`, not a value", range, help: "a list is written `[a, b]`, a record `(x: a, y: b)`")
    }

    static func tooManyErrors(_ limit: Int, at range: SourceRange) -> Diagnostic {
        syntax("N0225", "there are more than \(limit) errors; the rest of the text was not read", range)
    }

    private static func syntax(_ code: String, _ title: String, _ range: SourceRange, _ label: String = "", help: String? = nil) -> Diagnostic {
        Diagnostic(code: code, title: title, labels: [(range, label)], help: help.map { [$0] } ?? [])
    }

    /// In backticks; what cannot be seen, by its number.
    private static func quoted(_ text: String) -> String {
        if text == "`" { return "a backtick" }
        let shown = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? "U+\(String(scalar.value, radix: 16, uppercase: true))" : String(scalar)
        }.joined()
        return "`\(shown)`"
    }
}
