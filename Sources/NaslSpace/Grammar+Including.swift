import NaslExpr

extension Grammar {
    /// This grammar with the grammars that its rules mention by name: their rules become rules of this one, called `Activation.E`, and their
    /// constraints go on holding for each program that is drawn there.
    ///
    /// A mention is a hole of the grammar's name, with an argument for each of its parameters.
    public func including(_ parts: [Grammar]) -> Grammar {
        guard !parts.isEmpty else { return self }
        var result = self
        var entrances: [Symbol: (rule: Symbol, scope: Int)] = [:]
        for part in parts {
            guard let start = part.rules.first else { continue }
            let offset = result.scopes.count
            func renamed(_ rule: Symbol) -> Symbol { Symbol("\(part.name).\(rule)") }
            entrances[part.name] = (renamed(start.name), offset)
            // The part as a whole stands in this grammar, its own parts stand in it.
            result.scopes += part.scopes.enumerated().map { $0 == 0 ? Scope(name: part.name, parent: 0) : Scope(name: $1.name, parent: $1.parent + offset) }
            let parameters = part.parameters.map(\.name)
            for rule in part.rules {
                result.rules.append(Rule(
                    name: renamed(rule.name), parameters: parameters + rule.parameters,
                    alternatives: rule.alternatives.map { alternative in
                        var copy = alternative
                        copy.template = alternative.template.mappingHoles { hole, arguments in
                            var hole = hole
                            hole.symbol = renamed(hole.symbol)
                            if hole.value > 0 { hole.value += Double(offset) }
                            return Expr(hole, parameters.map { .variable($0) } + arguments)
                        }
                        return copy
                    },
                    range: rule.range, scope: rule.scope + offset))
            }
            result.constraints += part.constraints.map { constraint in
                var copy = constraint
                copy.scope += offset
                if case .depth(let most, of: let rule?) = copy.kind { copy.kind = .depth(atMost: most, of: renamed(rule)) }
                return copy
            }
        }
        for rule in result.rules.indices where result.rules[rule].scope == 0 {
            for index in result.rules[rule].alternatives.indices {
                result.rules[rule].alternatives[index].template = result.rules[rule].alternatives[index].template.mappingHoles { hole, arguments in
                    guard let entrance = entrances[hole.symbol] else { return Expr(hole, arguments) }
                    var hole = hole
                    hole.symbol = entrance.rule
                    hole.value = Double(entrance.scope)
                    return Expr(hole, arguments)
                }
            }
        }
        return result
    }

    /// A grammar whose programs are records with one program of each: what a task with several parameters searches.
    public static func record(_ name: Symbol, _ fields: [(name: Symbol, grammar: Grammar)]) -> Grammar {
        // Two fields may have the same grammar, which then is one part mentioned twice.
        var parts: [Grammar] = []
        for field in fields where !parts.contains(where: { $0.name == field.grammar.name }) { parts.append(field.grammar) }
        let elements = fields.map { field -> Expr in
            let names = field.grammar.parameters.map(\.name)
            let mention = Expr.hole(field.grammar.name, names.map { .variable($0) })
            return .labelled(field.name, names.isEmpty ? mention : .lambda(names, mention))
        }
        let range = fields.first?.grammar.range ?? .none
        return Grammar(name: name, rules: [Rule(name: name, alternatives: [Alternative(.record(elements), range: range)], range: range)], range: range)
            .including(parts)
    }
}

extension Expr {
    /// Each hole that mentions a rule replaced by what `body` makes of it and its arguments, from the leaves up.
    func mappingHoles(_ body: (Node, [Expr]) -> Expr) -> Expr {
        func map(_ term: Expr) -> Expr {
            let root = term.nodes[term.root]
            let parts = term.arguments.map(map)
            if root.kind == .hole, Draw(rawValue: root.symbol.text) == nil { return body(root, parts) }
            return parts.isEmpty ? term : Expr(root, parts)
        }
        return map(self)
    }
}
