import NaslExpr
import NaslLanguage

extension Checker {
    /// A call: its parts, and its arguments against the parameters of the callee where that is known.
    mutating func look(atCallOf callee: Expression, _ arguments: [CallArgument], at range: SourceRange, in scope: Scope) {
        look(at: callee, in: scope)
        let known = value(of: callee, in: scope)
        for argument in arguments where !isWord(argument, of: known, in: scope) { look(at: argument.value, in: scope) }
        guard case .name(let name) = callee.kind else { return }
        let given = arguments.map { Argument(label: $0.label, .none, at: $0.value.range, labelAt: $0.labelRange) }
        do {
            if let local = scope.locals[name] {
                if let parameters = local { _ = try Arguments.matched(given, to: parameters, of: name, at: range) }
            } else if let known {
                try match(given, to: known, named: name, at: range)
            }
        } catch {
            note(error)
        }
    }

    /// What a name at the top level is bound to, where no inner name hides it and no later binding may have replaced it.
    private func value(of callee: Expression, in scope: Scope) -> Value? {
        guard case .name(let name) = callee.kind, !scope.locals.keys.contains(name), !unknown.contains(name) else { return nil }
        return environment[name]
    }

    private func match(_ arguments: [Argument], to value: Value, named name: String, at range: SourceRange) throws(Fault) {
        switch value {
        case .function(let function):
            switch function.body {
            case .builtin(let builtin): _ = try Arguments(arguments, to: builtin, at: range)
            case .closure(let closure): _ = try Arguments.matched(arguments, to: closure.parameters, of: name, at: range)
            case .primitive(let primitive):
                if let labelled = arguments.first(where: { $0.label != nil }) {
                    throw .unknownLabel(labelled.label ?? "", of: name, known: [], at: labelled.labelRange, suggestion: nil)
                }
                if arguments.count != primitive.arity { throw .primitiveArguments(primitive, found: arguments.count, at: range) }
            case .term, .composed: break
            }
        case .task(let task):
            let own = task.searched.map(\.name) + task.settings.map(\.name) + ["seed"]
            for argument in arguments {
                guard let label = argument.label, !own.contains(label) else { continue }
                throw .unknownLabel(label, of: task.name, known: own, at: argument.labelRange, suggestion: suggestion(for: label, among: own))
            }
        case .object: break
        default: throw .notCallable(value, at: range)
        }
    }

    /// `as: pytorch`: a name that is bound to nothing stands for itself where a built-in takes it so.
    private func isWord(_ argument: CallArgument, of callee: Value?, in scope: Scope) -> Bool {
        guard case .function(let function)? = callee, case .builtin(let builtin) = function.body, let label = argument.label,
              case .name(let word) = argument.value.kind else { return false }
        return builtin.words[label]?.contains(word) ?? false
    }
}
