import NaslExpr
import NaslLanguage
import Synchronization

/// What has been bound at the top level, in order and as it was written, so that a task can be kept as a script that defines it again.
///
/// Every binding remembers which earlier ones it mentions. The script of a task is the bindings that it needs, directly or through
/// others, in their order: each of them sees there what it saw when it was made.
final class Definitions: Sendable {
    private struct Definition: Sendable {
        /// nil: it is a law.
        let name: String?
        let text: String
        let value: Value
        /// The numbers of the bindings that its names meant then.
        let needed: [Int]
        /// Names that meant nothing then: what is bound to them later is looked up when it is called.
        let open: [String]
    }

    private struct State: Sendable {
        var all: [Definition] = []
        var latest: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// - Parameter isKnown: whether the library has a name.
    func add(_ name: String, _ text: String, _ value: Value, mentions: Set<String>, isKnown: (String) -> Bool) {
        state.withLock { state in
            let needed = mentions.compactMap { state.latest[$0] }
            let open = mentions.filter { state.latest[$0] == nil && !isKnown($0) }
            state.latest[name] = state.all.count
            state.all.append(Definition(name: name, text: text, value: value, needed: needed.sorted(), open: open.sorted()))
        }
    }

    /// A law, which is in force for every task from here on.
    func addLaw(_ text: String, mentions: Set<String>) {
        state.withLock { state in
            state.all.append(Definition(name: nil, text: text, value: .none, needed: mentions.compactMap { state.latest[$0] }.sorted(), open: []))
        }
    }

    /// Forgets everything: what was bound until now is the library.
    func clear() { state.withLock { $0 = State() } }

    /// A script that defines `task`, and the laws.
    func source(of task: TaskValue, at range: SourceRange) throws -> String { try source(of: task, with: [], at: range) }

    /// A script that defines `task` and, under the name `name`, what is left of it when `fixed` programs are given and `open` is searched.
    func source(of task: TaskValue, as name: String, fixed: [(name: String, value: Value)], open: [(name: String, grammar: GrammarValue)], at range: SourceRange) throws -> String {
        let given = fixed.map { ($0.name, $0.value, number(of: $0.value)) }
        let searched = open.map { ($0.name, $0.grammar.name, number(of: .grammar($0.grammar))) }
        let parts = task.searched.map { parameter in
            let text = given.first { $0.0 == parameter.name }.map { _, value, number in number?.name ?? value.exactText ?? value.source }
            return "\(parameter.name): \(text ?? parameter.name)"
        }
        let base = try source(of: task, with: given.compactMap { $0.2?.number } + searched.compactMap { $0.2?.number }, at: range)
        let defaults = task.settings.compactMap { setting in setting.defaultValue.map { "\(setting.name): \($0.text)" } }
        let passed = parts + task.settings.map { "\($0.name): \($0.name)" }
        return base + "task \(name)(\((searched.map { "\($0.0): \($0.1)" } + defaults).joined(separator: ", "))) { reward \(task.name)(\(passed.joined(separator: ", "))).reward }\n"
    }

    /// The binding that a function or a grammar came from, where its name still means it.
    private func number(of value: Value) -> (number: Int, name: String)? {
        let (all, latest) = state.withLock { ($0.all, $0.latest) }
        let found = latest.first { _, number in
            switch (all[number].value, value) {
            case (.function(let one), .function(let other)): one === other
            case (.grammar(let one), .grammar(let other)): one === other
            default: false
            }
        }
        return found.map { ($0.value, $0.key) }
    }

    private func source(of task: TaskValue, with others: [Int], at range: SourceRange) throws -> String {
        let (all, latest) = state.withLock { ($0.all, $0.latest) }
        guard let last = all.lastIndex(where: { if case .task(let found) = $0.value { found === task } else { false } }) else {
            throw Fault.store("the task `\(task.name)` cannot be kept: it was not defined at the top level", at: range)
        }
        var chosen: [Int: String] = [:]
        var open = [last] + others + all.indices.filter { all[$0].name == nil }
        while let number = open.popLast() {
            guard chosen[number] == nil else { continue }
            let definition = all[number]
            guard let name = definition.name else {
                chosen[number] = definition.text
                open += definition.needed
                continue
            }
            if let held = definition.value.heldResult {
                throw Fault.store("the task `\(task.name)` cannot be kept: it mentions `\(name)`, which is \(held)", at: range,
                                  help: ["bind what it needs of it, such as `let f = \(name).best.program`, and mention that"])
            }
            if let written = try definition.value.written(as: name, for: task.name, at: range) {
                chosen[number] = written
                continue
            }
            chosen[number] = definition.text
            open += definition.needed + definition.open.compactMap { latest[$0] }
        }
        return chosen.sorted { $0.key < $1.key }.map { $0.value + "\n" }.joined()
    }
}

extension Value {
    /// The kind of a search's result that is in it, which no script can bring back; nil where there is none.
    fileprivate var heldResult: String? {
        switch self {
        case .object(let object): object is RunValue || object is TrialValue || object is ComparisonValue || object is StudyValue ? object.kind : nil
        case .list(let values): values.lazy.compactMap(\.heldResult).first
        case .record(let record): record.fields.lazy.compactMap(\.value.heldResult).first
        default: nil
        }
    }

    /// `let name = ...` with the value itself, where it is a plain one; so that what was drawn at random, or took long, is the same.
    fileprivate func written(as name: String, for task: String, at range: SourceRange) throws -> String? {
        if let plain = exactText { return "let \(name) = \(plain)" }
        guard case .tensor(let tensor) = self else { return nil }
        guard tensor.numbers.count <= Value.longestWritten else {
            throw Fault.store("the task `\(task)` cannot be kept: it mentions `\(name)`, a tensor of \(groupedText(tensor.numbers.count)) numbers", at: range,
                              help: ["make it inside the task, or read it from a file with `npy(\"file.npy\")`"])
        }
        var rest = tensor.numbers[...]
        func nested(_ shape: ArraySlice<Int>) -> String {
            guard let length = shape.first else { return numberText(rest.popFirst() ?? 0) }
            return "[\((0..<length).map { _ in nested(shape.dropFirst()) }.joined(separator: ", "))]"
        }
        guard !tensor.shape.isEmpty, !tensor.shape.contains(0) else { return nil }
        return "let \(name) = tensor(\(nested(tensor.shape[...])))"
    }

    private static let longestWritten = 100_000

    /// Source that reads back to this value exactly; nil where there is none.
    fileprivate var exactText: String? {
        switch self {
        case .none, .bool, .number, .text, .duration, .range: return source
        case .list(let values):
            let texts = values.compactMap(\.exactText)
            return texts.count == values.count ? "[\(texts.joined(separator: ", "))]" : nil
        case .record(let record):
            let texts = record.fields.compactMap { field in field.value.exactText.map { "\(field.name): \($0)" } }
            return texts.count == record.fields.count ? "(\(texts.joined(separator: ", ")))" : nil
        case .function(let function):
            // A drawn program; one that was written stays as it was written.
            if case .term(let term, _) = function.body { return term.text }
            return nil
        default: return nil
        }
    }
}
