import NaslExpr

extension Interpreter {
    func unary(_ symbol: UnaryOperator, _ operand: Expression, in environment: Environment, at range: SourceRange) throws -> Value {
        let value = try evaluate(operand, in: environment)
        switch symbol {
        case .negate:
            if case .number(let number) = value { return .number(-number) }
            return try apply(.neg, named: "-", to: [value], at: range, from: [operand.range])
        case .not:
            guard case .bool(let flag) = value else { throw Fault.type("what follows `not`", expected: "true or false", found: value, at: operand.range) }
            return .bool(!flag)
        }
    }

    func binary(
        _ symbol: BinaryOperator, _ place: SourceRange, _ left: Expression, _ right: Expression, in environment: Environment, at range: SourceRange
    ) throws -> Value {
        if symbol == .and || symbol == .or {
            let first = try truth(left, symbol, in: environment)
            if first == (symbol == .or) { return .bool(first) }
            return .bool(try truth(right, symbol, in: environment))
        }
        let first = try evaluate(left, in: environment)
        let second = try evaluate(right, in: environment)
        switch symbol {
        case .compose: return try compose(first, second, right.range, at: range)
        case .in: return .bool(try contains(second, first, right.range, at: range))
        case .equal: return try equality(first, second, at: range)
        case .notEqual:
            if first.isTensor || second.isTensor || first.isTraced || second.isTraced { return try apply(.notEqual, named: symbol.rawValue, to: [first, second], at: range, from: [left.range, right.range]) }
            if case .bool(let same) = try equality(first, second, at: range) { return .bool(!same) }
        case .add:
            if case .number(let a) = first, case .number(let b) = second { return .number(a + b) }
            if case .text(let a) = first, case .text(let b) = second { return .text(try joined(a, b, at: range)) }
        default: break
        }
        guard let primitive = symbol.primitive else { throw Fault.value("`\(symbol.rawValue)` cannot be used here", at: place) }
        return try apply(primitive, named: symbol.rawValue, to: [first, second], at: range, from: [left.range, right.range])
    }

    private func joined(_ first: String, _ second: String, at range: SourceRange) throws -> String {
        let length = first.utf8.count + second.utf8.count
        guard length <= Value.longestText else { throw Fault.tooLarge("this text", found: "\(groupedText(length)) bytes", limit: groupedText(Value.longestText), at: range) }
        return first + second
    }

    private func truth(_ expression: Expression, _ symbol: BinaryOperator, in environment: Environment) throws -> Bool {
        let value = try evaluate(expression, in: environment)
        guard case .bool(let flag) = value else { throw Fault.type("each side of `\(symbol.rawValue)`", expected: "true or false", found: value, at: expression.range) }
        return flag
    }

    /// `a >> f`: composes if `a` is a function, applies otherwise.
    func compose(_ first: Value, _ second: Value, _ place: SourceRange, at range: SourceRange) throws -> Value {
        guard second.isCallable else { throw Fault.notCallable(second, at: place) }
        if first.isCallable {
            let function = Function(.composed(first, second))
            guard function.partCount <= Function.longestComposition else {
                throw Fault.tooLarge("this composition", found: "\(groupedText(function.partCount)) functions", limit: groupedText(Function.longestComposition), at: range)
            }
            return .function(function)
        }
        return try call(second, [first], at: range)
    }

    /// Elementwise on tensors and on what is traced, structural on everything else.
    private func equality(_ first: Value, _ second: Value, at range: SourceRange) throws -> Value {
        if first.isTensor || second.isTensor || first.isTraced || second.isTraced { return try apply(.equal, named: "==", to: [first, second], at: range) }
        try checkExtent(first, at: range)
        return .bool(first.isSame(as: second))
    }

    private func contains(_ container: Value, _ value: Value, _ place: SourceRange, at range: SourceRange) throws -> Bool {
        switch container {
        case .grammar(let grammar): return try host.contains(grammar, value)
        case .task(let task): return try host.contains(task.grammar, value)
        case .text(let text):
            guard case .text(let part) = value else { throw Fault.type("what is looked for in a text", expected: "a text", found: value, at: range) }
            return text.contains(part)
        case .range(let bounds):
            guard case .number(let number) = value else { return false }
            let steps = (number - bounds.lower) / bounds.step
            return number >= min(bounds.lower, bounds.upper) && number <= max(bounds.lower, bounds.upper) && abs(steps - steps.rounded()) < 1e-9
        case .list(let values):
            try checkExtent(value, at: range)
            return try values.contains {
                try tick()
                return $0.isSame(as: value)
            }
        case .record(let record):
            guard case .text(let name) = value else { throw Fault.type("what is looked for in a record", expected: "a text", found: value, at: range) }
            return record[name] != nil
        default: throw Fault.type("what follows `in`", expected: "a list, a range, a text, a record, a grammar or a task", found: container, at: place)
        }
    }
}

extension BinaryOperator {
    /// The elementwise function of that sign, if it has one.
    var primitive: Primitive? { Primitive.named(rawValue) }
}

extension Value {
    /// A text may have so many bytes.
    static let longestText = 100_000_000

    var isTensor: Bool { if case .tensor = self { true } else { false } }

    /// Something that can stand before brackets.
    public var isCallable: Bool {
        switch self {
        case .function, .task: true
        case .object(let object): object is any CallableObject
        default: false
        }
    }

    /// Equal in structure: functions by their terms, objects by identity.
    public func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.none, .none): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.duration(let a), .duration(let b)): a == b
        case (.text(let a), .text(let b)): a == b
        case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
        case (.range(let a), .range(let b)): a == b
        case (.tensor(let a), .tensor(let b)): a == b
        case (.record(let a), .record(let b)):
            a.fields.count == b.fields.count && a.fields.allSatisfy { field in b[field.name].map { field.value.isSame(as: $0) } ?? false }
        case (.function(let a), .function(let b)): a === b || a.isSameTerm(as: b)
        case (.grammar(let a), .grammar(let b)): a === b
        case (.task(let a), .task(let b)): a === b
        case (.object(let a), .object(let b)): a === b
        default: false
        }
    }
}

extension Function {
    func isSameTerm(as other: Function) -> Bool {
        guard case .term(let first) = term, case .term(let second) = other.term, first.parameters.count == second.parameters.count else { return false }
        let names = Dictionary(zip(second.parameters, first.parameters.map { Expr.variable($0) }), uniquingKeysWith: { $1 })
        return first.body == second.body.substituting(names)
    }
}
