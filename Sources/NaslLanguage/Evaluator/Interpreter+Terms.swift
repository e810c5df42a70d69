import NaslExpr

/// Programs that are more than elementwise: a drawn net, a cell, whatever holds calls, lists, records or compositions. Their terms are
/// evaluated as the source they print as would be.
extension Interpreter {
    /// A term applied to values.
    func apply(program term: FunctionTerm, derivation: DerivationRecord?, to operands: [Value], at range: SourceRange) throws -> Value {
        var environment = derivation?.grammar.environment ?? Environment(globals: latest)
        for (name, operand) in zip(term.parameters, operands) { environment.bind(name.text, to: operand) }
        return try evaluate(term.body, term.body.root, environment, at: range)
    }

    private func evaluate(_ term: Expr, _ position: Int, _ environment: Environment, at range: SourceRange) throws -> Value {
        try tick()
        let node = term.nodes[position]
        let children = term.children(of: position)
        func value(_ child: Int) throws -> Value { try evaluate(term, children[child], environment, at: range) }
        switch node.kind {
        case .number, .parameter: return .number(node.value)
        case .fitted: return try constantTracer?(FunctionTerm(parameters: [], body: Expr(nodes: [node])), []) ?? .number(node.value)
        case .text: return .text(node.symbol.text)
        case .variable: return try lookUp(node.symbol.text, in: environment, at: range)
        case .primitive: return try elementwise(term, position, environment, at: range)
        case .binding: return try evaluate(term, children[1], environment.binding(node.symbol.text, to: try value(0)), at: range)
        case .lambda: return lambda(term, children, environment, at: range)
        case .call:
            let function = try value(0)
            let arguments = try children.dropFirst().map { try argument(term, $0, of: function, environment, at: range) }
            return try call(function, arguments, named: nil, at: range)
        case .labelled: return try value(0)
        case .list: return .list(try children.indices.map(value))
        case .record:
            return .record(Record(try children.indices.map { (term.nodes[children[$0]].symbol.text, try value($0)) }))
        case .field: return try field(node.symbol.text, of: try value(0), at: range)
        case .index: return try element(of: try value(0), at: try value(1), range)
        case .compose: return try compose(try value(0), try value(1), range, at: range)
        case .hole: throw Fault.value("the rule `\(node.symbol)` has not been drawn here", at: range)
        }
    }

    private func argument(_ term: Expr, _ position: Int, of function: Value, _ environment: Environment, at range: SourceRange) throws -> Argument {
        let node = term.nodes[position]
        guard node.kind == .labelled else { return Argument(try evaluate(term, position, environment, at: range), at: range) }
        let inner = term.children(of: position)[0]
        if case .function(let function) = function, case .builtin(let builtin) = function.body, term.nodes[inner].kind == .variable,
           builtin.words(for: node.symbol.text).contains(term.nodes[inner].symbol.text) {
            return Argument(label: node.symbol.text, .text(term.nodes[inner].symbol.text), at: range)
        }
        return Argument(label: node.symbol.text, try evaluate(term, inner, environment, at: range), at: range, labelAt: range)
    }

    private func lambda(_ term: Expr, _ children: [Int], _ environment: Environment, at range: SourceRange) -> Value {
        let parameters = children.dropLast().map { term.nodes[$0].symbol.text }
        return .function(Function(.builtin(Builtin("this function", parameters.joined(separator: ", "), "") { arguments, interpreter in
            var inner = environment
            for name in parameters { inner.bind(name, to: arguments.value(name)) }
            return try interpreter.evaluate(term, children[children.count - 1], inner, at: range)
        })))
    }

    /// The largest elementwise part that begins here, as one operation on what stands below it.
    private func elementwise(_ term: Expr, _ position: Int, _ environment: Environment, at range: SourceRange) throws -> Value {
        var operands: [Value] = []
        var names: [Symbol] = []
        var known: [Symbol: Expr] = [:]
        func part(_ position: Int) throws -> Expr {
            let node = term.nodes[position]
            switch node.kind {
            case .primitive: return Expr(node, try term.children(of: position).map(part))
            case .number, .fitted, .parameter: return term.subterm(at: position)
            default:
                if node.kind == .variable, let part = known[node.symbol] { return part }
                let value = try evaluate(term, position, environment, at: range)
                if case .number(let number) = value { return .number(number) }
                let name = Symbol("v\(operands.count)")
                operands.append(value)
                names.append(name)
                if node.kind == .variable { known[node.symbol] = .variable(name) }
                return .variable(name)
            }
        }
        let body = try part(position)
        let operation = FunctionTerm(parameters: names, body: body)
        do {
            return try apply(operation, named: "this program", to: operands, at: range)
        } catch var fault as Fault {
            // The program as it was drawn says more than the names of this moment.
            fault.title = fault.title.replacing(operation.text, with: term.subterm(at: position).text)
            throw fault
        }
    }

    private func element(of value: Value, at index: Value, _ range: SourceRange) throws -> Value {
        guard let count = value.length else { throw Fault.type("what is indexed", expected: "a list", found: value, at: range) }
        guard case .number(let number) = index else { throw Fault.type("an index", expected: "a whole number", found: index, at: range) }
        guard let whole = Int(exactly: number), whole >= -count, whole < count, let element = value.element(whole < 0 ? whole + count : whole) else {
            throw Fault.indexOutOfRange(numberText(number), count: count, at: range)
        }
        return element
    }
}
