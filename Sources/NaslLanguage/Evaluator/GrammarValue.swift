import BigInt
import NaslExpr
import NaslSpace

/// A grammar as the language holds it: the space it compiles to, and how its programs become values.
public final class GrammarValue: Sendable {
    public let name: String
    public let documentation: String?
    public let grammar: Grammar
    public let space: Space
    /// What was noticed at its definition and is no mistake.
    public let warnings: [Diagnostic]
    /// What its rules can draw.
    let kinds: Set<DrawnKind>
    /// What its names mean.
    let environment: Environment
    /// The grammars that the fields of its records are drawn from, where it was made of several; else empty.
    let parts: [(name: String, grammar: GrammarValue)]

    public init(_ declaration: GrammarDeclaration, in environment: Environment, isGivenUp: @escaping @Sendable () -> Bool = { false }) throws {
        name = declaration.name
        self.environment = environment
        parts = []
        documentation = declaration.documentation
        grammar = try GrammarBuilder(declaration, environment).grammar()
        let (kinds, misfits) = KindChecker.judgement(of: declaration, environment)
        if let misfit = misfits.first { throw misfit }
        self.kinds = kinds
        space = try GrammarValue.compiled(grammar, isGivenUp)
        warnings = space.warnings.map(\.diagnostic)
    }

    /// The records with one program of each grammar, which a task with several parameters searches.
    init(_ name: String, records parts: [(name: String, grammar: GrammarValue)], in environment: Environment, isGivenUp: @escaping @Sendable () -> Bool) throws {
        self.name = name
        self.environment = environment
        self.parts = parts
        documentation = nil
        warnings = []
        kinds = [.record]
        grammar = Grammar.record(Symbol(name), parts.map { (Symbol($0.name), $0.grammar.grammar) })
        space = try GrammarValue.compiled(grammar, isGivenUp)
    }

    private init(_ other: GrammarValue, _ grammar: Grammar) throws {
        name = other.name
        environment = other.environment
        parts = other.parts
        documentation = other.documentation
        kinds = other.kinds
        self.grammar = grammar
        space = try GrammarValue.compiled(grammar, other.space.isGivenUp)
        warnings = []
    }

    private static func compiled(_ grammar: Grammar, _ isGivenUp: @escaping @Sendable () -> Bool) throws -> Space {
        do {
            return try Space(grammar, isGivenUp: isGivenUp)
        } catch {
            throw error.issues.isEmpty ? Fault.interrupted : Fault(judgement: error)
        }
    }

    /// The grammar with another limit on the depth of its programs in place of its own.
    public func limited(toDepth depth: Int) throws -> GrammarValue {
        var grammar = grammar
        grammar.constraints.removeAll { if case .depth(_, of: nil) = $0.kind { $0.scope == 0 } else { false } }
        grammar.constraints.append(Constraint(.depth(atMost: depth), range: grammar.range))
        return try GrammarValue(self, grammar)
    }

    /// What is worth knowing and may be meant: alternatives that derive the same program, arguments outside of a domain.
    public var notes: [Diagnostic] { (space.overlaps + space.domainNotes).map(\.diagnostic) }

    /// `Activation: (Tensor) -> Tensor, 781 programs (469 up to swaps), 13 alternatives`.
    public var summary: String {
        let alternatives = grammar.rules.reduce(0) { $0 + $1.alternatives.count }
        let types = grammar.parameters.isEmpty ? "" : "(\(grammar.parameters.map { $0.type.isEmpty ? $0.name.text : $0.type }.joined(separator: ", "))) -> "
        let result = grammar.resultType.isEmpty ? (grammar.parameters.isEmpty ? "values" : "value") : grammar.resultType
        let size = switch space.count() {
        case .finite(let count): "\(sizeText(count)) program\(count == 1 ? "" : "s")\(upToSwaps(count))"
        case .huge: "more than 10^300000 programs"
        case .infinite: "infinitely many programs"
        }
        return "\(name): \(types)\(result), \(size), \(alternatives) alternatives"
    }

    /// ` (469 up to swaps)`, where that is found quickly and is fewer.
    private func upToSwaps(_ count: BigInt) -> String {
        guard case .finite(let classes)? = space.countPrinted(upToSwapsOf: Primitive.commutative, mostClasses: 200), classes < count else { return "" }
        return " (\(sizeText(classes)) up to swaps)"
    }

    /// A drawn program as a value: a function if the grammar has parameters, else what it says.
    public func value(of sample: Sample) -> Value {
        value(choices: sample.choices, program: sample.program, logProbability: sample.logProbability)
    }

    public func value(choices: [Int], program: Expr, logProbability: Double) -> Value {
        if !parts.isEmpty, let record = self.record(of: choices) { return record }
        if grammar.parameters.isEmpty, let plain = plainValue(program) { return plain }
        let term = FunctionTerm(parameters: grammar.parameters.map(\.name), body: program)
        let record = DerivationRecord(grammar: self, choices: choices, logProbability: logProbability)
        return .function(Function(.term(term, derivation: record)))
    }

    /// A program without parameters as what it says: fast where it is made of numbers, else as if it were typed in where the grammar was.
    private func plainValue(_ program: Expr) -> Value? {
        if let plain = Value(plain: program) { return plain }
        let (parsed, mistakes) = Parser.parse(SourceFile(id: -1, name: name, text: program.text))
        guard mistakes.isEmpty, parsed.count == 1, case .expression(let expression) = parsed[0].kind else { return nil }
        return try? Interpreter(host: SilentHost()).evaluate(expression, in: environment)
    }
}

extension Value {
    /// A program that draws plain values, as the value: numbers, texts, lists and records of them; other numbers are computed.
    init?(plain program: Expr) {
        let root = program.nodes[program.root]
        switch root.kind {
        case .number: self = .number(root.value)
        case .text: self = .text(root.symbol.text)
        case .list:
            var values: [Value] = []
            for element in program.arguments {
                guard let value = Value(plain: element) else { return nil }
                values.append(value)
            }
            self = .list(values)
        case .record:
            var fields: [(name: String, value: Value)] = []
            for element in program.arguments {
                guard let inner = element.arguments.first, let value = Value(plain: inner) else { return nil }
                fields.append((element.nodes[element.root].symbol.text, value))
            }
            self = .record(Record(fields))
        default:
            guard let number = try? FunctionTerm(parameters: [], body: program).value(at: []) else { return nil }
            self = .number(number)
        }
    }

    /// The value as a term, where it is a plain one.
    var plainTerm: Expr? {
        switch self {
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .list(let values):
            let terms = values.compactMap(\.plainTerm)
            return terms.count == values.count ? .list(terms) : nil
        case .record(let record):
            let terms = record.fields.compactMap { field in field.value.plainTerm.map { Expr.labelled(Symbol(field.name), $0) } }
            return terms.count == record.fields.count ? .record(terms) : nil
        default: return nil
        }
    }
}

/// `96,000,802`; beyond 24 digits `1.34e1618`.
public func sizeText(_ count: BigInt) -> String {
    let digits = count.description
    if digits.count > 24 { return "\(digits.prefix(1)).\(digits.dropFirst().prefix(2))e\(digits.count - 1)" }
    var groups: [Substring] = []
    var rest = digits[...]
    while rest.count > 3 {
        groups.append(rest.suffix(3))
        rest = rest.dropLast(3)
    }
    groups.append(rest)
    return groups.reversed().joined(separator: ",")
}

extension Fault {
    /// What the space judged: the first issue, the others' titles as further help.
    init(judgement error: GrammarError) {
        let mistakes = error.issues.filter { !$0.isWarning }
        let first = mistakes.first
        self.init(first?.code ?? "N0317", first?.title ?? "the grammar cannot be used", help: first?.help.map { [$0] } ?? [])
        labels = first?.labels.map { ($0.range, $0.text) } ?? []
        for other in mistakes.dropFirst() { help.append("also: \(other.title)") }
    }
}

extension GrammarIssue {
    var diagnostic: Diagnostic {
        Diagnostic(code: code, severity: isNote ? .note : isWarning ? .warning : .error, title: title, labels: labels, help: help.map { [$0] } ?? [])
    }
}
