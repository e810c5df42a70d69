import NaslExpr

/// A function that the user wrote: parameters, body, and the names that were visible where it stands.
public struct Closure: Sendable {
    public let parameters: [Parameter]
    public let body: Expression
    public let environment: Environment
    /// Its own name, visible inside it, so that it can call itself.
    public let ownName: String?
    public let documentation: String?

    public init(parameters: [Parameter], body: Expression, environment: Environment, ownName: String? = nil, documentation: String? = nil) {
        self.parameters = parameters
        self.body = body
        self.environment = environment
        self.ownName = ownName
        self.documentation = documentation
    }

    /// `(x, slope: 0.01)`, as it was declared.
    public var signature: String {
        let parts = parameters.map { parameter in
            parameter.type.map { "\(parameter.name): \($0.text)" } ?? (parameter.defaultValue == nil ? parameter.name : "\(parameter.name)?")
        }
        return "(\(parts.joined(separator: ", ")))"
    }
}

extension Interpreter {
    /// Binds arguments to the parameters of something the user declared: positional ones in order, labelled ones by name, the rest by
    /// their defaults, which may mention earlier parameters.
    func bind(_ arguments: [Argument], to parameters: [Parameter], of callee: String, in start: Environment, at range: SourceRange) throws -> Environment {
        let given = try Arguments.matched(arguments, to: parameters, of: callee, at: range)
        var environment = start
        for parameter in parameters {
            if let argument = given[parameter.name] {
                environment.bind(parameter.name, to: argument.value)
            } else if let fallback = parameter.defaultValue {
                environment.bind(parameter.name, to: try evaluate(fallback, in: environment))
            }
        }
        return environment
    }
}

extension Arguments {
    /// The arguments by the names of the parameters that they are for; each parameter without a default has one.
    public static func matched(_ arguments: [Argument], to parameters: [Parameter], of callee: String, at range: SourceRange) throws(Fault) -> [String: Argument] {
        var given: [String: Argument] = [:]
        var open = parameters[...]
        for argument in arguments {
            if let label = argument.label {
                guard parameters.contains(where: { $0.name == label }) else {
                    let known = parameters.map(\.name)
                    throw .unknownLabel(label, of: callee, known: known, at: argument.labelRange, suggestion: suggestion(for: label, among: known))
                }
                guard given.updateValue(argument, forKey: label) == nil else { throw .repeatedArgument(label, of: callee, at: argument.range) }
                continue
            }
            while let next = open.first, given[next.name] != nil { open = open.dropFirst() }
            guard let next = open.popFirst() else {
                let positional = arguments.count { $0.label == nil }
                let count = parameters.count
                throw .argumentCount(callee, found: positional, expected: count == 0 ? "no arguments" : "\(count) argument\(count == 1 ? "" : "s")",
                                     signature: "\(callee)(\(parameters.map(\.name).joined(separator: ", ")))", at: range)
            }
            given[next.name] = argument
        }
        for parameter in parameters where parameter.defaultValue == nil && given[parameter.name] == nil {
            throw .missingArgument(parameter.name, of: callee, signature: "\(callee)(\(parameters.map(\.name).joined(separator: ", ")))", at: range)
        }
        return given
    }
}
