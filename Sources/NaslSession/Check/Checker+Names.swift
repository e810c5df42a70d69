import NaslExpr
import NaslLanguage

extension Checker {
    /// The names that can be seen at a place inside of something.
    struct Scope {
        /// Inner names with what is known of them: the parameters of a function that is declared there.
        var locals: [String: [Parameter]?] = [:]
        /// Whether it runs later, when what stands below is bound as well.
        var isInner: Bool

        func binding(_ names: [String]) -> Scope {
            var scope = self
            for name in names { scope.locals.updateValue(nil, forKey: name) }
            return scope
        }
    }

    var top: Scope { Scope(isInner: false) }
    var inner: Scope { Scope(isInner: true) }

    func isKnown(_ name: String, in scope: Scope) -> Bool {
        scope.locals.keys.contains(name) || environment[name] != nil || unknown.contains(name) || (scope.isInner && later.contains(name))
    }

    private mutating func lookUp(_ name: String, at range: SourceRange, in scope: Scope) {
        guard !isKnown(name, in: scope) else { return }
        let names = environment.names + unknown + scope.locals.keys + (scope.isInner ? Array(later) : [])
        note(Fault.unknownName(name, at: range, suggestion: suggestion(for: name, among: names)))
    }

    mutating func look(at function: FunctionDeclaration, in scope: Scope) {
        var scope = scope
        scope.isInner = true
        look(at: function.parameters, in: &scope)
        look(at: function.body, in: scope)
    }

    /// Defaults may mention the parameters before them.
    mutating func look(at parameters: [Parameter], in scope: inout Scope) {
        for parameter in parameters {
            if let value = parameter.defaultValue { look(at: value, in: scope) }
            scope = scope.binding([parameter.name])
        }
    }

    mutating func look(at loop: ForLoop, in scope: Scope) {
        look(at: loop.list, in: scope)
        look(at: loop.body, in: scope.binding([loop.name]))
    }

    mutating func look(at statements: [Statement], in scope: Scope) {
        var scope = scope
        for statement in statements {
            switch statement.kind {
            case .expression(let value), .reward(let value), .minimize(let value): look(at: value, in: scope)
            case .binding(let declaration):
                look(at: declaration.value, in: scope)
                scope = scope.binding([declaration.name])
            case .function(let declaration):
                scope.locals.updateValue(declaration.parameters, forKey: declaration.name)
                look(at: declaration, in: scope)
            case .loop(let loop): look(at: loop, in: scope)
            case .grammar, .task, .law, .importFile:
                note(Fault.value("this declaration can only stand at the top level", at: statement.range))
            }
        }
    }

    mutating func look(at expression: Expression, in scope: Scope) {
        switch expression.kind {
        case .name(let name): lookUp(name, at: expression.range, in: scope)
        case .number, .duration, .text, .bool, .none: break
        case .placeholder, .wildcard, .repeated: note(Fault.value("this can only stand in a grammar or a law", at: expression.range))
        case .list(let elements): for element in elements { look(at: element, in: scope) }
        case .record(let fields): for field in fields { look(at: field.value, in: scope) }
        case .range(let lower, let upper, let step): for end in [lower, upper, step] { if let end { look(at: end, in: scope) } }
        case .unary(_, let operand): look(at: operand, in: scope)
        case .binary(_, _, let left, let right), .index(let left, let right):
            look(at: left, in: scope)
            look(at: right, in: scope)
        case .lambda(let parameters, let body):
            var inside = scope.binding(parameters.map(\.name))
            inside.isInner = true
            look(at: body, in: inside)
        case .conditional(let condition, let first, let second): for part in [condition, first, second] { look(at: part, in: scope) }
        case .letIn(let name, _, let value, let body):
            look(at: value, in: scope)
            look(at: body, in: scope.binding([name]))
        case .call(let callee, let arguments): look(atCallOf: callee, arguments, at: expression.range, in: scope)
        case .field(let base, _, _): look(at: base, in: scope)
        case .block(let statements): look(at: statements, in: scope)
        }
    }
}
