import NaslExpr
import NaslLanguage

extension Session {
    func execute(_ statements: [Statement], directory: String, echo: Echo) throws {
        for statement in statements {
            try interpreter.checkInterrupt()
            try execute(statement, directory: directory, echo: statement.isMuted ? .nothing : echo)
            if echo == .prompt { for note in notes { host.write(note) } }
            notes = []
            interpreter.latest = environment.globals
        }
    }

    private func execute(_ statement: Statement, directory: String, echo: Echo) throws {
        switch statement.kind {
        case .expression(let expression):
            let value = try interpreter.evaluate(expression, in: environment)
            if case .none = value { return }
            if echo == .prompt { environment.bindGlobal(Session.lastShown, to: value) }
            if echo != .nothing { host.write(value.echo) }
        case .binding(let declaration):
            let value = try interpreter.evaluate(declaration.value, in: environment).bound(to: declaration.name)
            bind(declaration.name, to: value, by: statement)
            if echo == .prompt { host.write("\(declaration.name) = \(value.echo)") }
        case .function(let declaration):
            let function = Function(declaration, in: environment)
            bind(declaration.name, to: .function(function), by: statement)
            if echo == .prompt { host.write(Help.signature(of: function)) }
        case .grammar(let declaration):
            let grammar = try GrammarValue(declaration, in: environment, isGivenUp: { [host] in host.isInterrupted })
            for warning in grammar.warnings { report(warning) }
            if echo == .prompt { for note in grammar.notes { report(note) } }
            let summary = echo == .prompt ? grammar.summary : nil
            // Its programs may be too many to be counted.
            try interpreter.checkInterrupt()
            bind(declaration.name, to: .grammar(grammar), by: statement, mentions: MentionedNames.of(declaration))
            if let summary { host.write(summary) }
        case .task(let declaration):
            let task = try TaskValue(declaration, in: environment, isGivenUp: { [host] in host.isInterrupted })
            bind(declaration.name, to: .task(task), by: statement, mentions: MentionedNames.of(declaration))
            if echo == .prompt { host.write(task.summary) }
        case .loop(let loop):
            try interpreter.forEach(loop, in: environment) { inner in _ = try interpreter.run(loop.body, in: inner) }
        case .importFile(let file, let range): try importFile(file, directory: directory, at: range)
        case .law(let declaration):
            try host.add(try Law(declaration, in: environment))
            host.definitions.addLaw(sources.text(of: statement.range) ?? "", mentions: MentionedNames.of(declaration))
        case .reward, .minimize:
            throw Fault.value("`reward` and `minimize` can only stand directly in the body of a task", at: statement.range)
        }
    }
}

extension Value {
    /// As the prompt answers with it; a drawn program also says how large and how likely it is.
    var echo: String {
        if case .function(let function) = self, case .term(let term, let derivation?) = function.body {
            let nodes = term.body.size
            let line = "\(term.text)"
            let padding = String(repeating: " ", count: max(1, 56 - line.count))
            return "\(line)\(padding)\(nodes) node\(nodes == 1 ? "" : "s"), log p = \(fixed(derivation.logProbability, 2))"
        }
        if case .text = self { return source }
        return shown
    }

    /// A hand-written function takes the name it is bound to.
    func bound(to name: String) -> Value {
        if case .function(let function) = self, function.name == nil, case .closure = function.body {
            return .function(Function(name: name, function.body))
        }
        return self
    }
}
