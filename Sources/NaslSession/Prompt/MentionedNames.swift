import NaslLanguage

/// The names that a declaration takes from outside: what it mentions and does not bind itself.
struct MentionedNames {
    private(set) var found: Set<String> = []

    /// Of one statement at the top level.
    static func of(_ statement: Statement) -> Set<String> {
        switch statement.kind {
        case .task(let task): return of(task)
        case .grammar(let grammar): return of(grammar)
        default:
            var names = MentionedNames()
            names.read([statement], bound: [])
            // A function that calls itself needs no earlier one of its name.
            if case .function(let function) = statement.kind { names.found.remove(function.name) }
            return names.found
        }
    }

    static func of(_ task: TaskDeclaration) -> Set<String> {
        var names = MentionedNames()
        names.read(task.parameters, bound: [])
        names.read(task.body, bound: Set(task.parameters.map(\.name)))
        return names.found
    }

    static func of(_ grammar: GrammarDeclaration) -> Set<String> {
        var names = MentionedNames()
        let outer = Set(grammar.parameters.map(\.name)).union(grammar.rules.map(\.name))
        for rule in grammar.rules {
            let bound = outer.union(rule.parameters.map(\.name))
            for alternative in rule.alternatives { names.read(alternative.value, bound: bound) }
        }
        for constraint in grammar.constraints { for part in constraint.kind.parts { names.read(part, bound: outer) } }
        return names.found
    }

    static func of(_ law: LawDeclaration) -> Set<String> {
        var names = MentionedNames()
        for part in [law.left, law.right] + law.conditions { names.read(part, bound: []) }
        return names.found
    }

    private mutating func read(_ parameters: [Parameter], bound: Set<String>) {
        var bound = bound
        for parameter in parameters {
            if let type = parameter.type { read(type) }
            if let value = parameter.defaultValue { read(value, bound: bound) }
            bound.insert(parameter.name)
        }
    }

    private mutating func read(_ type: TypeAnnotation) {
        switch type.kind {
        case .name(let name): found.insert(name)
        case .record(let fields): for field in fields { read(field.type) }
        }
    }

    private mutating func read(_ statements: [Statement], bound: Set<String>) {
        var bound = bound
        for statement in statements {
            switch statement.kind {
            case .expression(let value), .reward(let value), .minimize(let value): read(value, bound: bound)
            case .binding(let declaration):
                read(declaration.value, bound: bound)
                bound.insert(declaration.name)
            case .function(let declaration):
                bound.insert(declaration.name)
                read(declaration.parameters, bound: bound)
                read(declaration.body, bound: bound.union(declaration.parameters.map(\.name)))
            case .loop(let loop):
                read(loop.list, bound: bound)
                read(loop.body, bound: bound.union([loop.name]))
            case .grammar, .task, .law, .importFile: break
            }
        }
    }

    private mutating func read(_ expression: Expression, bound: Set<String>) {
        switch expression.kind {
        case .name(let name): if !bound.contains(name) { found.insert(name) }
        case .repeated(let rule, _, _, _): if !bound.contains(rule) { found.insert(rule) }
        case .number, .duration, .text, .bool, .none, .placeholder, .wildcard: break
        case .list(let elements): for element in elements { read(element, bound: bound) }
        case .record(let fields): for field in fields { read(field.value, bound: bound) }
        case .range(let lower, let upper, let step): for end in [lower, upper, step] { if let end { read(end, bound: bound) } }
        case .unary(_, let operand): read(operand, bound: bound)
        case .binary(_, _, let left, let right), .index(let left, let right):
            read(left, bound: bound)
            read(right, bound: bound)
        case .lambda(let parameters, let body): read(body, bound: bound.union(parameters.map(\.name)))
        case .conditional(let condition, let first, let second): for part in [condition, first, second] { read(part, bound: bound) }
        case .letIn(let name, _, let value, let body):
            read(value, bound: bound)
            read(body, bound: bound.union([name]))
        case .call(let callee, let arguments):
            read(callee, bound: bound)
            for argument in arguments { read(argument.value, bound: bound) }
        case .field(let base, _, _): read(base, bound: bound)
        case .block(let statements): read(statements, bound: bound)
        }
    }
}

extension ConstraintDeclaration.Kind {
    /// The expressions in it.
    fileprivate var parts: [Expression] {
        switch self {
        case .limit(let limit):
            switch limit.bound {
            case .atMost(let bound), .within(let bound): [limit.subject, bound].compactMap { $0 }
            }
        case .forbidWithin(let inner, let outer): [inner, outer]
        case .forbidPattern(let pattern): [pattern]
        case .require(let wanted): [wanted]
        }
    }
}
