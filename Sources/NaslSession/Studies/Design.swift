import NaslExpr
import NaslLanguage

/// A human design that a study sets beside what is found: a whole candidate, or one that leaves something open, which is tuned.
///
///     baselines: [relu, Leaky]                         # Leaky is a grammar: its best program is searched
///     baselines: (adam: (rule: adam), lion: (rule: lion))  # `lr`, the task's other grammar, is searched for each
struct Design {
    let name: String
    /// The programs that are given, by the parameters of the task.
    let fixed: [(name: String, value: Value)]
    /// What is searched for it.
    let open: [(name: String, grammar: GrammarValue)]

    /// The designs of a list, or of a record, whose fields name them.
    static func all(of value: Value, for task: TaskValue, at range: SourceRange) throws -> [Design] {
        switch value {
        case .record(let record): return try record.fields.map { try Design($0.value, named: $0.name, for: task, at: range) }
        case .list(let values): return try values.map { try Design($0, named: $0.designName, for: task, at: range) }
        default: throw Fault.type("`baselines` of `study`", expected: "a list of candidates, or a record with a name for each", found: value, at: range)
        }
    }

    private init(_ value: Value, named name: String, for task: TaskValue, at range: SourceRange) throws {
        var given: [(name: String, value: Value)] = []
        if task.searched.count == 1 {
            given = [(task.searched[0].name, value)]
        } else if case .record(let record) = value {
            given = record.fields
        } else {
            // The first of several grammars, as in a call of the task.
            given = [(task.searched[0].name, value)]
        }
        if let other = given.first(where: { field in !task.searched.contains { $0.name == field.name } }) {
            let names = task.searched.map { "`\($0.name)`" }.joined(separator: " and ")
            throw Fault.value("a candidate of `\(task.name)` is a record of \(names), but this one has `\(other.name)`", at: range)
        }
        var fixed: [(name: String, value: Value)] = []
        var open: [(name: String, grammar: GrammarValue)] = []
        for parameter in task.searched {
            switch given.first(where: { $0.name == parameter.name })?.value {
            case nil: open.append(parameter)
            case .grammar(let grammar)?:
                guard grammar.grammar.parameters.count == parameter.grammar.grammar.parameters.count else {
                    throw Fault.value("`\(grammar.name)` draws functions of \(grammar.grammar.parameters.count) parameters, but `\(parameter.name)` of `\(task.name)` has \(parameter.grammar.grammar.parameters.count)", at: range)
                }
                open.append((parameter.name, grammar))
            case let value?: fixed.append((parameter.name, try TaskCandidate.checked(value, parameter, of: task, at: range)))
            }
        }
        (self.name, self.fixed, self.open) = (name, fixed, open)
    }

    /// The whole candidate, where nothing is open.
    func candidate(of task: TaskValue) -> Value? {
        guard open.isEmpty, let first = fixed.first else { return nil }
        return task.searched.count == 1 ? first.value : .record(Record(fixed))
    }
}

extension Value {
    /// A design is called by its own name where it has one.
    fileprivate var designName: String {
        switch self {
        case .function(let function): function.name ?? function.source
        case .record(let record): record.fields.map { "\($0.name): \($0.value.designName)" }.joined(separator: ", ")
        case .grammar(let grammar): grammar.name
        default: source
        }
    }
}
