import NaslExpr
import NaslLanguage

/// `:help`, `:type`, `:time`, `:show`, `:history`.
extension Session {
    func help(about name: String) {
        if name.isEmpty {
            host.write(Help.overview + "\n\n" + Command.overview)
            return
        }
        if name.hasPrefix(":") {
            guard case .one(let command) = Command.find(String(name.dropFirst())) else { return refuse("there is no command `\(name)`", help: "`:help` lists them") }
            host.write("\(command.usage.form)\n    \(command.usage.summary)")
            return
        }
        if let command = Command(rawValue: name), environment[name] == nil {
            host.write("\(command.usage.form)\n    \(command.usage.summary)")
            return
        }
        reporting {
            let (value, _) = try value(of: name, for: ":help")
            host.write(Help.text(about: value))
        }
    }

    func tellType(of text: String) {
        reporting {
            let (value, _) = try value(of: text, for: ":type")
            host.write(value.type)
        }
    }

    func tellTime(of text: String) {
        if text.isEmpty { return refuse("`:time` needs something to evaluate", help: ":time sum(1..1000)") }
        let start = ContinuousClock.now
        evaluate(text, name: "<prompt>", echo: .prompt)
        let seconds = TaskRunner.seconds(since: start)
        host.write(seconds < 0.1 ? "\(rounded(seconds * 1000)) ms" : secondsText(seconds))
    }

    /// What was bound here, oldest first; one line each.
    func showBound(_ name: String) {
        if !name.isEmpty {
            reporting {
                let (value, _) = try value(of: name, for: ":show")
                host.write(value.echo)
            }
            return
        }
        let names = boundNames.filter { $0 != Session.lastShown }
        if names.isEmpty { host.write("Nothing is bound yet; `let x = 1` binds.") }
        for name in names {
            guard let value = environment[name] else { continue }
            host.write("\(name) = \(shortened(value.shown))")
        }
    }

    private func shortened(_ text: String) -> String {
        let lines = text.split(separator: "\n", maxSplits: 1)
        let line = lines.first.map(String.init) ?? ""
        if line.count > 100 { return line.prefix(97) + "..." }
        return lines.count > 1 ? line + " ..." : line
    }

    func listHistory(_ argument: String) {
        let entries = promptFaces.entries()
        let count = Int(argument) ?? (argument.isEmpty ? 20 : .max)
        let found = entries.filter { Int(argument) != nil || argument.isEmpty || $0.contains(argument) }
        for entry in found.suffix(max(0, min(count, found.count))) { host.write(entry.replacing("\n", with: "\n    ")) }
    }

    /// The value of a text that is one expression.
    func value(of text: String, for command: String) throws -> (Value, Expression) {
        guard !text.isEmpty else { throw Fault.value("`\(command)` needs an expression") }
        let source = sources.add(name: "<prompt>", bytes: Array(text.utf8))
        let (program, diagnostics) = Parser.parse(source)
        for diagnostic in diagnostics { report(diagnostic) }
        if diagnostics.contains(where: { $0.severity == .error }) { return (.none, Expression(.none, .none)) }
        guard program.count == 1, case .expression(let expression) = program[0].kind else {
            throw Fault.value("`\(command)` takes an expression", at: program.first?.range ?? .none)
        }
        return (try interpreter.evaluate(expression, in: environment), expression)
    }
}

extension Value {
    /// As `:type` says it.
    var type: String {
        switch self {
        case .function(let function):
            if case .builtin(let builtin) = function.body { return builtin.signature }
            if case .primitive(let primitive) = function.body { return "\(primitive.name)(\(["a", "b", "c"].prefix(primitive.arity).joined(separator: ", "))), elementwise" }
            if case .closure = function.body { return Help.signature(of: function) }
            if let derivation = function.derivation { return "a program of \(derivation.grammar.name): \(function.source)" }
            return "a function: \(function.source)"
        case .grammar(let grammar): return grammar.summary
        case .task(let task): return task.summary
        case .list(let values): return values.isEmpty ? "an empty list" : "a list of \(values.count): the first is \(values[0].kind)"
        case .record(let record): return "a record (\(record.fields.map { "\($0.name): \($0.value.kind)" }.joined(separator: ", ")))"
        case .object(let object): return object.fieldNames.isEmpty ? object.kind : "\(object.kind) with \(object.fieldNames.map { ".\($0)" }.joined(separator: " "))"
        default: return kind
        }
    }
}
