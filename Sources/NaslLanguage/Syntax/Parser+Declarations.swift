import NaslExpr

/// `fn`, `task`, and what stands in the brackets of their heads.
extension Parser {
    mutating func functionDeclaration() throws(SyntaxFailure) -> FunctionDeclaration {
        let documentation = documentation[index]
        advance()
        let (name, nameRange) = try smallName("a function")
        guard kind == .openParenthesis else {
            if kind == .assign || kind == .openBrace { throw fail(.functionWithoutParameters(name, at: nameRange)) }
            throw unexpected("the parameters of `\(name)` in brackets")
        }
        let parameters = try parameterList(.function)
        let body: Expression
        switch kind {
        case .assign:
            advance()
            body = try expression()
        case .openBrace:
            let block = try block(.function)
            body = node(.block(block.statements), block.range)
        default: throw braceExpected("`=` or `{`")
        }
        return FunctionDeclaration(name: name, nameRange: nameRange, parameters: parameters, body: body, documentation: documentation)
    }

    mutating func taskDeclaration() throws(SyntaxFailure) -> TaskDeclaration {
        let documentation = documentation[index]
        advance()
        let (name, nameRange) = try smallName("a task")
        guard kind == .openParenthesis else { throw unexpected("the parameters of `\(name)` in brackets") }
        let parameters = try parameterList(.task)
        let body = try block(.task)
        return TaskDeclaration(name: name, nameRange: nameRange, parameters: parameters, body: body.statements, documentation: documentation)
    }

    /// What a parameter may have behind its name.
    enum ParameterStyle {
        case function, task, grammar, rule

        var allowsAnnotation: Bool { self != .rule }
    }

    /// `(a, b: 2, c: Tensor)`, its opening bracket here.
    mutating func parameterList(_ style: ParameterStyle) throws(SyntaxFailure) -> [Parameter] {
        let opener = open()
        var parameters: [Parameter] = []
        while kind != .closeParenthesis {
            let parameter = try parameter(style)
            if let first = parameters.first(where: { $0.name == parameter.name }) {
                note(.repeated("parameter", parameter.name, at: parameter.nameRange, first: first.nameRange))
            }
            parameters.append(parameter)
            if !take(.comma) { break }
        }
        try close(opener, or: "`,`")
        return parameters
    }

    private mutating func parameter(_ style: ParameterStyle) throws(SyntaxFailure) -> Parameter {
        let (name, nameRange) = try smallName("a parameter")
        guard kind == .colon || kind == .assign else { return Parameter(name: name, nameRange: nameRange) }
        guard style.allowsAnnotation else { throw fail(.plainParameter("of a rule", at: nameRange.union(token.range))) }
        guard kind == .colon else { throw fail(.equalsSign(at: token.range, .parameter)) }
        advance()
        if isTypeHere { return Parameter(name: name, nameRange: nameRange, type: try typeAnnotation()) }
        if style == .grammar {
            if kind == .name { return Parameter(name: name, nameRange: nameRange, type: try typeAnnotation()) }
            throw fail(.defaultInGrammar(at: token.range))
        }
        return Parameter(name: name, nameRange: nameRange, defaultValue: try expression())
    }

    /// Behind the colon of a parameter: a capital name alone or the fields of a record type; anything else is a default value.
    private var isTypeHere: Bool {
        switch kind {
        case .name: return isCapital(text(token)) && [.comma, .closeParenthesis].contains(next.kind)
        case .openParenthesis:
            let label = following(index)
            let colon = following(label)
            let type = following(colon)
            guard tokens[label].kind == .name, tokens[colon].kind == .colon else { return false }
            let behind = tokens[following(type)].kind
            return tokens[type].kind == .name && isCapital(text(tokens[type])) && (behind == .comma || behind == .closeParenthesis)
        default: return false
        }
    }

    /// `Tensor`, `(h: Tensor, c: Tensor)`.
    mutating func typeAnnotation() throws(SyntaxFailure) -> TypeAnnotation {
        if kind == .name {
            let (name, range) = try capitalName("a type")
            return TypeAnnotation(.name(name), range)
        }
        guard kind == .openParenthesis else { throw unexpected("a type", help: "as in `Tensor`, `Scalar` or `(h: Tensor, c: Tensor)`") }
        return try nested { parser throws(SyntaxFailure) in
            let opener = parser.open()
            var fields: [(name: String, type: TypeAnnotation)] = []
            repeat {
                let (name, nameRange) = try parser.smallName("a field")
                if fields.contains(where: { $0.name == name }) { parser.note(.repeated("field", name, at: nameRange, first: opener.range)) }
                try parser.expect(.colon)
                fields.append((name, try parser.typeAnnotation()))
            } while parser.take(.comma) && parser.kind != .closeParenthesis
            try parser.close(opener, or: "`,`")
            return TypeAnnotation(.record(fields), parser.range(from: opener.range))
        }
    }
}

/// Names.
extension Parser {
    func isCapital(_ name: String) -> Bool {
        name.unicodeScalars.first { $0 != "_" }?.properties.isUppercase ?? false
    }

    /// A name that begins with a small letter; `what` has it.
    mutating func smallName(_ what: String, orUnderscore: Bool = false) throws(SyntaxFailure) -> (String, SourceRange) {
        if orUnderscore, kind == .underscore { return ("_", advance().range) }
        return try name(of: what, capital: false)
    }

    mutating func capitalName(_ what: String) throws(SyntaxFailure) -> (String, SourceRange) {
        try name(of: what, capital: true)
    }

    private mutating func name(of what: String, capital: Bool) throws(SyntaxFailure) -> (String, SourceRange) {
        guard kind == .name else {
            if kind.isWord { throw fail(.reserved(text(token), wanted: "the name of \(what)", at: token.range)) }
            throw unexpected("the name of \(what)")
        }
        let word = advance()
        let name = text(word)
        // What was meant is plain, so reading goes on.
        if isCapital(name) != capital { note(.capital(what, name, at: word.range, wanted: capital)) }
        return (name, word.range)
    }
}
