import NaslExpr
import NaslSpace

/// Finds out what every rule of a grammar can draw, and where that cannot be used: a function, list, record or text as an operand, or as
/// the result of a grammar of tensors.
///
///     grammar A(x: Tensor) -> Tensor { E = x | relu | E + x }
///     // error[N0120]: `A` draws a Tensor, but this alternative is a function
///
/// What an alternative is follows from its form; what a rule draws is the union over its alternatives, a least fixed point. Whatever is
/// not certain (calls of layers, parameters of rules, fields) counts as fitting.
struct KindChecker {
    private let declaration: GrammarDeclaration
    let environment: Environment
    /// What each rule can draw, so far.
    var drawn: [String: Set<DrawnKind>] = [:]
    /// The alternative where a rule, or one that it leads to, draws something of a kind.
    var origins: [String: [DrawnKind: SourceRange]] = [:]
    var faults: [Fault] = []

    /// What the grammar draws; every misfit, each alternative blamed once.
    static func judgement(of declaration: GrammarDeclaration, _ environment: Environment) -> (kinds: Set<DrawnKind>, faults: [Fault]) {
        var checker = KindChecker(declaration: declaration, environment: environment)
        checker.findKinds()
        checker.faults = []
        checker.judgeResult()
        for rule in declaration.rules {
            for alternative in rule.alternatives { _ = checker.kinds(of: alternative.value, checker.scope(of: rule)) }
        }
        var blamed: Set<SourceRange> = []
        let faults = checker.faults.filter { fault in blamed.insert(fault.labels.last?.range ?? .none).inserted }
        return (declaration.rules.first.flatMap { checker.drawn[$0.name] } ?? [], faults)
    }

    private init(declaration: GrammarDeclaration, environment: Environment) {
        self.declaration = declaration
        self.environment = environment
        for rule in declaration.rules { drawn[rule.name] = [] }
    }

    private func scope(of rule: RuleDeclaration) -> [String: DrawnKind] {
        var scope: [String: DrawnKind] = [:]
        for parameter in declaration.parameters { scope[parameter.name] = KindChecker.isNumeric(parameter.type) ? .value : .open }
        for parameter in rule.parameters { scope[parameter.name] = .open }
        return scope
    }

    private mutating func findKinds() {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for rule in declaration.rules {
                let scope = scope(of: rule)
                for alternative in rule.alternatives {
                    for kind in kinds(of: alternative.value, scope) where drawn[rule.name]?.insert(kind).inserted == true {
                        hasChanged = true
                        origins[rule.name, default: [:]][kind] = origin(of: kind, in: alternative.value)
                    }
                }
            }
        }
    }

    /// A rule that is mentioned alone passes on what it draws.
    private func origin(of kind: DrawnKind, in alternative: Expression) -> SourceRange {
        if case .name(let name) = alternative.kind, let deeper = origins[name]?[kind] { return deeper }
        return alternative.range
    }

    private mutating func judgeResult() {
        guard let result = declaration.result, KindChecker.isNumeric(result), let start = declaration.rules.first else { return }
        for kind in DrawnKind.allCases where kind.isMisfit && drawn[start.name]?.contains(kind) == true {
            guard let place = origins[start.name]?[kind] else { continue }
            faults.append(.misfit("`\(declaration.name)` draws a \(result.text), but this alternative is \(kind.rawValue)", kind, labels: [(place, kind.rawValue)]))
        }
    }

    private static func isNumeric(_ type: TypeAnnotation?) -> Bool {
        if case .name(let name)? = type?.kind { name == "Tensor" || name == "Scalar" } else { false }
    }
}

extension Fault {
    static func misfit(_ title: String, _ kind: DrawnKind, labels: [(range: SourceRange, text: String)]) -> Fault {
        var fault = Fault("N0120", title)
        fault.labels = labels
        fault.help = switch kind {
        case .function: ["apply it, as in `relu(x)`, or let a rule of its own draw functions: `F(x)` with `F = relu | tanh`"]
        case .list: ["take an element, `list[0]`, or one that is drawn, `pick(list)`"]
        case .record: ["take a field, as in `r.lr`"]
        case .text, .value, .open: []
        }
        return fault
    }
}
