import NaslExpr

/// `grammar Name(x: Tensor) -> Tensor { rules and constraints }`.
extension Parser {
    mutating func grammarDeclaration() throws(SyntaxFailure) -> GrammarDeclaration {
        let documentation = documentation[index]
        advance()
        let (name, nameRange) = try capitalName("a grammar")
        let parameters = kind == .openParenthesis ? try parameterList(.grammar) : []
        let result = take(.arrow) ? try typeAnnotation() : nil
        guard kind == .openBrace else { throw braceExpected(result == nil ? "`->` or `{`" : "`{`") }
        let (rules, constraints) = try grammarBody()
        if rules.isEmpty { throw fail(.grammarWithoutRules(name, at: nameRange)) }
        return GrammarDeclaration(
            name: name, nameRange: nameRange, parameters: parameters, result: result, rules: rules, constraints: constraints, documentation: documentation
        )
    }

    private mutating func grammarBody() throws(SyntaxFailure) -> ([RuleDeclaration], [ConstraintDeclaration]) {
        try nested { parser throws(SyntaxFailure) in
            let opener = parser.open()
            var rules: [RuleDeclaration] = []
            var constraints: [ConstraintDeclaration] = []
            let errors = parser.diagnostics.count
            while true {
                parser.skipSeparators()
                if parser.kind == .closeBrace || parser.isAtEnd { break }
                if parser.kind.isCloser {
                    _ = parser.fail(.wrongCloser(parser.token, for: opener))
                    parser.advance()
                    continue
                }
                parser.recovering({ inner throws(SyntaxFailure) in
                    try inner.grammarLine(&rules, &constraints)
                }, continuesAtBar: true)
            }
            try parser.close(opener)
            // A grammar of which a part is missing would judge itself wrongly.
            if parser.diagnostics.count > errors { throw SyntaxFailure() }
            return (rules, constraints)
        }
    }

    private mutating func grammarLine(_ rules: inout [RuleDeclaration], _ constraints: inout [ConstraintDeclaration]) throws(SyntaxFailure) {
        guard kind == .name else { throw unexpected("a rule or a constraint", help: "as in `E = x | sin(E)` or `limit depth <= 3`") }
        switch text(token) {
        case "limit": constraints.append(try limit())
        case "forbid": constraints.append(try forbid())
        case "require": constraints.append(try require())
        default:
            let rule = try rule()
            if let first = rules.first(where: { $0.name == rule.name }) {
                note(.repeated("rule", rule.name, at: rule.nameRange, first: first.nameRange))
            }
            rules.append(rule)
        }
        guard kind == .newline || kind == .semicolon || kind == .closeBrace || kind == .end else { throw afterExpression("the end of the line", isRule: true) }
    }

    private mutating func rule() throws(SyntaxFailure) -> RuleDeclaration {
        let word = text(token)
        if next.kind != .assign, next.kind != .openParenthesis { throw notARule(word) }
        let (name, nameRange) = try capitalName("a rule")
        let parameters = kind == .openParenthesis ? try parameterList(.rule) : []
        try expect(.assign)
        _ = take(.bar)  // before the first alternative too, where each has a line of its own
        var alternatives: [AlternativeDeclaration] = []
        repeat { alternatives.append(try alternative()) } while takeBar()
        return RuleDeclaration(name: name, nameRange: nameRange, parameters: parameters, alternatives: alternatives, range: range(from: nameRange))
    }

    /// A bar here or at the beginning of the next line that is not empty.
    private mutating func takeBar() -> Bool {
        var ahead = index
        while tokens[ahead].kind == .newline { ahead += 1 }
        guard tokens[ahead].kind == .bar else { return false }
        index = ahead
        advance()
        return true
    }

    private mutating func alternative() throws(SyntaxFailure) -> AlternativeDeclaration {
        let value = try expression()
        guard take(.at) else { return AlternativeDeclaration(value: value, weight: nil, weightRange: .none, range: value.range) }
        guard kind == .number else { throw fail(.weight(found: found, at: place)) }
        let number = advance()
        return AlternativeDeclaration(value: value, weight: file.number(of: number), weightRange: number.range, range: range(from: value.range))
    }

    private mutating func notARule(_ word: String) -> SyntaxFailure {
        let near = suggestion(for: word, among: ["limit", "forbid", "require"])
        let example = isCapital(word) ? word : "E"
        let help = near.map { "did you mean `\($0)`?" } ?? "a rule is written `\(example) = x | sin(x)`, a constraint begins with `limit`, `forbid` or `require`"
        return fail(.constraintMisspelt(word, at: token.range, help: help))
    }
}
