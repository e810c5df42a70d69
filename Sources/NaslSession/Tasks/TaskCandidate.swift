import NaslExpr
import NaslLanguage

/// What may be given to a task by hand: a program for each grammar that it searches.
enum TaskCandidate {
    /// `both(relu, u: rule, width: 32)`: the candidate, and the arguments that are left for the settings. A record with all the fields, or a
    /// trial of one, stands for all of them.
    static func taken(from arguments: [Argument], for task: TaskValue, at range: SourceRange) throws -> (candidate: Value, settings: [Argument]) {
        let names = task.searched.map(\.name)
        var found: [String: Argument] = [:]
        var settings: [Argument] = []
        for argument in arguments {
            if argument.label == nil, found.isEmpty, names.count > 1, let record = record(program(of: argument.value)), names.allSatisfy({ record[$0] != nil }) {
                for field in record.fields where names.contains(field.name) { found[field.name] = Argument(field.value, at: argument.range) }
            } else if let name = argument.label ?? names.first(where: { found[$0] == nil }), names.contains(name) {
                guard found[name] == nil else { throw Fault.repeatedArgument(name, of: task.name, at: argument.range) }
                found[name] = argument
            } else {
                settings.append(argument)
            }
        }
        let programs = try task.searched.map { parameter -> (name: String, value: Value) in
            guard let argument = found[parameter.name] else {
                throw Fault.missingArgument(parameter.name, of: task.name, signature: task.summary, at: range)
            }
            return (parameter.name, try checked(argument.value, parameter, of: task, at: argument.range.isNone ? range : argument.range))
        }
        return (programs.count == 1 ? programs[0].value : .record(Record(programs)), settings)
    }

    /// One candidate of a comparison.
    static func checked(_ value: Value, for task: TaskValue, at range: SourceRange) throws -> Value {
        guard task.searched.count > 1 else { return try checked(value, task.searched[0], of: task, at: range) }
        let names = task.searched.map { "`\($0.name)`" }.joined(separator: " and ")
        let program = program(of: value)
        guard let record = record(program) else { throw Fault.type("a candidate of `\(task.name)`", expected: "a record of \(names)", found: program, at: range) }
        if let other = record.fields.first(where: { field in !task.searched.contains { $0.name == field.name } }) {
            throw Fault.value("a candidate of `\(task.name)` is a record of \(names), but this one has `\(other.name)`", at: range)
        }
        return .record(Record(try task.searched.map { parameter in
            guard let value = record[parameter.name] else {
                throw Fault.value("a candidate of `\(task.name)` is a record of \(names), but this one has no `\(parameter.name)`", at: range)
            }
            return (parameter.name, try checked(value, parameter, of: task, at: range))
        }))
    }

    /// A function of as many parameters as the grammar's programs have, or, where they have none, any plain value.
    static func checked(_ value: Value, _ parameter: (name: String, grammar: GrammarValue), of task: TaskValue, at range: SourceRange) throws -> Value {
        let value = program(of: value)
        let count = parameter.grammar.grammar.parameters.count
        guard count > 0 else { return value }
        guard value.isCallable else { throw Fault.type("`\(parameter.name)` of `\(task.name)`", expected: "a function", found: value, at: range) }
        if case .function(let function) = value, case .term(let term) = function.term, term.parameters.count != count {
            let which = task.searched.count == 1 ? "" : " as `\(parameter.name)`"
            throw Fault.value("`\(task.name)` needs a function of \(count) parameter\(count == 1 ? "" : "s")\(which), but this one has \(term.parameters.count)", at: range)
        }
        return value
    }

    /// A trial stands for its program.
    private static func program(of value: Value) -> Value {
        if case .object(let object) = value, let program = (object as? any ProgramObject)?.program { program } else { value }
    }

    private static func record(_ value: Value) -> Record? {
        if case .record(let record) = value { record } else { nil }
    }
}
