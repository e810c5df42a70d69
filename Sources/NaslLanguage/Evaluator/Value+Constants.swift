import NaslExpr

/// The constants of a drawn program, or of a record of them.
extension Value {
    public var constantCount: Int {
        switch self {
        case .function(let function): if case .term(let term, _) = function.body { term.body.constantCount } else { 0 }
        case .record(let record): record.fields.reduce(0) { $0 + $1.value.constantCount }
        case .list(let values): values.reduce(0) { $0 + $1.constantCount }
        default: 0
        }
    }

    /// The same with numbers in place of its constants.
    public func filling(constants values: [Double]) -> Value {
        var rest = values[...]
        return mappingTerms { body in
            let count = body.constantCount
            defer { rest = rest.dropFirst(count) }
            return body.filling(constants: rest.prefix(count))
        }
    }

    /// The same with its constants numbered from 0, so that each can be told from the others in any term that they come into.
    public func numberingConstants() -> Value {
        var next = 0
        return mappingTerms { body in
            defer { next += body.constantCount }
            return body.numberingConstants(from: next)
        }
    }

    private func mappingTerms(_ change: (Expr) -> Expr) -> Value {
        switch self {
        case .function(let function):
            guard case .term(let term, let derivation) = function.body, term.body.constantCount > 0 else { return self }
            return .function(Function(name: function.name, .term(FunctionTerm(parameters: term.parameters, body: change(term.body)), derivation: derivation)))
        case .record(let record): return .record(Record(record.fields.map { ($0.name, $0.value.mappingTerms(change)) }))
        case .list(let values): return .list(values.map { $0.mappingTerms(change) })
        default: return self
        }
    }
}
