import NaslExpr

/// Literals, names, brackets, and what follows an operand directly: arguments, an index, a field.
extension Parser {
    mutating func postfixed() throws(SyntaxFailure) -> Expression {
        var base = try operand()
        while true {
            switch kind {
            case .openParenthesis:
                let arguments = try arguments()
                base = try checked(.call(base, arguments), range(from: base.range))
            case .openBracket:
                let index = try elementIndex()
                base = try checked(.index(base, index), range(from: base.range))
            case .dot:
                advance()
                guard kind == .name || kind.isWord else { throw unexpected("the name of a field") }
                let name = advance()
                base = try checked(.field(base, name: text(name), nameRange: name.range), range(from: base.range))
            default: return base
            }
        }
    }

    private mutating func operand() throws(SyntaxFailure) -> Expression {
        let start = token
        switch start.kind {
        case .number: return node(.number(file.number(of: advance())), start.range)
        case .duration: return node(.duration(seconds: file.seconds(of: advance())), start.range)
        case .text: return node(.text(file.content(of: advance())), start.range)
        case .true, .false: return node(.bool(advance().kind == .true), start.range)
        case .none:
            advance()
            return node(.none, start.range)
        case .name: return try namedOperand()
        case .placeholder, .underscore:
            guard allowsPlaceholders else { throw fail(.placeholderOutside(text(start), at: start.range)) }
            advance()
            return node(start.kind == .underscore ? .wildcard : .placeholder(String(text(start).dropFirst())), start.range)
        case .openBracket: return try list()
        case .openParenthesis: return try parenthesised()
        case .openBrace: throw fail(.braces(at: start.range))
        default: throw operandExpected()
        }
    }

    /// A name, or the repeated draws of a rule: `Layer{3..6}`.
    private mutating func namedOperand() throws(SyntaxFailure) -> Expression {
        let word = advance()
        let name = text(word)
        guard kind == .openBrace, token.range.start == word.range.end, isCapital(name) else { return node(.name(name), word.range) }
        let opener = open()
        let least = try drawCount()
        let most = take(.dots) ? try drawCount() : least
        try close(opener)
        if most < least { throw fail(.repetitionOrder(least, most, at: opener.range.union(lastEnd))) }
        return node(.repeated(rule: name, nameRange: word.range, least: least, most: most), range(from: word.range))
    }

    private mutating func drawCount() throws(SyntaxFailure) -> Int {
        guard kind == .number, let count = Int(exactly: file.number(of: token)) else { throw fail(.repetition(found: found, at: place)) }
        advance()
        return count
    }

    private mutating func list() throws(SyntaxFailure) -> Expression {
        try nested { parser throws(SyntaxFailure) in
            let opener = parser.open()
            var elements: [Expression] = []
            while parser.kind != .closeBracket {
                elements.append(try parser.element())
                if !parser.take(.comma) { break }
            }
            try parser.close(opener, or: "`,`")
            return parser.node(.list(elements), parser.range(from: opener.range))
        }
    }

    /// An expression directly inside brackets, where `in` and `|` begin anew.
    private mutating func element() throws(SyntaxFailure) -> Expression {
        let outer = stopsAtIn
        stopsAtIn = false
        let value = try expression()
        stopsAtIn = outer
        if kind == .bar { throw try nestedAlternatives(value) }
        return value
    }

    private mutating func elementIndex() throws(SyntaxFailure) -> Expression {
        try nested { parser throws(SyntaxFailure) in
            let opener = parser.open()
            if parser.kind == .closeBracket { throw parser.unexpected("an index") }
            let index = try parser.element()
            if parser.kind == .comma {
                throw parser.fail(.expected("`]`", found: parser.found, at: parser.place, help: "one index at a time: `a[0][1]`"))
            }
            try parser.close(opener)
            return index
        }
    }

    private mutating func arguments() throws(SyntaxFailure) -> [CallArgument] {
        try nested { parser throws(SyntaxFailure) in
            let opener = parser.open()
            var arguments: [CallArgument] = []
            while parser.kind != .closeParenthesis {
                arguments.append(try parser.argument())
                if !parser.take(.comma) { break }
            }
            try parser.close(opener, or: "`,`")
            return arguments
        }
    }

    /// `value` or `label: value`; a label may be a reserved word.
    private mutating func argument() throws(SyntaxFailure) -> CallArgument {
        guard isLabelHere else { return CallArgument(value: try element()) }
        let label = advance()
        advance()
        return CallArgument(label: text(label), labelRange: label.range, value: try element())
    }

    private var isLabelHere: Bool { (kind == .name || kind.isWord) && next.kind == .colon }

    /// A record, or an expression in brackets.
    private mutating func parenthesised() throws(SyntaxFailure) -> Expression {
        try nested { parser throws(SyntaxFailure) in
            let opener = parser.open()
            if parser.kind == .closeParenthesis { throw parser.unexpected("an expression", help: "a list without elements is written `[]`, a function without parameters `() -> e`") }
            if parser.isLabelHere { return try parser.record(opener) }
            let value = try parser.element()
            if parser.kind == .comma { throw parser.fail(.tuple(opener.range, comma: parser.token.range)) }
            try parser.close(opener)
            if parser.kind == .arrow { throw parser.fail(.plainParameter("before `->`", at: parser.range(from: opener.range))) }
            return Expression(value.kind, parser.range(from: opener.range))
        }
    }

    private mutating func record(_ opener: Token) throws(SyntaxFailure) -> Expression {
        var fields: [CallArgument] = []
        while kind != .closeParenthesis {
            let field = try argument()
            guard let label = field.label else { throw fail(.fieldWithoutLabel(at: field.range)) }
            if let first = fields.first(where: { $0.label == label }) {
                note(.repeated("field", label, at: field.labelRange, first: first.labelRange))
            }
            fields.append(field)
            if !take(.comma) { break }
        }
        try close(opener, or: "`,`")
        if kind == .arrow { throw fail(.plainParameter("before `->`", at: range(from: opener.range))) }
        return node(.record(fields), range(from: opener.range))
    }
}
