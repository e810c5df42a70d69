import NaslExpr

/// Saying what is wrong.
extension Parser {
    /// Notes a mistake after which reading goes on where it is.
    mutating func note(_ diagnostic: Diagnostic) {
        if endsEarly == nil { endsEarly = false }
        diagnostics.append(diagnostic)
    }

    /// Notes a mistake after which the statement is given up: `throw fail(...)`.
    mutating func fail(_ diagnostic: Diagnostic) -> SyntaxFailure {
        if endsEarly == nil { endsEarly = kind == .end }
        // The lexer has said what is wrong with it.
        if kind != .unknown { diagnostics.append(diagnostic) }
        return SyntaxFailure()
    }

    mutating func expect(_ kind: TokenKind) throws(SyntaxFailure) {
        if !take(kind) { throw unexpected("`\(kind.rawValue)`") }
    }

    mutating func unexpected(_ wanted: String, help: String? = nil) -> SyntaxFailure {
        if kind == .end, let opener = openers.last { return fail(.notClosed(opener, end: place)) }
        return fail(.expected(wanted, found: found, at: place, help: help))
    }

    /// Instead of the brace of a body.
    mutating func braceExpected(_ wanted: String) -> SyntaxFailure {
        var ahead = index
        while tokens[ahead].kind == .newline { ahead += 1 }
        let isOnNextLine = ahead > index && tokens[ahead].kind == .openBrace
        return unexpected(wanted, help: isOnNextLine ? "put the `{` at the end of this line" : nil)
    }

    /// What stands here, in words.
    var found: String {
        switch kind {
        case .newline: return "the end of the line"
        case .end: return "the end of the text"
        case .text: return "a text"
        default:
            let text = text(token)
            return "`\(text.count > 24 ? text.prefix(21) + "..." : text)`"
        }
    }

    /// Where it stands; for the end of a line or of the text, directly behind what was taken last.
    var place: SourceRange {
        kind == .newline || kind == .end ? lastPlace : token.range
    }

    private var lastPlace: SourceRange { SourceRange(source: file.id, start: Int(lastEnd.end), end: Int(lastEnd.end)) }

    /// Where an operand should stand.
    mutating func operandExpected() -> SyntaxFailure {
        if kind == .end, let opener = openers.last { return fail(.notClosed(opener, end: place)) }
        if kind.isCloser, let opener = openers.last, opener.kind.closer != kind { return fail(.wrongCloser(token, for: opener)) }
        return fail(.expected("an expression", found: found, at: place, help: adviceOnOperand))
    }

    private var adviceOnOperand: String? {
        if kind == .fn { return "inside an expression a function is written `x -> e`" }
        if kind.beginsStatement { return "`\(kind.rawValue)` begins a statement, which has no value" }
        let isLineStart = index > 0 && tokens[index - 1].kind == .newline
        if isLineStart, BinaryOperator(kind) != nil || kind == .then || kind == .else {
            return "a line goes on in the next where it ends in an operator, `then` or `else`: put `\(kind.rawValue)` there"
        }
        return nil
    }

    /// Instead of the bracket that closes `opener`.
    mutating func notClosed(_ opener: Token, or wanted: String?) -> SyntaxFailure {
        if kind == .end { return fail(.notClosed(opener, end: place)) }
        if kind.isCloser { return fail(.wrongCloser(token, for: opener)) }
        if beginsAnotherLine { return fail(.notClosed(opener, end: lastPlace)) }
        let closer = "`\(opener.kind.closer?.rawValue ?? "")`"
        let all = wanted.map { "\($0) or \(closer)" } ?? closer
        if let special = misplaced(isArgument: true) { return fail(special) }
        return fail(.expected(all, found: found, at: place, inside: opener))
    }

    /// Whether a statement, a rule or a constraint plainly begins here, so that a bracket above was left open.
    private var beginsAnotherLine: Bool {
        guard index > 0, tokens[index - 1].kind == .newline else { return false }
        if kind == .name { return next.kind == .assign || ["limit", "forbid", "require", "reward", "minimize"].contains(text(token)) }
        return kind.beginsStatement
    }

    /// Behind an expression that ends where neither the statement nor the bracket does.
    mutating func afterExpression(_ wanted: String, isRule: Bool = false) -> SyntaxFailure {
        if kind.isCloser { return fail(.strayCloser(token)) }
        if let special = misplaced(isArgument: false) { return fail(special) }
        return isRule ? fail(.expected(wanted, found: found, at: place)) : fail(.statementEnd(found: found, at: place, help: nil))
    }

    /// Signs that have a meaning, only not here.
    private func misplaced(isArgument: Bool) -> Diagnostic? {
        switch kind {
        case .assign: return .equalsSign(at: token.range, isArgument ? .label : .comparison)
        case .bar: return .alternativesOutside(at: token.range)
        case .at: return .weightOutside(at: token.range)
        case .openBrace:
            let before = tokens[max(0, index - 1)]
            if before.kind == .name, isCapital(text(before)), next.kind == .number { return .spaceBeforeCount(text(before), at: token.range) }
            return isArgument ? nil : .braces(at: token.range)
        case .name where text(token) == "by": return .stepWithoutRange(at: token.range)
        default: return nil
        }
    }

    /// `24 | 36` inside an argument: reads on to the end of it, to offer a rule.
    mutating func nestedAlternatives(_ first: Expression) throws(SyntaxFailure) -> SyntaxFailure {
        var bars: [SourceRange] = []
        var last = first
        while kind == .bar, bars.count < 100 {
            bars.append(advance().range)
            last = try expression()
        }
        let whole = first.range.union(last.range)
        let words = file.text(of: whole).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let text = words.count > 60 ? words.prefix(57) + "..." : words
        return fail(.nestedAlternatives(text, at: bars.first ?? whole, bars: Array(bars.dropFirst())))
    }

    /// Behind a statement that should have ended.
    mutating func statementEndExpected(after content: Statement.Kind, _ start: Token) -> SyntaxFailure {
        if case .expression(let expression) = content {
            switch expression.kind {
            case .name(let word) where start.kind == .name:
                if kind == .assign { return fail(.missingLet(word, isRule: isCapital(word), at: token.range)) }
                if [.name, .number, .text, .openBrace].contains(kind) || kind.isWord, let help = Parser.adviceOnStatement(word) {
                    return fail(.unknownStatement(word, at: start.range, help: help))
                }
            case .call(let callee, _):
                if kind == .assign, case .name = callee.kind {
                    return fail(.statementEnd(found: found, at: token.range, help: "a function is written `fn \(file.text(of: expression.range)) = ...`"))
                }
            case .number:
                if kind == .name { return fail(.statementEnd(found: found, at: token.range, help: "for a product write `*`")) }
            default: break
            }
        }
        if kind == .not, next.kind == .in { return fail(.statementEnd(found: found, at: token.range, help: "it is written `not (a in b)`")) }
        return afterExpression("")
    }

    /// For a word that begins a statement elsewhere, or nearly does so here.
    private static func adviceOnStatement(_ word: String) -> String? {
        switch word {
        case "def", "func", "function", "defn", "fun": "a function is written `fn f(x) = ...`"
        case "var", "val", "const", "auto", "set": "a value is bound by `let x = ...`"
        case "return": "the value of a function is its last line"
        case "while", "loop", "repeat": "loops are written with `for`, `map`, `fold` or `sum`"
        case "limit", "forbid", "require": "constraints stand in the braces of a grammar"
        case "elif", "elseif", "elsif": "it is written `if a then b else if c then d else e`"
        case "include", "use", "using", "from": "a file is read by `import \"file.nasl\"`"
        case "print", "echo", "println": "a value is printed by `print(...)`"
        default:
            suggestion(for: word, among: TokenKind.allCases.filter(\.beginsStatement).map(\.rawValue) + ["reward", "minimize", "if", "not"])
                .map { "did you mean `\($0)`?" }
        }
    }
}
