import NaslExpr

extension Interpreter {
    /// `callee(arguments)` as it was written.
    func call(_ callee: Expression, _ arguments: [CallArgument], in environment: Environment, at range: SourceRange) throws -> Value {
        let function = try evaluate(callee, in: environment)
        let values = try arguments.map { argument in
            Argument(label: argument.label, try argumentValue(argument, of: function, in: environment), at: argument.value.range, labelAt: argument.labelRange)
        }
        return try call(function, values, named: callee, at: range)
    }

    /// A built-in may take words of its own, such as `as: pytorch`: a name that is bound to nothing stands for itself there.
    private func argumentValue(_ argument: CallArgument, of function: Value, in environment: Environment) throws -> Value {
        if case .function(let function) = function, case .builtin(let builtin) = function.body, case .name(let word) = argument.value.kind,
           let label = argument.label {
            let words = builtin.words(for: label)
            if words.contains(word) { return .text(word) }
            if !words.isEmpty, environment[word] == nil {
                var fault = Fault.unknownName(word, at: argument.value.range, suggestion: suggestion(for: word, among: words))
                fault.help.append("`\(label):` takes \(words.joined(separator: ", "))")
                throw fault
            }
        }
        return try evaluate(argument.value, in: environment)
    }

    /// Calls a value with values.
    public func call(_ function: Value, _ values: [Value], at range: SourceRange) throws -> Value {
        try call(function, values.map { Argument($0) }, named: nil, at: range)
    }

    func call(_ function: Value, _ arguments: [Argument], named callee: Expression?, at range: SourceRange) throws -> Value {
        switch function {
        case .function(let function): return try nested(at: range) { try call(function, arguments, at: range) }
        case .task(let task): return try nested(at: range) { try host.trial(of: task, arguments, self, at: range) }
        case .object(let object):
            if let callable = object as? any CallableObject {
                let arguments = Arguments(callee: object.kind, range: range, bound: [:], rest: arguments)
                do { return try callable.call(arguments, self) } catch let fault as Fault { throw fault.located(at: range) }
            }
            if let program = (object as? any ProgramObject)?.program { return try call(program, arguments, named: callee, at: range) }
            throw Fault.notCallable(.object(object), at: callee?.range ?? range)
        default: throw Fault.notCallable(function, at: callee?.range ?? range)
        }
    }

    private func call(_ function: Function, _ arguments: [Argument], at range: SourceRange) throws -> Value {
        switch function.body {
        case .primitive(let primitive):
            let name = primitive.name
            if let labelled = arguments.first(where: { $0.label != nil }) {
                throw Fault.unknownLabel(labelled.label ?? "", of: name, known: [], at: labelled.labelRange, suggestion: nil)
            }
            guard arguments.count == primitive.arity else { throw Fault.primitiveArguments(primitive, found: arguments.count, at: range) }
            return try apply(primitive, named: name, to: arguments.map(\.value), at: range, from: arguments.map(\.range))
        case .builtin(let builtin):
            let bound = try Arguments(arguments, to: builtin, at: range)
            do { return try builtin.call(bound, self) } catch let fault as Fault { throw fault.located(at: range) }
        case .term(let term, let derivation):
            guard arguments.count == term.parameters.count else {
                let count = term.parameters.count
                throw Fault.argumentCount("this program", found: arguments.count, expected: "\(count) argument\(count == 1 ? "" : "s")", signature: term.text, at: range)
            }
            guard term.body.isElementwise else { return try apply(program: term, derivation: derivation, to: arguments.map(\.value), at: range) }
            return try apply(term, named: "this program", to: arguments.map(\.value), at: range, from: arguments.map(\.range))
        case .composed(let first, let second):
            let between = try call(first, arguments, named: nil, at: range)
            return try call(second, [Argument(between)], named: nil, at: range)
        case .closure(let closure):
            if arguments.contains(where: { $0.value.isTraced }), case .term(let term) = function.term, term.body.isElementwise, term.parameters.count == arguments.count,
               arguments.allSatisfy({ $0.label == nil }) {
                // Inside a net the whole expression becomes one fused operation.
                return try apply(term, named: function.name ?? "this function", to: arguments.map(\.value), at: range)
            }
            do { return try call(closure, function, arguments, at: range) } catch let fault as Fault { throw fault.passing(range) }
        }
    }

    private func call(_ closure: Closure, _ function: Function, _ arguments: [Argument], at range: SourceRange) throws -> Value {
        var environment = closure.environment
        if let name = closure.ownName { environment.bind(name, to: .function(function)) }
        environment = try bind(arguments, to: closure.parameters, of: function.name ?? "this function", in: environment, at: range)
        return try evaluate(closure.body, in: environment)
    }
}

extension Value {
    var isTraced: Bool {
        if case .object(let object) = self { object is any TracedOperand } else { false }
    }
}
