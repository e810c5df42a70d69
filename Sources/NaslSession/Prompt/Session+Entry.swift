import NaslLanguage

extension Session {
    /// One entry at the prompt: statements, `:command` or `?name`. False where the user wants to leave.
    ///
    ///     session.enter("let a = 2")    // writes a = 2
    ///     session.enter(":quit")        // false
    public func enter(_ text: String) -> Bool {
        let trimmed = text.trimmed
        if trimmed.isEmpty { return true }
        if trimmed.hasPrefix("?") {
            help(about: String(trimmed.dropFirst()).trimmed)
        } else if trimmed.hasPrefix(":") {
            let rest = trimmed.dropFirst()
            let name = rest.prefix { !$0.isWhitespace }
            return run(String(name), String(rest.dropFirst(name.count)).trimmed)
        } else if ["quit", "exit", "quit()", "exit()"].contains(trimmed), environment[String(trimmed.prefix(4))] == nil {
            host.write("Ctrl-D or :quit leaves.")
        } else {
            evaluate(text, name: "<prompt>", echo: .prompt)
        }
        return true
    }

    private func run(_ name: String, _ argument: String) -> Bool {
        switch Command.find(name) {
        case .one(.quit): return false
        case .one(let command): run(command, argument)
        case .several(let commands):
            refuse("`:\(name)` could be \(commands.map { "`:\($0.rawValue)`" }.joined(separator: " or "))")
        case .none(let suggestion):
            refuse("there is no command `:\(name)`", help: suggestion.map { "did you mean `:\($0)`?" } ?? "`:help` lists them")
        }
        return true
    }

    private func run(_ command: Command, _ argument: String) {
        switch command {
        case .help: help(about: argument)
        case .explain: explain(argument)
        case .type: tellType(of: argument)
        case .time: tellTime(of: argument)
        case .load: load(argument)
        case .reload: reload()
        case .edit: edit(argument)
        case .history: listHistory(argument)
        case .set: set(argument)
        case .show: showBound(argument)
        case .quit: break
        }
    }

    func refuse(_ title: String, help: String? = nil) {
        report(Fault.value(title, help: help.map { [$0] } ?? []).diagnostic)
    }

    /// Runs `body`; what goes wrong is reported.
    func reporting(_ body: () throws -> Void) {
        do {
            try body()
        } catch let fault as Fault {
            report(fault)
        } catch {
            host.report("error: \(error)")
        }
    }
}

extension String {
    /// Without spaces and newlines at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
