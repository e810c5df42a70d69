import NaslExpr
import NaslSpace

/// From the syntax of a grammar to the data that a space is compiled from.
struct GrammarBuilder {
    let declaration: GrammarDeclaration
    let environment: Environment
    let lowering: Lowering

    init(_ declaration: GrammarDeclaration, _ environment: Environment) {
        self.declaration = declaration
        self.environment = environment
        lowering = Lowering(
            environment: environment, bound: Set(declaration.parameters.map(\.name)), rules: Set(declaration.rules.map(\.name)), parts: GrammarParts())
    }

    func grammar() throws -> Grammar {
        let grammar = Grammar(
            name: Symbol(declaration.name),
            parameters: declaration.parameters.map { (Symbol($0.name), $0.type?.text ?? "") },
            resultType: declaration.result?.text ?? "",
            rules: try declaration.rules.map(rule),
            constraints: try declaration.constraints.map(constraint),
            range: declaration.nameRange)
        return grammar.including(lowering.parts?.all ?? [])
    }

    /// With the rule's own parameters.
    func lowering(in rule: RuleDeclaration) -> Lowering {
        var lowering = lowering
        lowering.bound.formUnion(rule.parameters.map(\.name))
        return lowering
    }

    private func rule(_ rule: RuleDeclaration) throws -> Rule {
        let lowering = lowering(in: rule)
        return Rule(
            name: Symbol(rule.name),
            parameters: rule.parameters.map { Symbol($0.name) },
            alternatives: try rule.alternatives.map { Alternative(try lowering.lower($0.value), weight: $0.weight ?? 1, range: $0.value.range) },
            range: rule.nameRange)
    }

    func constraint(_ constraint: ConstraintDeclaration) throws -> Constraint {
        let range = constraint.range
        switch constraint.kind {
        case .limit(let limit): return Constraint(try self.limit(limit, at: range), range: range)
        case .forbidWithin(let inner, let outer): return Constraint(.forbidWithin(inner: try head(inner), outer: try head(outer)), range: range)
        case .require(let expression): return Constraint(.require(try head(expression)), range: range)
        case .forbidPattern(let pattern):
            var lowering = lowering
            lowering.isPattern = true
            return Constraint(.forbid(try lowering.lower(pattern)), range: range)
        }
    }

    private func limit(_ limit: ConstraintDeclaration.Limit, at range: SourceRange) throws -> Constraint.Kind {
        let bounds = try bounds(limit.bound, at: range)
        switch limit.measure {
        case .depth:
            guard bounds.lowerBound == 0 else {
                throw Fault.value("a depth can only be limited from above", at: range, help: ["write `limit depth <= \(bounds.upperBound)`"])
            }
            return .depth(atMost: bounds.upperBound, of: try limit.subject.map { try rule($0, of: "depth") })
        case .size:
            return .size(bounds, of: try limit.subject.map { try rule($0, of: "size") })
        case .count:
            guard let subject = limit.subject else {
                throw Fault.value("`limit count` needs to know what is counted", at: range, help: ["write `limit count(sin) <= 2`"])
            }
            if case .binary(.in, _, let counted, let place) = subject.kind { return .count(try head(counted), bounds, of: try rule(place, of: "count")) }
            return .count(try head(subject), bounds)
        }
    }

    /// The rule whose draws are limited: `limit depth(Core) <= 2`, `limit count(sin in Core) <= 1`.
    private func rule(_ expression: Expression, of measure: String) throws -> Symbol {
        guard case .name(let name) = expression.kind, declaration.rules.contains(where: { $0.name == name }) else {
            let wanted = measure == "count" ? "limit count(...) counts in the terms of a rule" : "`limit \(measure)(...)` takes the name of a rule"
            var help: [String] = []
            if case .name(let name) = expression.kind, let near = suggestion(for: name, among: declaration.rules.map(\.name)) { help = ["did you mean `\(near)`?"] }
            throw Fault.value(wanted, at: expression.range, help: help)
        }
        return Symbol(name)
    }

    private func bounds(_ bound: ConstraintDeclaration.Bound, at range: SourceRange) throws -> ClosedRange<Int> {
        let interpreter = Interpreter(host: SilentHost())
        switch bound {
        case .atMost(let expression):
            return 0...(try whole(interpreter.evaluate(expression, in: environment), expression))
        case .within(let expression):
            let value = try interpreter.evaluate(expression, in: environment)
            guard case .range(let bounds) = value, bounds.step == 1 else { throw Fault.type("the limit", expected: "a range, such as 4..15", found: value, at: expression.range) }
            let (lower, upper) = (try whole(.number(bounds.lower), expression), try whole(.number(bounds.upper), expression))
            guard lower <= upper else { throw Fault.value("the range of this limit is empty", at: expression.range) }
            return lower...upper
        }
    }

    private func whole(_ value: Value, _ expression: Expression) throws -> Int {
        guard case .number(let number) = value else { throw Fault.type("a limit", expected: "a whole number", found: value, at: expression.range) }
        guard let whole = Int(exactly: number), whole >= 0, whole <= 100_000 else {
            throw Fault.number("a limit", expected: "a whole number from 0 to 100,000", found: number, at: expression.range)
        }
        return whole
    }

    /// What a constraint is about: a parameter, a function, `const`, `param` or a number.
    private func head(_ expression: Expression) throws -> Head {
        switch expression.kind {
        case .number(let number): return .number(number)
        case .name(let name):
            if declaration.parameters.contains(where: { $0.name == name }) { return .name(Symbol(name)) }
            if name == "const" || name == "param" { return Head(named: Symbol(name)) }
            if declaration.rules.contains(where: { $0.name == name }) {
                throw Fault.value("constraints read the printed program, in which the rule `\(name)` does not stand", at: expression.range)
            }
            if environment[name] != nil { return Head(named: Symbol(name)) }
            let known = declaration.parameters.map(\.name) + environment.names
            throw Fault.unknownName(name, at: expression.range, suggestion: suggestion(for: name, among: known))
        default: throw Fault.value("a constraint takes a name or a number here", at: expression.range)
        }
    }
}

/// For evaluating what needs no session: it writes nothing.
public final class SilentHost: Host {
    public init() {}
    public func write(_ text: String) {}
    public var isInterrupted: Bool { false }
    public func evaluate(_ term: FunctionTerm, _ columns: [[Double]], count: Int) throws -> [Double] {
        try (0..<count).map { row in try term.value(at: columns.map { $0.count == 1 ? $0[0] : $0[row] }) }
    }
    public func trial(of task: TaskValue, _ arguments: [Argument], _ interpreter: Interpreter, at range: SourceRange) throws -> Value {
        throw Fault.value("a task cannot be called here", at: range)
    }
    public func contains(_ grammar: GrammarValue, _ value: Value) throws -> Bool { try grammar.choices(of: value) != nil }
}
