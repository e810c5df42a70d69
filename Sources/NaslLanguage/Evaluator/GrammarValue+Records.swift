import NaslExpr
import NaslSpace

/// The grammar of a task that searches several: its programs are records with a program of each, `(f: x -> tanh(x), u: ...)`.
extension GrammarValue {
    /// A record of one grammar's programs: the fields' values, each with its own derivation.
    ///
    /// The choices are those of the record itself, which is one alternative, and then the fields' own in their order.
    func record(of choices: [Int]) -> Value? {
        var rest = choices.dropFirst()
        var fields: [(name: String, value: Value)] = []
        for part in parts {
            var derivation = part.grammar.space.derivation()
            while !derivation.isComplete, let choice = rest.popFirst() {
                guard derivation.choose(choice) else { return nil }
            }
            guard let program = derivation.program else { return nil }
            fields.append((part.name, part.grammar.value(choices: derivation.choices, program: program, logProbability: derivation.logProbability)))
        }
        return .record(Record(fields))
    }

    /// The first derivation of a record, field by field; nil where a field is missing, unknown or none of its grammar's programs.
    func choices(ofRecord record: Record) throws -> [Int]? {
        guard record.fields.count == parts.count else { return nil }
        var choices = [0]
        for part in parts {
            guard let value = record[part.name], let derived = try part.grammar.choices(of: value) else { return nil }
            choices += derived
        }
        return choices
    }
}
