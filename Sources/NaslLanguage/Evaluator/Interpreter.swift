import NaslExpr
import NaslRandom

/// Evaluates syntax trees. One per thread: a search has one for each child.
public final class Interpreter {
    public let host: any Host
    /// Seed and repeat of the trial that is being evaluated: what all its random numbers depend on.
    public let seed: Int
    public let repetition: Int
    /// What the trial has reported so far, for its line and its table.
    public var metrics: [(name: String, value: Double)] = []
    /// Names that a function does not find where it was written are looked up here: the latest at the top level.
    public var latest: [String: Value]
    /// True inside a trial.
    public let isTrial: Bool
    /// Takes over terms that hold constants, while it is found out how a reward depends on them; nil: a constant is what it stands at.
    public var constantTracer: ((FunctionTerm, [Value]) throws -> Value)?

    private var calls = 0
    private var draws = 0
    private var ticks = 0
    private var stack = StackBounds()
    private let fuel: Fuel?

    /// Calls may be nested so deep; the threads that evaluate have stacks for it.
    public static let callLimit = 10_000

    /// How deep the present call is nested.
    public var depth: Int { calls }

    /// `depth` is where its calls begin to be counted.
    public init(host: any Host, seed: Int = 0, repetition: Int = 0, latest: [String: Value] = [:], isTrial: Bool = false, depth: Int = 0) {
        self.host = host
        self.seed = seed
        self.repetition = repetition
        self.latest = latest
        self.isTrial = isTrial
        fuel = host.fuel
        calls = depth
    }

    /// Random numbers for the next draw of this trial: they depend on seed, repeat and how many draws came before, never on the candidate.
    public func nextStream() -> RandomStream {
        defer { draws += 1 }
        return RandomStream(seed: seed, "child", .number(repetition), "draw", .number(draws))
    }

    public func evaluate(_ expression: Expression, in environment: Environment) throws -> Value {
        try tick()
        switch expression.kind {
        case .number(let number): return .number(number)
        case .duration(let seconds): return .duration(seconds)
        case .text(let text): return .text(text)
        case .bool(let flag): return .bool(flag)
        case .none: return .none
        case .name(let name): return try lookUp(name, in: environment, at: expression.range)
        case .list(let elements): return .list(try elements.map { try evaluate($0, in: environment) })
        case .record(let fields):
            return .record(Record(try fields.map { ($0.label ?? "", try evaluate($0.value, in: environment)) }))
        case .range(let lower, let upper, let step): return try range(lower, upper, step, in: environment)
        case .unary(let symbol, let operand): return try unary(symbol, operand, in: environment, at: expression.range)
        case .binary(let symbol, let place, let left, let right): return try binary(symbol, place, left, right, in: environment, at: expression.range)
        case .lambda(let parameters, let body):
            return .function(Function(.closure(Closure(parameters: parameters, body: body, environment: environment))))
        case .conditional(let condition, let first, let second):
            return try evaluate(try isTrue(condition, in: environment) ? first : second, in: environment)
        case .letIn(let name, _, let value, let body):
            return try evaluate(body, in: environment.binding(name, to: try evaluate(value, in: environment)))
        case .call(let callee, let arguments): return try call(callee, arguments, in: environment, at: expression.range)
        case .index(let base, let index): return try element(of: base, index, in: environment, at: expression.range)
        case .field(let base, let name, let nameRange): return try field(name, of: base, in: environment, at: nameRange)
        case .block(let statements): return try run(statements, in: environment)
        case .placeholder, .wildcard, .repeated:
            throw Fault.value("this can only stand in a grammar or a law", at: expression.range)
        }
    }

    func lookUp(_ name: String, in environment: Environment, at range: SourceRange) throws -> Value {
        if let value = environment[name] ?? latest[name] { return value }
        throw Fault.unknownName(name, at: range, suggestion: suggestion(for: name, among: environment.names + latest.keys))
    }

    private func isTrue(_ condition: Expression, in environment: Environment) throws -> Bool {
        let value = try evaluate(condition, in: environment)
        guard case .bool(let flag) = value else { throw Fault.type("the condition of `if`", expected: "true or false", found: value, at: condition.range) }
        return flag
    }

    private func range(_ lower: Expression, _ upper: Expression, _ step: Expression?, in environment: Environment) throws -> Value {
        func end(_ expression: Expression, _ what: String) throws -> Double {
            let value = try evaluate(expression, in: environment)
            guard case .number(let number) = value else { throw Fault.type("the \(what) of a range", expected: "a number", found: value, at: expression.range) }
            guard number.isFinite else { throw Fault.number("the \(what) of a range", expected: "finite", found: number, at: expression.range) }
            return number
        }
        let width = try step.map { try end($0, "step") } ?? 1
        if let step, width == 0 { throw Fault.number("the step of a range", expected: "different from 0", found: 0, at: step.range) }
        return .range(NumberRange(lower: try end(lower, "lower end"), upper: try end(upper, "upper end"), step: width))
    }

    /// Runs the statements of a body; its value is that of the last one.
    public func run(_ statements: [Statement], in start: Environment) throws -> Value {
        var environment = start
        var last = Value.none
        for statement in statements {
            last = .none
            switch statement.kind {
            case .expression(let expression): last = try evaluate(expression, in: environment)
            default: try execute(statement, &environment)
            }
        }
        return last
    }

    /// Runs one statement of a body that yields no value.
    func execute(_ statement: Statement, _ environment: inout Environment) throws {
        switch statement.kind {
        case .expression(let expression): _ = try evaluate(expression, in: environment)
        case .binding(let declaration):
            environment.bind(declaration.name, to: try evaluate(declaration.value, in: environment).named(declaration.name))
        case .function(let declaration):
            environment.bind(declaration.name, to: .function(Function(declaration, in: environment)))
        case .loop(let loop):
            try forEach(loop, in: environment) { inner in _ = try run(loop.body, in: inner) }
        case .grammar, .task, .law, .importFile:
            throw Fault.value("this declaration can only stand at the top level", at: statement.range)
        case .reward, .minimize:
            throw Fault.value("`reward` and `minimize` can only stand directly in the body of a task", at: statement.range)
        }
    }

    /// The environments of a loop's rounds, one after the other.
    public func forEach(_ loop: ForLoop, in environment: Environment, _ body: (Environment) throws -> Void) throws {
        let value = try evaluate(loop.list, in: environment)
        switch value {
        case .list, .range, .tensor: break
        case .object(let object) where object is any LazyList: break
        default: throw Fault.type("what `for` goes through", expected: "a list or a range", found: value, at: loop.list.range)
        }
        try forEach(in: value, at: loop.list.range) { element in
            try checkInterrupt()
            try body(environment.binding(loop.name, to: element))
        }
    }

    public func checkInterrupt() throws {
        if host.isInterrupted { throw Fault.interrupted }
    }

    /// Counts one step of work; now and then looks whether it should go on.
    @inline(__always)
    public func tick() throws {
        ticks &+= 1
        if ticks & 1023 == 0 { try pause() }
    }

    private func pause() throws {
        try checkInterrupt()
        try fuel?.spend(1024)
        if ticks & 16383 == 0 { try host.checkMemory() }
    }

    /// Counts work that is done at once: training steps, draws.
    public func spend(_ amount: Int) throws {
        try checkInterrupt()
        try fuel?.spend(amount)
    }

    /// Counts nested calls.
    func nested<Result>(at range: SourceRange, _ body: () throws -> Result) throws -> Result {
        guard calls < Interpreter.callLimit else { throw Fault.tooDeep(Interpreter.callLimit, at: range) }
        if !stack.isOfThisThread { stack = StackBounds() }
        if stack.isNearlyUsed { throw Fault.tooDeep(nil, at: range) }
        try checkInterrupt()
        calls += 1
        defer { calls -= 1 }
        return try body()
    }
}

extension Function {
    public convenience init(_ declaration: FunctionDeclaration, in environment: Environment) {
        self.init(name: declaration.name, .closure(Closure(
            parameters: declaration.parameters, body: declaration.body, environment: environment, ownName: declaration.name,
            documentation: declaration.documentation)))
    }
}

extension Value {
    /// A function that has no name yet takes the one it is bound to.
    func named(_ name: String) -> Value {
        if case .function(let function) = self, function.name == nil, case .closure = function.body {
            return .function(Function(name: name, function.body))
        }
        return self
    }
}
