import NaslLanguage

/// Whether a task takes nothing from its candidates but their values: then two programs that are one function earn the same reward.
///
/// The body is read, and the functions that it hands candidates to. A candidate may be called, composed, made part of a net or of an update
/// rule and trained; anything else, such as `size(f)`, `f == g` or a list that holds it, may see how it is written. What is not understood
/// counts as seeing it.
package enum ProgramUses {
    /// What a value has of a candidate.
    private indirect enum Held {
        case nothing
        /// It is, or holds, a candidate; calling it gives what `returns` says.
        case program(returns: Held)
        /// What `train` gives: its numbers are values, its net is a program.
        case fit

        var isNothing: Bool { if case .nothing = self { true } else { false } }

        func joined(_ other: Held) -> Held { isNothing ? other : self }
    }

    /// Something that may see more than values.
    private struct SeesForm: Error {}

    private struct Scope {
        var environment: Environment
        var held: [String: Held] = [:]
        /// Functions declared here, whose text may mention candidates.
        var functions: [String: FunctionDeclaration] = [:]

        mutating func bind(_ name: String, _ held: Held) {
            self.held[name] = held
            functions[name] = nil
        }
    }

    /// Functions of lists, which call what they are given.
    private static let callers: Set<String> = ["map", "filter", "fold", "all", "any", "sum", "mean", "sort", "argmin", "argmax"]
    /// What makes a candidate part of a net, a cell or an update rule.
    private static let makers: Set<String> = [
        "mlp", "convnet", "resnet20", "char_mlp", "char_rnn", "residual", "optimizer",
    ]
    /// How deep calls are followed.
    private static let deepest = 20

    package static func seeValuesOnly(_ task: TaskValue) -> Bool {
        // Settings may be functions of their own, but no candidates.
        var scope = Scope(environment: task.environment)
        for (name, grammar) in task.searched {
            // Without parameters a program is what it says.
            guard !grammar.grammar.parameters.isEmpty else { return false }
            scope.bind(name, .program(returns: .nothing))
        }
        for setting in task.settings { scope.bind(setting.name, .nothing) }
        do {
            for setting in task.settings { if let value = setting.defaultValue, try !held(value, scope, 0).isNothing { return false } }
            return try held(task.declaration.body, &scope, 0).isNothing
        } catch { return false }
    }

    /// Of the last statement's value.
    private static func held(_ statements: [Statement], _ scope: inout Scope, _ depth: Int) throws -> Held {
        var last = Held.nothing
        for statement in statements {
            last = .nothing
            switch statement.kind {
            case .expression(let expression): last = try held(expression, scope, depth)
            case .binding(let declaration): scope.bind(declaration.name, try held(declaration.value, scope, depth))
            case .function(let declaration):
                if mentions(statement, scope) {
                    var inner = scope
                    // What it gives to itself is not followed.
                    inner.bind(declaration.name, .fit)
                    for parameter in declaration.parameters { inner.bind(parameter.name, .nothing) }
                    scope.bind(declaration.name, .program(returns: try held(declaration.body, inner, depth + 1)))
                } else {
                    scope.bind(declaration.name, .nothing)
                }
                scope.functions[declaration.name] = declaration
            case .loop(let loop):
                guard try held(loop.list, scope, depth).isNothing else { throw SeesForm() }
                var inner = scope
                inner.bind(loop.name, .nothing)
                _ = try held(loop.body, &inner, depth)
            case .reward(let expression), .minimize(let expression):
                guard try held(expression, scope, depth).isNothing else { throw SeesForm() }
            case .grammar, .task, .law, .importFile: throw SeesForm()
            }
        }
        return last
    }

    private static func mentions(_ statement: Statement, _ scope: Scope) -> Bool {
        MentionedNames.of(statement).contains { !(scope.held[$0] ?? .nothing).isNothing }
    }

    private static func held(_ expression: Expression, _ scope: Scope, _ depth: Int) throws -> Held {
        guard depth < deepest else { throw SeesForm() }
        func nothing(_ parts: [Expression]) throws -> Held {
            for part in parts { guard try held(part, scope, depth).isNothing else { throw SeesForm() } }
            return .nothing
        }
        switch expression.kind {
        case .number, .duration, .text, .bool, .none: return .nothing
        case .name(let name): return scope.held[name] ?? .nothing
        case .list(let parts): return try nothing(parts)
        case .record(let fields): return try nothing(fields.map(\.value))
        case .range(let lower, let upper, let step): return try nothing([lower, upper] + (step.map { [$0] } ?? []))
        case .unary(_, let operand): return try nothing([operand])
        case .binary(.compose, _, let first, let second):
            let (first, second) = (try held(first, scope, depth), try held(second, scope, depth))
            if first.isNothing, second.isNothing { return .nothing }
            if case .fit = first { throw SeesForm() }
            if case .fit = second { throw SeesForm() }
            return .program(returns: .nothing)
        case .binary(_, _, let first, let second): return try nothing([first, second])
        case .lambda(let parameters, let body):
            var inner = scope
            for parameter in parameters { inner.bind(parameter.name, .nothing) }
            let returns = try held(body, inner, depth + 1)
            return mentions(Statement(.expression(body), body.range), inner) ? .program(returns: returns) : .nothing
        case .conditional(let condition, let first, let second):
            _ = try nothing([condition])
            return try held(first, scope, depth).joined(try held(second, scope, depth))
        case .letIn(let name, _, let value, let body):
            var inner = scope
            inner.bind(name, try held(value, scope, depth))
            return try held(body, inner, depth)
        case .call(let callee, let arguments): return try called(callee, arguments, scope, depth)
        case .index(let base, let index): return try nothing([base, index])
        case .field(let base, let name, _):
            switch try held(base, scope, depth) {
            case .nothing: return .nothing
            case .fit: return name == "net" ? .program(returns: .nothing) : .nothing
            case .program: throw SeesForm()
            }
        case .block(let statements):
            var inner = scope
            return try held(statements, &inner, depth)
        case .placeholder, .wildcard, .repeated: throw SeesForm()
        }
    }

    private static func called(_ callee: Expression, _ arguments: [CallArgument], _ scope: Scope, _ depth: Int) throws -> Held {
        let given = try arguments.map { try held($0.value, scope, depth) }
        if case .program(let returns) = try held(callee, scope, depth) {
            guard given.allSatisfy(\.isNothing) else { throw SeesForm() }
            return returns
        }
        if given.allSatisfy(\.isNothing) { return .nothing }
        guard case .name(let name) = callee.kind else { throw SeesForm() }
        if let declaration = scope.functions[name] { return try followed(declaration.parameters, declaration.body, arguments, given, scope, depth) }
        guard scope.held[name] == nil, case .function(let function)? = scope.environment[name] else { throw SeesForm() }
        switch function.body {
        case .builtin(let builtin):
            if callers.contains(builtin.name) {
                // Lambdas alone: what is in a list may be anything.
                guard zip(arguments, given).allSatisfy({ argument, held in held.isNothing || argument.value.isFunction }) else { throw SeesForm() }
                return given.reduce(.nothing) { sum, held in if case .program(let returns) = held { sum.joined(returns) } else { sum } }
            }
            if builtin.name == "train" { return .fit }
            if makers.contains(builtin.name) { return .program(returns: .nothing) }
            throw SeesForm()
        case .closure(let closure):
            return try followed(closure.parameters, closure.body, arguments, given, Scope(environment: closure.environment), depth)
        case .primitive, .term, .composed: throw SeesForm()
        }
    }

    /// What a function that the user wrote makes of candidates.
    private static func followed(
        _ parameters: [Parameter], _ body: Expression, _ arguments: [CallArgument], _ given: [Held], _ scope: Scope, _ depth: Int
    ) throws -> Held {
        let numbered = arguments.enumerated().map { Argument(label: $0.element.label, .number(Double($0.offset))) }
        guard let matched = try? Arguments.matched(numbered, to: parameters, of: "", at: .none) else { throw SeesForm() }
        var inner = scope
        for parameter in parameters {
            if case .number(let slot)? = matched[parameter.name]?.value, let slot = Int(exactly: slot) {
                inner.bind(parameter.name, given[slot])
            } else {
                inner.bind(parameter.name, .nothing)
            }
        }
        return try held(body, inner, depth + 1)
    }
}

extension Expression {
    fileprivate var isFunction: Bool {
        switch kind {
        case .lambda, .name: true
        default: false
        }
    }
}
