import NaslSpace
import NaslExpr

/// Turns syntax into terms: the body of a function without control flow, and the alternatives of a grammar.
///
/// Names bound by the function or the grammar stay names; numbers captured from outside are written in (but for `pi`, which keeps its
/// name); functions of the user that are expressions themselves are applied, so that the term needs nothing but the primitives.
struct Lowering {
    let environment: Environment
    /// Names that stay names: parameters and the `let`s inside.
    var bound: Set<String>
    /// Rule names, in a grammar: they stand for draws.
    var rules: Set<String> = []
    /// The grammars that a grammar's rules mention, as they are found.
    var parts: GrammarParts?
    /// Whether this is a forbidden pattern, in which `_` and `?a` are holes.
    var isPattern = false
    /// Whether it may hold what a drawn program may: calls of built-in functions, compositions.
    var isProgram = false
    /// The name of the function itself: a function that calls itself has no term.
    var ownName: String?

    var isGrammar: Bool { !rules.isEmpty }

    static func term(of function: Function) -> Function.TermResult {
        switch function.body {
        case .term(let term, _): return .term(term)
        case .primitive(let primitive):
            let names = ["x", "y", "z"].prefix(primitive.arity).map { Symbol($0) }
            return .term(FunctionTerm(parameters: names, body: .apply(primitive, names.map { .variable($0) })))
        case .builtin(let builtin): return .opaque("`\(builtin.name)` is built in and no elementwise expression")
        case .composed(let first, let second): return composition(first, second)
        case .closure(let closure):
            do { return .term(try term(of: closure)) } catch let fault as Fault { return .opaque(fault.title) } catch { return .opaque("\(error)") }
        }
    }

    /// - Parameter isProgram: the term may be more than elementwise, as that of a drawn net is.
    static func term(of closure: Closure, isProgram: Bool = false) throws -> FunctionTerm {
        let names = closure.parameters.filter { $0.defaultValue == nil }
        var lowering = Lowering(environment: closure.environment, bound: Set(names.map(\.name)), isProgram: isProgram, ownName: closure.ownName)
        // Parameters with a default have it in the term; by name they can be changed where the function is called.
        var settings: [Symbol: Expr] = [:]
        for parameter in closure.parameters {
            if let fallback = parameter.defaultValue {
                settings[Symbol(parameter.name)] = try lowering.lower(fallback)
                lowering.bound.insert(parameter.name)
            }
        }
        return FunctionTerm(parameters: names.map { Symbol($0.name) }, body: try lowering.lower(closure.body).substituting(settings))
    }

    private static func composition(_ first: Value, _ second: Value) -> Function.TermResult {
        guard case .function(let first) = first, case .function(let second) = second else { return .opaque("it is composed of layers") }
        switch (first.term, second.term) {
        case (.term(let inner), .term(let outer)) where outer.parameters.count == 1:
            let body = outer.applied(to: [inner.body])
            if body.nodes.count > Lowering.largestTerm { return .opaque("its expression has too many parts") }
            return .term(FunctionTerm(parameters: inner.parameters, body: body))
        case (.opaque(let reason), _), (_, .opaque(let reason)): return .opaque(reason)
        default: return .opaque("its second part takes more than one argument")
        }
    }

    /// A function that applies itself twice, thirty times over, would be a term of a thousand million operations.
    static let largestTerm = 100_000

    func lower(_ expression: Expression) throws -> Expr {
        let term = try lowered(expression)
        guard term.nodes.count <= Lowering.largestTerm else { throw noTerm("an expression of more than 100,000 operations", at: expression.range) }
        return term
    }

    private func lowered(_ expression: Expression) throws -> Expr {
        let range = expression.range
        switch expression.kind {
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .name(let name): return try lower(name: name, at: range)
        case .list(let elements): return .list(try elements.map(lower))
        case .record(let fields): return .record(try fields.map { .labelled(Symbol($0.label ?? ""), try lower($0.value)) })
        case .unary(.negate, let operand): return .apply(.neg, try lower(operand))
        case .binary(let symbol, _, let left, let right):
            if symbol == .compose { return try lower(composing: left, right, at: range) }
            guard let primitive = symbol.primitive else { throw noTerm("`\(symbol.rawValue)`", at: range) }
            return .apply(primitive, try lower(left), try lower(right))
        case .letIn(let name, _, let value, let body):
            return .binding(Symbol(name), try lower(value), in: try binding([name]).lower(body))
        case .lambda(let parameters, let body):
            return .lambda(parameters.map { Symbol($0.name) }, try binding(parameters.map(\.name)).lower(body))
        case .call(let callee, let arguments): return try lower(call: callee, arguments, at: range)
        case .index(let base, let index):
            if let number = constant(expression) { return .number(number) }
            return .index(try lower(base), try lower(index))
        case .field(let base, let name, _):
            if let number = constant(expression) { return .number(number) }
            return .field(try lower(base), Symbol(name))
        case .block(let statements): return try lower(statements[...], at: range)
        case .repeated(let rule, let place, let least, let most):
            return .draw(.repeated, [try lower(name: rule, at: place), .number(Double(least)), .number(Double(most))])
        case .conditional: throw noTerm("`if`", at: range)
        case .unary(.not, _): throw noTerm("`not`", at: range)
        case .range: throw noTerm("a range", at: range)
        case .duration: throw noTerm("a duration", at: range)
        case .bool, .none: throw noTerm("`true`, `false` or `none`", at: range)
        case .placeholder(let name) where isPattern: return .hole(Symbol("?\(name)"))
        case .wildcard where isPattern: return .hole("_")
        case .placeholder, .wildcard: throw noTerm("a placeholder", at: range)
        }
    }

    private func binding(_ names: [String]) -> Lowering {
        var inner = self
        inner.bound.formUnion(names)
        inner.rules.subtract(names)
        return inner
    }

    private func noTerm(_ what: String, at range: SourceRange) -> Fault {
        isGrammar
            ? .value("\(what) cannot stand in a rule", at: range, help: ["an alternative is an expression of numbers, names and functions"])
            : Fault("N0312", "it holds \(what)", at: range)
    }

    private func lower(name: String, at range: SourceRange) throws -> Expr {
        if isPattern, rules.contains(name) {
            throw Fault.value("constraints read the printed program, in which the rule `\(name)` does not stand", at: range, help: ["write `_` for anything"])
        }
        if rules.contains(name) { return .hole(Symbol(name)) }
        if bound.contains(name) { return .variable(Symbol(name)) }
        if isGrammar, name == "const" { return .fitted }
        if isGrammar, case .grammar(let part)? = environment[name] { return parts?.mention(part.grammar, []) ?? .hole(Symbol(name)) }
        if name == ownName { throw Fault("N0312", "it calls itself", at: range) }
        switch environment[name] {
        case .number(let number): return name == "pi" && number == .pi ? .variable("pi") : .number(number)
        case .function(let function):
            if case .primitive = function.body { return .variable(Symbol(name)) }
            guard case .term(let term) = function.term else { return .variable(Symbol(name)) }
            return .lambda(term.parameters, term.body)
        case .some(let value): throw noTerm("\(value.kind), `\(name)`", at: range)
        case nil:
            throw unknown(name, at: range)
        }
    }

    /// In a grammar a capital letter means a rule.
    private func unknown(_ name: String, at range: SourceRange) -> Fault {
        let near = suggestion(for: name, among: bound.union(rules) + environment.names)
        guard isGrammar, name.first?.isUppercase == true else { return .unknownName(name, at: range, suggestion: near) }
        return .unknownRule(name, known: rules.sorted(), at: range, suggestion: near)
    }

    private func lower(composing left: Expression, _ right: Expression, at range: SourceRange) throws -> Expr {
        if isGrammar || isProgram { return .compose(try lower(left), try lower(right)) }
        throw noTerm("`>>`", at: range)
    }

    private func lower(call callee: Expression, _ arguments: [CallArgument], at range: SourceRange) throws -> Expr {
        guard case .name(let name) = callee.kind else {
            let function = try lower(callee)
            if function.nodes[function.root].kind == .lambda { return try apply(function, try positional(arguments, of: "this function"), at: range) }
            return .call(function, try labelled(arguments))
        }
        if rules.contains(name) { return .hole(Symbol(name), try positional(arguments, of: name)) }
        if bound.contains(name) { return .call(.variable(Symbol(name)), try labelled(arguments)) }
        if name == "param", environment[name]?.isBuiltin == true { return try parameter(arguments, at: range) }
        if isGrammar, let draw = Draw(rawValue: name) { return try lower(draw, arguments, at: range) }
        if isGrammar, name == Draw.unused.text { return .call(.variable(Draw.unused), try positional(arguments, of: name)) }
        if isGrammar, case .grammar(let part)? = environment[name] { return try lower(mention: part, arguments, at: range) }
        guard case .function(let function)? = environment[name] else {
            if let value = environment[name] { throw Fault.notCallable(value, at: callee.range) }
            throw unknown(name, at: callee.range)
        }
        switch function.body {
        case .primitive(let primitive):
            let values = try positional(arguments, of: name)
            guard values.count == primitive.arity else {
                throw Fault.argumentCount(name, found: values.count, expected: "\(primitive.arity) argument\(primitive.arity == 1 ? "" : "s")",
                                          signature: "\(name)(\(["a", "b", "c"].prefix(primitive.arity).joined(separator: ", ")))", at: range)
            }
            return .apply(primitive, values)
        case .closure(let closure):
            if name == ownName { throw Fault("N0312", "it calls itself", at: range) }
            guard case .term(let term) = function.term else { return try opaqueCall(function, name, arguments, at: range) }
            return try apply(closure, term, name, arguments, at: range)
        default:
            guard case .term(let term) = function.term else { return try opaqueCall(function, name, arguments, at: range) }
            return try apply(.lambda(term.parameters, term.body), try positional(arguments, of: name), at: range)
        }
    }

    private func opaqueCall(_ function: Function, _ name: String, _ arguments: [CallArgument], at range: SourceRange) throws -> Expr {
        guard isGrammar || isProgram else { throw Fault("N0312", "it calls `\(name)`, which is no expression", at: range) }
        return .call(.variable(Symbol(name)), try labelled(arguments))
    }

    /// A user's function with labelled arguments and defaults.
    private func apply(_ closure: Closure, _ term: FunctionTerm, _ name: String, _ arguments: [CallArgument], at range: SourceRange) throws -> Expr {
        if arguments.allSatisfy({ $0.label == nil }), arguments.count == term.parameters.count { return term.applied(to: try positional(arguments, of: name)) }
        var given: [String: Expr] = [:]
        var open = closure.parameters[...]
        for argument in arguments {
            if let label = argument.label {
                guard closure.parameters.contains(where: { $0.name == label }) else {
                    let known = closure.parameters.map(\.name)
                    throw Fault.unknownLabel(label, of: name, known: known, at: argument.labelRange, suggestion: suggestion(for: label, among: known))
                }
                given[label] = try lower(argument.value)
            } else {
                while let next = open.first, given[next.name] != nil { open = open.dropFirst() }
                guard let next = open.popFirst() else { break }
                given[next.name] = try lower(argument.value)
            }
        }
        let inner = Lowering(environment: closure.environment, bound: Set(closure.parameters.map(\.name)), ownName: closure.ownName)
        let values = try closure.parameters.map { parameter -> Expr in
            if let value = given[parameter.name] { return value }
            guard let fallback = parameter.defaultValue else {
                throw Fault.missingArgument(parameter.name, of: name, signature: "\(name)\(closure.signature)", at: range)
            }
            return try inner.lower(fallback)
        }
        return FunctionTerm(parameters: closure.parameters.map { Symbol($0.name) }, body: try inner.lower(closure.body)).applied(to: values)
    }

    private func apply(_ lambda: Expr, _ values: [Expr], at range: SourceRange) throws -> Expr {
        let parts = lambda.arguments
        let parameters = parts.dropLast().map { $0.nodes[0].symbol }
        guard parameters.count == values.count else {
            throw Fault.argumentCount("this function", found: values.count, expected: "\(parameters.count) argument\(parameters.count == 1 ? "" : "s")",
                                      signature: lambda.text, at: range)
        }
        return FunctionTerm(parameters: Array(parameters), body: parts[parts.count - 1]).applied(to: values)
    }

    private func parameter(_ arguments: [CallArgument], at range: SourceRange) throws -> Expr {
        guard arguments.count == 1, let number = constant(arguments[0].value) else {
            throw Fault.value("`param` takes one number, where its weight starts", at: range, help: ["write `param(1.0)`"])
        }
        return .parameter(number)
    }

    func positional(_ arguments: [CallArgument], of name: String) throws -> [Expr] {
        try arguments.map { argument in
            if let label = argument.label { throw Fault.unknownLabel(label, of: name, known: [], at: argument.labelRange, suggestion: nil) }
            return try lower(argument.value)
        }
    }

    private func labelled(_ arguments: [CallArgument]) throws -> [Expr] {
        try arguments.map { argument in
            let value = try lower(argument.value)
            return argument.label.map { .labelled(Symbol($0), value) } ?? value
        }
    }

    /// `{ let a = ...; value }` is `let a = ... in value`.
    private func lower(_ statements: ArraySlice<Statement>, at range: SourceRange) throws -> Expr {
        guard let first = statements.first else { throw noTerm("an empty body", at: range) }
        switch first.kind {
        case .expression(let expression) where statements.count == 1: return try lower(expression)
        case .binding(let declaration):
            return .binding(Symbol(declaration.name), try lower(declaration.value), in: try binding([declaration.name]).lower(statements.dropFirst(), at: range))
        case .loop: throw noTerm("a loop", at: first.range)
        default: throw noTerm("a statement", at: first.range)
        }
    }

    /// The number that a name, a field or an element from outside stands for.
    private func constant(_ expression: Expression) -> Double? {
        if case .number(let number) = captured(expression) { number } else { nil }
    }

    private func captured(_ expression: Expression) -> Value? {
        switch expression.kind {
        case .number(let number): return .number(number)
        case .name(let name): return bound.contains(name) || rules.contains(name) ? nil : environment[name]
        case .field(let base, let name, _):
            if case .record(let record) = captured(base) { return record[name] }
            return nil
        case .index(let base, let index):
            guard case .number(let number) = captured(index), let base = captured(base), let count = base.length, let slot = Int(exactly: number),
                  slot >= 0, slot < count else { return nil }
            return base.element(slot)
        default: return nil
        }
    }
}

extension Value {
    var isBuiltin: Bool {
        if case .function(let function) = self, case .builtin = function.body { true } else { false }
    }
}
