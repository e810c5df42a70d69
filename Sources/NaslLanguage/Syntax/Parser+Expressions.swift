import NaslExpr

/// Operators, by precedence climbing, and what reaches right as far as it can.
extension Parser {
    /// An expression whose operators all hold at least as tightly as `least`.
    mutating func expression(atLeast least: Precedence = .compose) throws(SyntaxFailure) -> Expression {
        var left = try prefixed()
        while true {
            if kind == .dots {
                guard least <= .range else { return left }
                left = try interval(from: left)
                continue
            }
            guard let operation = BinaryOperator(kind), operation.precedence >= least, operation != .in || !stopsAtIn else { return left }
            left = try binary(operation, left)
        }
    }

    /// The operator here and its right operand.
    private mutating func binary(_ operation: BinaryOperator, _ left: Expression) throws(SyntaxFailure) -> Expression {
        let sign = advance().range
        let right: Expression
        if operation == .power {
            // To the right, and `2^-x` is as clear as `2^x`.
            right = try nested { parser throws(SyntaxFailure) in try parser.expression(atLeast: .power) }
        } else {
            right = try expression(atLeast: operation.precedence.next)
        }
        if operation.precedence == .comparison, let second = BinaryOperator(kind), second.precedence == .comparison, second != .in || !stopsAtIn {
            throw fail(.chainedComparison(sign, token.range))
        }
        return try checked(.binary(operation, sign, left, right), left.range.union(right.range))
    }

    /// `lower..upper`, perhaps `by step`.
    private mutating func interval(from lower: Expression) throws(SyntaxFailure) -> Expression {
        let dots = advance().range
        let upper = try expression(atLeast: .sum)
        if kind == .dots { throw fail(.chainedRange(dots, token.range)) }
        var step: Expression?
        if kind == .name, text(token) == "by" {
            advance()
            skipNewlines()
            step = try expression(atLeast: .sum)
        }
        return try checked(.range(lower: lower, upper: upper, step: step), lower.range.union(step?.range ?? upper.range))
    }

    /// An operand with what stands before it.
    private mutating func prefixed() throws(SyntaxFailure) -> Expression {
        switch kind {
        case .minus: return try negated()
        case .not: return try inverted()
        case .let: return try letIn()
        case .if: return try conditional()
        case .name, .underscore: return next.kind == .arrow ? try lambda() : try postfixed()
        case .openParenthesis: return isLambdaHere ? try lambda() : try postfixed()
        default: return try postfixed()
        }
    }

    /// A minus: part of a literal, unless something holds the literal tighter, as in `-1^2`.
    private mutating func negated() throws(SyntaxFailure) -> Expression {
        let minus = advance().range
        if kind == .number || kind == .duration, ![.caret, .openParenthesis, .openBracket, .dot].contains(next.kind) {
            let literal = advance()
            let whole = minus.union(literal.range)
            return literal.kind == .number ? node(.number(-file.number(of: literal)), whole) : node(.duration(seconds: -file.seconds(of: literal)), whole)
        }
        let operand = try nested { parser throws(SyntaxFailure) in try parser.expression(atLeast: .power) }
        return try checked(.unary(.negate, operand), minus.union(operand.range))
    }

    private mutating func inverted() throws(SyntaxFailure) -> Expression {
        let not = advance().range
        let operand = try nested { parser throws(SyntaxFailure) in try parser.expression(atLeast: .not) }
        return try checked(.unary(.not, operand), not.union(operand.range))
    }

    /// `let name = value in body`.
    private mutating func letIn() throws(SyntaxFailure) -> Expression {
        let start = advance().range
        let (name, nameRange) = try smallName("a value")
        try expect(.assign)
        let outer = stopsAtIn
        stopsAtIn = true
        let value = try nested { parser throws(SyntaxFailure) in try parser.expression() }
        stopsAtIn = outer
        guard kind == .in else { throw unexpected("`in`", help: "inside an expression it is written `let \(name) = value in body`") }
        advance()
        let body = try nested { parser throws(SyntaxFailure) in try parser.expression() }
        return try checked(.letIn(name: name, nameRange: nameRange, value: value, body: body), start.union(body.range))
    }

    private mutating func conditional() throws(SyntaxFailure) -> Expression {
        let start = advance().range
        let condition = try branch()
        try expectBranch(.then, of: start)
        let first = try branch()
        try expectBranch(.else, of: start)
        let second = try branch()
        return try checked(.conditional(condition: condition, then: first, otherwise: second), start.union(second.range))
    }

    private mutating func branch() throws(SyntaxFailure) -> Expression {
        try nested { parser throws(SyntaxFailure) in try parser.expression() }
    }

    private mutating func expectBranch(_ word: TokenKind, of start: SourceRange) throws(SyntaxFailure) {
        if take(word) { return }
        if kind == .assign { throw fail(.equalsSign(at: token.range, .comparison)) }
        var ahead = index
        while tokens[ahead].kind == .newline { ahead += 1 }
        let isOnNextLine = ahead > index && tokens[ahead].kind == word
        throw fail(.incompleteIf(word.rawValue, found: found, at: place, opener: start, onNextLine: isOnNextLine))
    }

    /// Whether the bracket here holds the parameters of a lambda: names only, and an arrow behind.
    private var isLambdaHere: Bool {
        var ahead = index + 1
        while [.name, .underscore, .comma, .newline].contains(tokens[ahead].kind) { ahead += 1 }
        return tokens[ahead].kind == .closeParenthesis && tokens[following(ahead)].kind == .arrow
    }

    /// `x -> body`, `(a, b) -> body`.
    private mutating func lambda() throws(SyntaxFailure) -> Expression {
        let start = token.range
        var parameters: [Parameter] = []
        if kind == .openParenthesis {
            let opener = open()
            while kind != .closeParenthesis {
                let (name, range) = try smallName("a parameter", orUnderscore: true)
                if name != "_", let first = parameters.first(where: { $0.name == name }) {
                    note(.repeated("parameter", name, at: range, first: first.nameRange))
                }
                parameters.append(Parameter(name: name, nameRange: range))
                if !take(.comma) { break }
            }
            try close(opener, or: "`,`")
        } else {
            let (name, range) = try smallName("a parameter", orUnderscore: true)
            parameters.append(Parameter(name: name, nameRange: range))
        }
        try expect(.arrow)
        let body = try branch()
        return try checked(.lambda(parameters, body: body), start.union(body.range))
    }

    /// A node, unless the tree has grown too tall for those who walk it.
    mutating func checked(_ kind: Expression.Kind, _ range: SourceRange) throws(SyntaxFailure) -> Expression {
        let expression = node(kind, range)
        if expression.height > Expression.greatestHeight { throw fail(.tooDeep(at: range, limit: Expression.greatestHeight)) }
        return expression
    }
}
