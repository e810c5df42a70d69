import NaslExpr

/// A task: a typed function that ends in `reward`. It keeps the grammars it was defined with.
public final class TaskValue: Sendable {
    public let name: String
    public let documentation: String?
    /// What it searches: one parameter for each grammar.
    public let searched: [(name: String, grammar: GrammarValue)]
    /// What its candidates are drawn from: the grammar, or records with a program of each.
    public let grammar: GrammarValue
    /// Further parameters, with their defaults.
    public let settings: [Parameter]
    /// What the trials call each `minimize`: `minimize size(f)` is `size`.
    public let costNames: [String]
    public let declaration: TaskDeclaration
    public let environment: Environment

    public init(_ declaration: TaskDeclaration, in environment: Environment, isGivenUp: @escaping @Sendable () -> Bool = { false }) throws {
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
        guard let first = searched.first else {
            throw Fault.taskParameters("the task `\(declaration.name)` searches nothing", at: declaration.nameRange,
                                       help: ["give it a parameter whose type is a grammar: `task \(declaration.name)(f: SomeGrammar)`"])
        }
        try TaskValue.checkReward(declaration)
        grammar = searched.count == 1 ? first.1 : try GrammarValue(declaration.name, records: searched, in: environment, isGivenUp: isGivenUp)
        self.name = declaration.name
        self.documentation = declaration.documentation
        self.searched = searched
        self.settings = settings
        costNames = TaskValue.costNames(declaration)
        self.declaration = declaration
        self.environment = environment
    }

    /// The task `other`, searching other grammars, with other names bound around it.
    init(_ other: TaskValue, named name: String, searched: [(name: String, grammar: GrammarValue)], in environment: Environment) throws {
        guard let first = searched.first else { throw Fault.taskParameters("the task `\(other.name)` searches nothing", at: other.declaration.nameRange) }
        grammar = searched.count == 1 ? first.grammar : try GrammarValue(name, records: searched, in: environment, isGivenUp: { false })
        self.name = name
        documentation = other.documentation
        self.searched = searched
        settings = other.settings
        costNames = other.costNames
        declaration = other.declaration
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
    }

    /// The function, name or field that is minimized; where that says too little, the whole expression.
    private static func costNames(_ declaration: TaskDeclaration) -> [String] {
        let costs = declaration.body.compactMap { if case .minimize(let cost) = $0.kind { cost } else { nil } }
        let short = costs.map { cost in
            switch cost.kind {
            case .name(let name), .field(_, let name, _): return name
            case .call(let callee, _): if case .name(let name) = callee.kind { return name }
            default: break
            }
            return cost.text
        }
        return zip(costs, short).map { cost, name in short.count { $0 == name } == 1 ? name : cost.text }
    }

    /// A candidate's programs, by the parameters that take them.
    public func programs(of candidate: Value) -> [(name: String, value: Value)] {
        if searched.count > 1, case .record(let record) = candidate { return record.fields }
        return searched.first.map { [($0.name, candidate)] } ?? []
    }

    /// `task reads_austen(f: Activation)`.
    public var summary: String {
        let parts = searched.map { "\($0.name): \($0.grammar.name)" } + settings.map { "\($0.name)?" }
        return "task \(name)(\(parts.joined(separator: ", ")))"
    }
}

extension Interpreter {
    /// What came of one run of a task.
    public struct Outcome: Sendable {
        public var reward: Double
        /// What the task wants small, in its order.
        public var costs: [(name: String, value: Double)] = []
    }

    /// What `task` gives to `candidate`: a program, or a record of them where it searches several grammars.
    public func outcome(of task: TaskValue, _ candidate: Value, settings: [Argument], at range: SourceRange) throws -> Outcome {
        var environment = try environment(of: task, candidate, settings: settings, at: range)
        var costs: [(name: String, value: Double)] = []
        for statement in task.declaration.body {
            switch statement.kind {
            case .reward(let expression):
                return Outcome(reward: try number(expression, "the reward", in: environment), costs: costs)
            case .minimize(let expression):
                costs.append((task.costNames[costs.count], try number(expression, "what is minimized", in: environment)))
            default: try execute(statement, &environment)
            }
        }
        throw Fault.noReward(task.name, at: task.declaration.nameRange)
    }

    /// The reward alone, as it is: inside a fit of constants it is no plain number.
    public func reward(of task: TaskValue, _ candidate: Value, settings: [Argument], at range: SourceRange) throws -> Value {
        var environment = try environment(of: task, candidate, settings: settings, at: range)
        for statement in task.declaration.body {
            switch statement.kind {
            case .reward(let expression): return try evaluate(expression, in: environment)
            // For the random numbers that it may draw.
            case .minimize(let expression): _ = try evaluate(expression, in: environment)
            default: try execute(statement, &environment)
            }
        }
        throw Fault.noReward(task.name, at: task.declaration.nameRange)
    }

    private func environment(of task: TaskValue, _ candidate: Value, settings: [Argument], at range: SourceRange) throws -> Environment {
        var environment = task.environment
        for (name, program) in task.programs(of: candidate) { environment.bind(name, to: program) }
        return try bind(settings, to: task.settings, of: task.name, in: environment, at: range)
    }

    private func number(_ expression: Expression, _ what: String, in environment: Environment) throws -> Double {
        let value = try evaluate(expression, in: environment)
        guard case .number(let number) = value else { throw Fault.type(what, expected: "a number", found: value, at: expression.range) }
        return number
    }
}
