import NaslExpr

extension Parser {
    /// Where a statement stands decides what `reward` and `minimize` are.
    enum Body {
        case top, function, task
        /// Of a `for` in a task.
        case taskLoop

        /// Where an outcome stands wrongly, and what to do instead.
        var place: (text: String, help: String) {
            switch self {
            case .top: ("outside of one", "a task is written `task t(f: Activation) { ...; reward e }`")
            case .function: ("in a function", "let the function end in the value, and the task take it")
            case .task, .taskLoop: ("in a loop", "take the whole at once, as by `sum(map(xs, x -> e))`")
            }
        }
    }
}

extension Parser {
    mutating func program() -> [Statement] {
        var statements: [Statement] = []
        while true {
            skipSeparators()
            if kind == .end || diagnostics.count >= Parser.greatestErrorCount { break }
            if kind.isCloser {
                _ = fail(.strayCloser(token))
                advance()
                continue
            }
            if let statement = recovering({ parser throws(SyntaxFailure) in try parser.statement(in: .top) }) { statements.append(statement) }
        }
        if diagnostics.count >= Parser.greatestErrorCount, kind != .end {
            diagnostics.append(.tooManyErrors(Parser.greatestErrorCount, at: token.range))
        }
        return statements
    }

    /// `{ statements }`, its opening brace here.
    mutating func block(_ body: Body) throws(SyntaxFailure) -> (statements: [Statement], range: SourceRange) {
        guard kind == .openBrace else { throw braceExpected("`{`") }
        return try nested { parser throws(SyntaxFailure) in
            let opener = parser.open()
            var statements: [Statement] = []
            while true {
                parser.skipSeparators()
                if parser.kind == .closeBrace || parser.isAtEnd { break }
                if parser.kind.isCloser {
                    _ = parser.fail(.wrongCloser(parser.token, for: opener))
                    parser.advance()
                    continue
                }
                if let statement = parser.recovering({ inner throws(SyntaxFailure) in try inner.statement(in: body) }) { statements.append(statement) }
            }
            try parser.close(opener)
            return (statements, parser.range(from: opener.range))
        }
    }

    /// At the end of the text, or where there are too many errors to read on.
    var isAtEnd: Bool { kind == .end || diagnostics.count >= Parser.greatestErrorCount }

    mutating func skipSeparators() {
        while kind == .newline || kind == .semicolon { advance() }
    }

    private mutating func statement(in body: Body) throws(SyntaxFailure) -> Statement {
        let start = token
        let content = try statementContent(in: body)
        let range = range(from: start.range)
        guard kind == .semicolon else {
            guard kind == .newline || kind == .closeBrace || kind == .end else { throw statementEndExpected(after: content, start) }
            return Statement(content, range)
        }
        advance()
        let isMuted = kind == .newline || kind == .closeBrace || kind == .end
        return Statement(content, range, isMuted: isMuted)
    }

    private mutating func statementContent(in body: Body) throws(SyntaxFailure) -> Statement.Kind {
        switch kind {
        case .let: return .binding(try letDeclaration())
        case .fn: return .function(try functionDeclaration())
        case .grammar: return .grammar(try grammarDeclaration())
        case .task: return .task(try taskDeclaration())
        case .law: return .law(try lawDeclaration())
        case .for: return .loop(try forLoop(in: body))
        case .import: return try importFile()
        case .name:
            let word = text(token)
            if word == "reward" || word == "minimize", let outcome = try outcome(word, in: body) { return outcome }
            return .expression(try expression())
        default: return .expression(try expression())
        }
    }

    /// `reward e` and `minimize e`; nil where the word is an ordinary name.
    private mutating func outcome(_ word: String, in body: Body) throws(SyntaxFailure) -> Statement.Kind? {
        switch body {
        case .task:
            advance()
            let value = try expression()
            return word == "reward" ? .reward(value) : .minimize(value)
        case .taskLoop: throw fail(.outcomeOutsideTask(word, at: token.range, place: body.place))
        case .top, .function:
            // Two names in a row can mean nothing else; `reward - x` can.
            guard [.name, .number, .text].contains(next.kind) else { return nil }
            throw fail(.outcomeOutsideTask(word, at: token.range, place: body.place))
        }
    }

    private mutating func letDeclaration() throws(SyntaxFailure) -> LetDeclaration {
        advance()
        let (name, nameRange) = try smallName("a value")
        if kind == .openParenthesis { throw fail(.expected("`=`", found: found, at: token.range, help: "a function is written `fn \(name)(x) = ...`")) }
        if kind == .colon { throw fail(.expected("`=`", found: found, at: token.range, help: "a value has the type of what it is bound to")) }
        try expect(.assign)
        return LetDeclaration(name: name, nameRange: nameRange, value: try expression())
    }

    private mutating func importFile() throws(SyntaxFailure) -> Statement.Kind {
        advance()
        guard kind == .text else { throw unexpected("the name of a file as a text", help: "as in `import \"functions.nasl\"`") }
        let path = advance()
        return .importFile(file.content(of: path), path.range)
    }

    private mutating func forLoop(in body: Body) throws(SyntaxFailure) -> ForLoop {
        advance()
        let (name, nameRange) = try smallName("a value", orUnderscore: true)
        try expect(.in)
        let list = try expression()
        let inner: Body = body == .task ? .taskLoop : body
        return ForLoop(name: name, nameRange: nameRange, list: list, body: try block(inner).statements)
    }

    private mutating func lawDeclaration() throws(SyntaxFailure) -> LawDeclaration {
        advance()
        allowsPlaceholders = true
        defer { allowsPlaceholders = false }
        let equation = try expression()
        if kind == .assign { throw fail(.equalsSign(at: token.range, .comparison)) }
        guard case .binary(.equal, _, let left, let right) = equation.kind else { throw fail(.lawWithoutEquation(at: equation.range)) }
        guard kind == .name, text(token) == "where" else { return LawDeclaration(left: left, right: right, conditions: []) }
        advance()
        return LawDeclaration(left: left, right: right, conditions: try expression().conjuncts)
    }
}

extension Expression {
    /// The parts of `a and b and c`.
    fileprivate var conjuncts: [Expression] {
        if case .binary(.and, _, let left, let right) = kind { left.conjuncts + right.conjuncts } else { [self] }
    }
}
