import NaslExpr

/// The lines of a grammar that begin with `limit`, `forbid` or `require`.
extension Parser {
    mutating func limit() throws(SyntaxFailure) -> ConstraintDeclaration {
        let start = advance().range
        let word = text(token)
        guard kind == .name, let measure = ConstraintDeclaration.Limit.Measure(rawValue: word) else {
            let near = kind == .name ? suggestion(for: word, among: ConstraintDeclaration.Limit.Measure.allCases.map(\.rawValue)) : nil
            throw fail(.measure(found, at: place, help: near.map { "did you mean `\($0)`?" }))
        }
        let measureRange = advance().range
        let subject = kind == .openParenthesis ? try limitSubject() : nil
        if subject == nil, measure == .count { throw fail(.measureSubject(word, at: measureRange)) }
        let bound: ConstraintDeclaration.Bound
        switch kind {
        case .lessOrEqual:
            advance()
            bound = .atMost(try expression(atLeast: .range))
        case .in:
            advance()
            bound = .within(try expression(atLeast: .range))
        default: throw fail(.bound(found: found, at: place, measure: subject.map { "\(word)(\(file.text(of: $0.range)))" } ?? word))
        }
        let limit = ConstraintDeclaration.Limit(measure: measure, measureRange: measureRange, subject: subject, bound: bound)
        return ConstraintDeclaration(kind: .limit(limit), range: range(from: start))
    }

    private mutating func limitSubject() throws(SyntaxFailure) -> Expression {
        let opener = open()
        let subject = try head(behind: .closeParenthesis)
        try close(opener)
        return subject
    }

    /// `forbid a within b` or `forbid pattern`.
    mutating func forbid() throws(SyntaxFailure) -> ConstraintDeclaration {
        let start = advance().range
        allowsPlaceholders = true
        defer { allowsPlaceholders = false }
        let inner = try head(behind: .name)
        guard kind == .name, text(token) == "within" else {
            return ConstraintDeclaration(kind: .forbidPattern(inner), range: range(from: start))
        }
        advance()
        let outer = try head(behind: .newline)
        return ConstraintDeclaration(kind: .forbidWithin(inner: inner, outer: outer), range: range(from: start))
    }

    mutating func require() throws(SyntaxFailure) -> ConstraintDeclaration {
        let start = advance().range
        let wanted = try head(behind: .newline)
        return ConstraintDeclaration(kind: .require(wanted), range: range(from: start))
    }

    /// An expression that names what a constraint is about. A lone operator, before a token of kind `end`, is a likely slip.
    private mutating func head(behind end: TokenKind) throws(SyntaxFailure) -> Expression {
        if let binary = BinaryOperator(kind), let name = Primitive.named(binary.rawValue)?.name {
            // `advance` would look past the end of the line for the other operand.
            let behind = tokens[min(index + 1, tokens.count - 1)]
            if behind.kind == end || behind.kind == .end, end != .name || text(behind) == "within" {
                throw fail(.operatorAsHead(binary.rawValue, name: name, at: token.range))
            }
        }
        return try expression()
    }
}
