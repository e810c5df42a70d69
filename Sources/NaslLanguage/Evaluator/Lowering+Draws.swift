import NaslExpr
import NaslSpace

/// The notation of grammars that is not ordinary maths.
extension Lowering {
    func lower(_ draw: Draw, _ arguments: [CallArgument], at range: SourceRange) throws -> Expr {
        switch draw {
        case .int, .real, .logReal: return try lower(draw, scaleOf: arguments, at: range)
        case .pick, .subset:
            let values = try positional(arguments, of: draw.rawValue)
            guard values.count == 1 else {
                throw Fault.argumentCount(draw.rawValue, found: values.count, expected: "1 argument", signature: "\(draw.rawValue)(list)", at: range)
            }
            return .draw(draw, values)
        case .chain:
            let values = try positional(arguments, of: draw.rawValue)
            guard values.count == 3 else {
                throw Fault.argumentCount("chain", found: values.count, expected: "3 arguments", signature: "chain(start, count, earlier -> Step(earlier))", at: range)
            }
            return .draw(.chain, values)
        case .repeated: throw Fault.unknownName(draw.rawValue, at: range, suggestion: nil)
        }
    }

    /// `int(1..9)`, `real(0..1)`, `log_real(1e-5..1e-1)`.
    private func lower(_ draw: Draw, scaleOf arguments: [CallArgument], at range: SourceRange) throws -> Expr {
        let name = draw.rawValue
        guard arguments.count == 1, arguments[0].label == nil, case .range(let lower, let upper, let step) = arguments[0].value.kind else {
            throw Fault.value("`\(name)` takes a range", at: range, help: [draw == .int ? "write `int(1..9)`" : draw == .real ? "write `real(0..1)`" : "write `log_real(1e-5..1e-1)`"])
        }
        if let step { throw Fault.value("the range of `\(name)` has no `by`", at: step.range) }
        let low = try end(lower, of: name), high = try end(upper, of: name)
        guard low <= high else { throw Fault.value("the range \(numberText(low))..\(numberText(high)) of `\(name)` is empty", at: arguments[0].value.range, help: ["write the lower end first"]) }
        switch draw {
        case .int:
            for (number, place) in [(low, lower), (high, upper)] where Int(exactly: number).map({ abs($0) > 1_000_000_000 }) ?? true {
                throw Fault.number("an end of `int`", expected: "a whole number", found: number, at: place.range)
            }
            guard high - low < 10_000 else {
                throw Fault.value("`int` chooses among at most 10,000 numbers, but this range has \(groupedText(Int(high - low) + 1))", at: arguments[0].value.range, help: ["draw a `real` and round it where it is used"])
            }
        case .logReal where low <= 0:
            throw Fault.number("the lower end of `log_real`", expected: "above 0", found: low, at: lower.range)
        default: break
        }
        return .draw(draw, [.number(low), .number(high)])
    }

    private func end(_ expression: Expression, of name: String) throws -> Double {
        let value = try Interpreter(host: SilentHost()).evaluate(expression, in: environment)
        guard case .number(let number) = value else { throw Fault.type("an end of `\(name)`", expected: "a number", found: value, at: expression.range) }
        guard number.isFinite else { throw Fault.number("an end of `\(name)`", expected: "finite", found: number, at: expression.range) }
        return number
    }

    /// `Activation(h)`: a program of that grammar, applied. What is drawn for an argument is drawn once.
    func lower(mention part: GrammarValue, _ arguments: [CallArgument], at range: SourceRange) throws -> Expr {
        let values = try positional(arguments, of: part.name)
        let parameters = part.grammar.parameters.map(\.name)
        guard values.count == parameters.count else {
            let signature = parameters.isEmpty ? part.name : "\(part.name)(\(parameters.map(\.text).joined(separator: ", ")))"
            throw Fault.argumentCount(part.name, found: values.count, expected: "\(parameters.count) argument\(parameters.count == 1 ? "" : "s")", signature: signature, at: range)
        }
        for (parameter, value) in zip(parameters, values) where value != .variable(parameter) && part.grammar.constrains(parameter) {
            throw Fault.value("a constraint of `\(part.name)` speaks of its parameter `\(parameter)`, which would be `\(value)` here", at: range,
                              help: ["mention `\(part.name)` without arguments: it then draws a function"])
        }
        var shared: [(name: Symbol, value: Expr)] = []
        let plain = zip(parameters, values).map { parameter, value -> Expr in
            guard !value.isAtom else { return value }
            shared.append((parameter, value))
            return .variable(parameter)
        }
        let mention = parts?.mention(part.grammar, plain) ?? .hole(Symbol(part.name), plain)
        return shared.reversed().reduce(mention) { .binding($1.name, $1.value, in: $0) }
    }
}

/// The grammars that the rules of a grammar mention.
final class GrammarParts {
    private(set) var all: [Grammar] = []

    /// A mention of `part`: applied to `arguments`, or a function of its parameters.
    func mention(_ part: Grammar, _ arguments: [Expr]) -> Expr {
        if !all.contains(where: { $0.name == part.name }) { all.append(part) }
        let names = part.parameters.map(\.name)
        if names.isEmpty || !arguments.isEmpty { return .hole(part.name, arguments) }
        return .lambda(names, .hole(part.name, names.map { .variable($0) }))
    }
}

extension Grammar {
    /// Whether a constraint speaks of this name.
    fileprivate func constrains(_ name: Symbol) -> Bool {
        constraints.contains { constraint in
            switch constraint.kind {
            case .count(let head, _, of: _), .require(let head): head == .name(name)
            case .forbidWithin(let inner, let outer): inner == .name(name) || outer == .name(name)
            case .forbid(let pattern): pattern.mentions(name)
            case .depth, .size: false
            }
        }
    }
}
