import NaslExpr

/// One argument as it was given.
public struct Argument: Sendable {
    public var label: String?
    public var value: Value
    public var range: SourceRange
    /// Where the label stands, for messages.
    public var labelRange: SourceRange

    public init(label: String? = nil, _ value: Value, at range: SourceRange = .none, labelAt labelRange: SourceRange = .none) {
        self.label = label
        self.value = value
        self.range = range
        self.labelRange = labelRange
    }
}

/// The arguments of a call to a built-in, by the names of its parameters.
public struct Arguments: Sendable {
    public let callee: String
    /// Of the whole call.
    public let range: SourceRange
    private let bound: [String: Argument]
    /// What a variadic parameter took.
    public let rest: [Argument]

    public init(callee: String, range: SourceRange, bound: [String: Argument], rest: [Argument]) {
        self.callee = callee
        self.range = range
        self.bound = bound
        self.rest = rest
    }

    /// Binds positional arguments in order and labelled ones by name.
    public init(_ arguments: [Argument], to builtin: Builtin, at range: SourceRange) throws(Fault) {
        var bound: [String: Argument] = [:]
        var rest: [Argument] = []
        var open = builtin.parameters[...]
        for argument in arguments {
            if let label = argument.label {
                guard let parameter = builtin.parameters.first(where: { $0.name == label && !$0.isVariadic }) else {
                    let known = builtin.parameters.filter { !$0.isVariadic }.map(\.name)
                    throw .unknownLabel(label, of: builtin.name, known: known, at: argument.labelRange, suggestion: suggestion(for: label, among: known))
                }
                guard bound[label] == nil else { throw .repeatedArgument(label, of: builtin.name, at: argument.range) }
                bound[parameter.name] = argument
                continue
            }
            while let next = open.first, !next.isVariadic, bound[next.name] != nil { open = open.dropFirst() }
            guard let next = open.first else {
                let positional = arguments.filter { $0.label == nil }.count
                throw .argumentCount(builtin.name, found: positional, expected: Arguments.countText(builtin.parameters), signature: builtin.signature, at: range)
            }
            if next.isVariadic { rest.append(argument) } else { bound[next.name] = argument; open = open.dropFirst() }
        }
        for parameter in builtin.parameters where parameter.isRequired && bound[parameter.name] == nil {
            throw .missingArgument(parameter.name, of: builtin.name, signature: builtin.signature, at: range)
        }
        self.init(callee: builtin.name, range: range, bound: bound, rest: rest)
    }

    private static func countText(_ parameters: [Builtin.Parameter]) -> String {
        let least = parameters.filter(\.isRequired).count
        let most = parameters.count
        if most == 0 { return "no arguments" }
        let range = least == most ? "\(most)" : "\(least) to \(most)"
        return "\(range) argument\(most == 1 ? "" : "s")"
    }

    public func given(_ name: String) -> Bool { bound[name] != nil }

    public subscript(name: String) -> Value? { bound[name]?.value }

    public func range(of name: String) -> SourceRange { bound[name]?.range ?? range }

    public func value(_ name: String) -> Value { bound[name]?.value ?? .none }

    /// A type error about the argument `name`.
    public func wrongType(_ name: String, expected: String) -> Fault {
        .type("`\(name)` of `\(callee)`", expected: expected, found: value(name), at: range(of: name))
    }

    public func number(_ name: String) throws(Fault) -> Double {
        switch value(name) {
        case .number(let number): return number
        default: throw wrongType(name, expected: "a number")
        }
    }

    public func number(_ name: String, default fallback: Double) throws(Fault) -> Double {
        given(name) ? try number(name) : fallback
    }

    /// A whole number in `limits`.
    public func count(_ name: String, in limits: ClosedRange<Int>) throws(Fault) -> Int {
        let found = try number(name)
        guard let whole = Int(exactly: found), limits.contains(whole) else {
            let expected = limits.upperBound == .max ? "a whole number of at least \(limits.lowerBound)" : "a whole number from \(groupedText(limits.lowerBound)) to \(groupedText(limits.upperBound))"
            throw .number("`\(name)` of `\(callee)`", expected: expected, found: found, at: range(of: name))
        }
        return whole
    }

    public func count(_ name: String, in limits: ClosedRange<Int>, default fallback: Int) throws(Fault) -> Int {
        given(name) ? try count(name, in: limits) : fallback
    }

    public func text(_ name: String) throws(Fault) -> String {
        guard case .text(let text) = value(name) else { throw wrongType(name, expected: "a text") }
        return text
    }

    /// A list, or a range written out.
    public func list(_ name: String) throws(Fault) -> [Value] {
        guard case .range(let range) = value(name) else {
            guard let values = value(name).elements else { throw wrongType(name, expected: "a list") }
            return values
        }
        guard let count = range.count, count <= Value.longestList, let values = value(name).elements else {
            throw .tooLarge("this range as a list", found: "\(range.sizeText) numbers", limit: groupedText(Value.longestList), at: self.range(of: name))
        }
        return values
    }

    public func bool(_ name: String, default fallback: Bool) throws(Fault) -> Bool {
        guard given(name) else { return fallback }
        guard case .bool(let flag) = value(name) else { throw wrongType(name, expected: "true or false") }
        return flag
    }

    public func object<T>(_ name: String, _ type: T.Type, expected: String) throws(Fault) -> T {
        if case .object(let object) = value(name), let typed = object as? T { return typed }
        throw wrongType(name, expected: expected)
    }
}

extension Value {
    /// The values of a list, a range or a one-dimensional tensor.
    public var elements: [Value]? {
        switch self {
        case .list(let values): return values
        case .range(let range): return range.count.map { count in (0..<count).map { .number(range.number($0)) } }
        case .tensor(let tensor):
            guard let first = tensor.shape.first else { return nil }
            if tensor.shape.count == 1 { return tensor.numbers.map { .number($0) } }
            let inner = tensor.shape.dropFirst().reduce(1, *)
            return (0..<first).map { .tensor(Tensor(shape: Array(tensor.shape.dropFirst()), numbers: Array(tensor.numbers[$0 * inner..<($0 + 1) * inner]))) }
        default: return nil
        }
    }
}
