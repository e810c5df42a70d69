import NaslExpr

extension Statement {
    /// The statement as it was understood, every operator in brackets and every weight and type in place: two statements are the same
    /// tree exactly when these are equal.
    package var explicitText: String { text + (isMuted ? ";" : "") }

    private var text: String {
        switch kind {
        case .binding(let declaration): "let \(declaration.name) = \(declaration.value.explicitText)"
        case .function(let declaration):
            documented(declaration.documentation) + "fn \(declaration.name)\(parameterText(declaration.parameters)) = \(declaration.body.explicitText)"
        case .task(let declaration):
            documented(declaration.documentation) + "task \(declaration.name)\(parameterText(declaration.parameters)) \(Statement.explicitText(declaration.body))"
        case .grammar(let declaration): documented(declaration.documentation) + declaration.explicitText
        case .law(let declaration): declaration.explicitText
        case .importFile(let path, _): "import \(Expression(.text(path), .none).text)"
        case .loop(let loop): "for \(loop.name) in \(loop.list.explicitText) \(Statement.explicitText(loop.body))"
        case .reward(let value): "reward \(value.explicitText)"
        case .minimize(let value): "minimize \(value.explicitText)"
        case .expression(let value): value.explicitText
        }
    }

    static func explicitText(_ statements: [Statement]) -> String {
        "{\n" + statements.map { $0.explicitText + "\n" }.joined() + "}"
    }

    private func documented(_ text: String?) -> String {
        text.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map { "## \($0)\n" }.joined() } ?? ""
    }
}

private func parameterText(_ parameters: [Parameter]) -> String {
    let parts = parameters.map { parameter in
        parameter.name + (parameter.type.map { ": \($0.text)" } ?? "") + (parameter.defaultValue.map { ": \($0.explicitText)" } ?? "")
    }
    return "(\(parts.joined(separator: ", ")))"
}

extension LawDeclaration {
    var explicitText: String {
        let domain = conditions.isEmpty ? "" : " where \(conditions.map(\.explicitText).joined(separator: " and "))"
        return "law \(left.explicitText) == \(right.explicitText)\(domain)"
    }
}

extension GrammarDeclaration {
    var explicitText: String {
        let rules = rules.map { rule in
            let alternatives = rule.alternatives.map { $0.value.explicitText + ($0.weight.map { " @\(numberText($0))" } ?? "") }
            return "\(rule.name)\(parameterText(rule.parameters)) = \(alternatives.joined(separator: " | "))\n"
        }
        let head = "grammar \(name)\(parameterText(parameters))\(result.map { " -> \($0.text)" } ?? "")"
        return "\(head) {\n\(rules.joined())\(constraints.map { $0.explicitText + "\n" }.joined())}"
    }
}

extension ConstraintDeclaration {
    var explicitText: String {
        switch kind {
        case .limit(let limit):
            let measure = limit.measure.rawValue + (limit.subject.map { "(\($0.explicitText))" } ?? "")
            switch limit.bound {
            case .atMost(let bound): return "limit \(measure) <= \(bound.explicitText)"
            case .within(let bound): return "limit \(measure) in \(bound.explicitText)"
            }
        case .forbidWithin(let inner, let outer): return "forbid \(inner.explicitText) within \(outer.explicitText)"
        case .forbidPattern(let pattern): return "forbid \(pattern.explicitText)"
        case .require(let wanted): return "require \(wanted.explicitText)"
        }
    }
}
