import NaslExpr
import NaslLanguage

extension Checker {
    mutating func check(_ program: [Statement], directory: String) {
        let outer = later
        later.formUnion(program.compactMap(\.boundName))
        for statement in program { check(statement, directory: directory) }
        later = outer
    }

    private mutating func check(_ statement: Statement, directory: String) {
        switch statement.kind {
        case .expression(let value): look(at: value, in: top)
        case .binding(let declaration):
            let before = mistakes
            look(at: declaration.value, in: top)
            bind(declaration.name, to: mistakes == before ? plainValue(declaration.value) : nil)
        case .function(let declaration):
            bind(declaration.name, to: .function(Function(declaration, in: environment)))
            look(at: declaration, in: inner)
        case .grammar(let declaration): check(declaration)
        case .task(let declaration): check(declaration)
        case .loop(let loop): look(at: loop, in: top)
        case .importFile(let file, let range): importFile(file, directory: directory, at: range)
        case .law(let declaration): check(declaration)
        case .reward, .minimize: break
        }
    }

    private mutating func bind(_ name: String, to value: Value?) {
        if let value {
            environment.bindGlobal(name, to: value)
            unknown.remove(name)
        } else {
            unknown.insert(name)
        }
    }

    private mutating func check(_ declaration: GrammarDeclaration) {
        guard MentionedNames.of(declaration).isDisjoint(with: unknown) else {
            bind(declaration.name, to: nil)
            return
        }
        let (value, diagnostics) = GrammarValue.judged(declaration, in: environment)
        for diagnostic in diagnostics { note(diagnostic) }
        bind(declaration.name, to: value.map { .grammar($0) })
    }

    private mutating func check(_ declaration: LawDeclaration) {
        guard MentionedNames.of(declaration).isDisjoint(with: unknown) else { return }
        do { _ = try Law(declaration, in: environment) } catch {
            note((error as? Fault) ?? .value("\(error)", at: declaration.left.range))
        }
    }

    private mutating func check(_ declaration: TaskDeclaration) {
        let types = declaration.parameters.compactMap { parameter -> String? in
            if case .name(let name)? = parameter.type?.kind { name } else { nil }
        }
        if unknown.isDisjoint(with: types) {
            do {
                bind(declaration.name, to: .task(try TaskValue(declaration, in: environment)))
            } catch {
                note((error as? Fault) ?? .value("\(error)", at: declaration.nameRange))
                bind(declaration.name, to: nil)
            }
        } else {
            bind(declaration.name, to: nil)
        }
        var scope = inner
        look(at: declaration.parameters, in: &scope)
        look(at: declaration.body, in: scope)
    }

    private mutating func importFile(_ file: String, directory: String, at range: SourceRange) {
        do {
            let (path, text) = try Session.imported(file, directory: directory, at: range)
            guard imported.insert(path).inserted, let program = parse(text, name: path) else { return }
            check(program, directory: Session.directory(of: path))
        } catch {
            note(error)
        }
    }

    /// The value of an expression that takes no time and has no effect; nil for others. What is wrong with it is said.
    private mutating func plainValue(_ expression: Expression) -> Value? {
        guard isPlain(expression) else { return nil }
        session.host.fuel?.fill(Checker.fuel)
        do {
            return try Interpreter(host: session.host, latest: environment.globals).evaluate(expression, in: environment)
        } catch let fault as Fault where !fault.endsSearch && !fault.isInterrupt {
            note(fault)
        } catch {}
        return nil
    }

    private func isPlain(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .number, .duration, .text, .bool, .none, .lambda: true
        case .name(let name): environment[name] != nil && !unknown.contains(name)
        case .list(let elements): elements.allSatisfy(isPlain)
        case .record(let fields): fields.allSatisfy { isPlain($0.value) }
        case .range(let lower, let upper, let step): [lower, upper, step].allSatisfy { $0.map(isPlain) ?? true }
        case .unary(_, let operand): isPlain(operand)
        // Membership may search.
        case .binary(let sign, _, let left, let right): sign != .in && isPlain(left) && isPlain(right)
        case .conditional(let condition, let first, let second): [condition, first, second].allSatisfy(isPlain)
        case .index(let base, let index): isPlain(base) && isPlain(index)
        case .call(let callee, let arguments):
            if case .name(let name) = callee.kind, !unknown.contains(name), case .function(let function)? = environment[name],
               case .primitive = function.body { arguments.allSatisfy { isPlain($0.value) } } else { false }
        case .field, .letIn, .block, .placeholder, .wildcard, .repeated: false
        }
    }
}

extension Statement {
    /// What a statement binds at the top level.
    fileprivate var boundName: String? {
        switch kind {
        case .binding(let declaration): declaration.name
        case .function(let declaration): declaration.name
        case .grammar(let declaration): declaration.name
        case .task(let declaration): declaration.name
        case .law, .importFile, .loop, .reward, .minimize, .expression: nil
        }
    }
}
