import NaslExpr

/// A task: a typed function that ends in `reward`. It keeps the grammars it was defined with.
public final class TaskValue: Sendable {
    public let name: String
    public let documentation: String?
    /// What it searches: one parameter for each grammar.
    public let searched: [(name: String, grammar: GrammarValue)]
    /// Further parameters, with their defaults.
    public let settings: [Parameter]
    public let declaration: TaskDeclaration
    public let environment: Environment

    public init(_ declaration: TaskDeclaration, in environment: Environment) throws {
        var searched: [(String, GrammarValue)] = []
        var settings: [Parameter] = []
        for parameter in declaration.parameters {
            if parameter.defaultValue != nil {
                settings.append(parameter)
                continue
            }
            guard let type = parameter.type else {
                throw Fault.taskParameters("the parameter `\(parameter.name)` of a task needs a grammar or a default value", at: parameter.nameRange,
                                           help: ["write `\(parameter.name): SomeGrammar` for what is searched, `\(parameter.name): 64` for a setting"])
            }
            searched.append((parameter.name, try TaskValue.grammar(type, environment)))
        }
        guard let last = searched.last else {
            throw Fault.taskParameters("the task `\(declaration.name)` searches nothing", at: declaration.nameRange,
                                       help: ["give it a parameter whose type is a grammar: `task \(declaration.name)(f: SomeGrammar)`"])
        }
        guard searched.count == 1 else {
            throw Fault.taskParameters("a task cannot search several grammars yet; `\(last.0)` is one too many", at: declaration.nameRange)
        }
        try TaskValue.checkReward(declaration)
        self.name = declaration.name
        self.documentation = declaration.documentation
        self.searched = searched
        self.settings = settings
        self.declaration = declaration
        self.environment = environment
    }

    private static func grammar(_ type: TypeAnnotation, _ environment: Environment) throws -> GrammarValue {
        guard case .name(let name) = type.kind else {
            throw Fault.taskParameters("the type of what a task searches should be a grammar, but it is \(type.text)", at: type.range)
        }
        switch environment[name] {
        case .grammar(let grammar): return grammar
        case .some(let value):
            throw Fault.taskParameters("the type of what a task searches should be a grammar, but `\(name)` is \(value.kind)", at: type.range)
        case nil:
            let grammars = environment.globals.filter { if case .grammar = $0.value { true } else { false } }.keys.sorted()
            throw Fault.unknownGrammar(name, known: grammars, at: type.range, suggestion: suggestion(for: name, among: grammars))
        }
    }

    private static func checkReward(_ declaration: TaskDeclaration) throws {
        guard let place = declaration.body.firstIndex(where: { if case .reward = $0.kind { true } else { false } }) else {
            throw Fault.noReward(declaration.name, at: declaration.nameRange)
        }
        if place + 1 < declaration.body.count {
            throw Fault.value("nothing can follow `reward` in a task", at: declaration.body[place + 1].range, help: ["move it above `reward`"])
        }
        for statement in declaration.body {
            if case .minimize = statement.kind { throw Fault.value("`minimize` cannot be used yet", at: statement.range) }
        }
    }

    /// `task reads_austen(f: Activation)`.
    public var summary: String {
        let parts = searched.map { "\($0.name): \($0.grammar.name)" } + settings.map { "\($0.name)?" }
        return "task \(name)(\(parts.joined(separator: ", ")))"
    }
}

extension Interpreter {
    /// The reward that `task` gives to `candidates`, one for each searched parameter.
    public func reward(of task: TaskValue, _ candidates: [Value], settings: [Argument], at range: SourceRange) throws -> Double {
        var environment = task.environment
        for (parameter, candidate) in zip(task.searched, candidates) { environment.bind(parameter.name, to: candidate) }
        environment = try bind(settings, to: task.settings, of: task.name, in: environment, at: range)
        for statement in task.declaration.body {
            guard case .reward(let expression) = statement.kind else {
                try execute(statement, &environment)
                continue
            }
            let value = try evaluate(expression, in: environment)
            guard case .number(let reward) = value else { throw Fault.type("the reward", expected: "a number", found: value, at: expression.range) }
            return reward
        }
        throw Fault.noReward(task.name, at: task.declaration.nameRange)
    }
}
