import NaslExpr

extension Interpreter {
    /// `base[index]`; negative numbers count from the end.
    func element(of base: Expression, _ index: Expression, in environment: Environment, at range: SourceRange) throws -> Value {
        let value = try evaluate(base, in: environment)
        let position = try evaluate(index, in: environment)
        switch value {
        case .grammar(let grammar):
            let program = try grammar.program(numbered: position, at: index.range)
            try checkInterrupt()
            return program
        case .record(let record):
            guard case .text(let name) = position else { throw Fault.type("the index of a record", expected: "a text", found: position, at: index.range) }
            return try field(name, of: .record(record), at: index.range)
        case .object(let object):
            // One without an end has no length to count from.
            guard let list = object as? any LazyList, list.count == nil, case .number(let number) = position, let slot = Int(exactly: number) else { break }
            if let element = value.element(slot) { return element }
            try checkInterrupt()
            throw Fault("N0306", "there is no element \(slot)", at: index.range)
        default: break
        }
        guard let count = value.length else { throw Fault.type("what is indexed", expected: "a list, a range, a tensor, a record or a grammar", found: value, at: base.range) }
        guard case .number(let number) = position else { throw Fault.type("an index", expected: "a whole number", found: position, at: index.range) }
        guard let whole = Int(exactly: number), whole >= -count, whole < count else {
            throw Fault.indexOutOfRange(numberText(number), count: count, at: index.range)
        }
        let slot = whole < 0 ? whole + count : whole
        return value.element(slot) ?? .none
    }

    func field(_ name: String, of base: Expression, in environment: Environment, at range: SourceRange) throws -> Value {
        try field(name, of: evaluate(base, in: environment), at: range)
    }

    func field(_ name: String, of value: Value, at range: SourceRange) throws -> Value {
        var known: [String] = []
        switch value {
        case .record(let record):
            if let field = record[name] { return field }
            known = record.fields.map(\.name)
        case .tensor(let tensor):
            if name == "shape" { return .list(tensor.shape.map { .number(Double($0)) }) }
            known = ["shape"]
        case .range(let bounds):
            switch name {
            case "lower": return .number(bounds.lower)
            case "upper": return .number(bounds.upper)
            case "step": return .number(bounds.step)
            default: known = ["lower", "upper", "step"]
            }
        case .object(let object):
            do { if let field = try object.field(name) { return field } } catch let fault as Fault { throw fault.located(at: range) }
            known = object.fieldNames
        default: break
        }
        throw Fault.noField(name, of: value, fields: known, at: range, suggestion: suggestion(for: name, among: known))
    }
}

extension Value {
    /// One element of a list, a range or a tensor; nil where there is none.
    public func element(_ slot: Int) -> Value? {
        if case .object(let object) = self { return slot < 0 ? nil : (object as? any LazyList)?.element(slot) }
        guard let count = length, slot >= 0, slot < count else { return nil }
        switch self {
        case .list(let values): return values[slot]
        case .range(let range): return .number(range.number(slot))
        case .tensor(let tensor):
            let inner = tensor.shape.dropFirst()
            if inner.isEmpty { return .number(tensor.numbers[slot]) }
            let stride = inner.reduce(1, *)
            return .tensor(Tensor(shape: Array(inner), numbers: Array(tensor.numbers[slot * stride..<(slot + 1) * stride])))
        default: return nil
        }
    }
}
