import NaslExpr

/// A rule as it stands at some mentions: the rule itself, or a function-valued rule together with what it is applied to there.
///
/// `Unary(Operand)` with `Unary = id | neg | v -> v^3` is a nonterminal of its own whose alternatives are `id(Operand)`, `-Operand`
/// and `Operand^3`. The site of its choices stays the rule, so a controller has one head for `Unary`.
struct Nonterminal {
    let rule: Int
    /// One template for each alternative of the rule.
    var templates: [Template] = []
    /// Names that its arguments mention and that some `let` further out binds.
    let outerNames: Set<Symbol>
}

/// Every nonterminal that the start reaches.
struct Nonterminals {
    let grammar: Grammar
    private(set) var all: [Nonterminal] = []
    private(set) var issues: [GrammarIssue] = []
    private var ids: [Key: Int] = [:]
    private let rules: [Symbol: Int]
    /// The grammar's templates, by rule and alternative.
    private let written: [[Template]]
    /// Names that mean something outside the programs: parameters of the grammar, functions.
    let outside: Set<Symbol>

    private struct Key: Hashable {
        let rule: Int
        let arguments: [Template]
    }

    /// Needs a grammar whose rules have been checked by ``Nonterminals/checkRules(of:)``.
    init(_ grammar: Grammar) {
        self.grammar = grammar
        let ruleIDs = Dictionary(grammar.rules.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        rules = ruleIDs
        let plain = grammar.rules.map { $0.alternatives.map { Template($0.template) } }
        var outside = Set(grammar.parameters.map(\.name))
        for (rule, templates) in zip(grammar.rules, plain) {
            for template in templates { outside.formUnion(template.freeNames.subtracting(rule.parameters)) }
        }
        self.outside = outside
        written = plain.map { $0.map { $0.clear(of: outside).reduced(reserved: outside) } }
        guard !grammar.rules.isEmpty else { return }
        nodesWritten = grammar.rules.reduce(0) { $1.alternatives.reduce($0) { $0 + $1.template.nodes.count } }
        _ = nonterminal(for: 0, [], at: 0, 0)
        var next = 0
        while next < all.count, issues.isEmpty {
            expand(next)
            next += 1
        }
    }

    /// The nonterminal that a hole of a template draws.
    func nonterminal(of hole: Template) -> Int { ids[Nonterminals.key(rules[hole.symbol] ?? 0, hole.children)] ?? 0 }

    /// The rule a hole mentions.
    func rule(of hole: Template) -> Int { rules[hole.symbol] ?? 0 }

    private var arguments: [[Template]] = []
    private var nodesWritten = 0
    /// More than any grammar that settles, less than what hurts: nonterminals, and nodes of an argument beyond what was written.
    private static let most = (nonterminals: 4_000, nodes: 300)

    private static func key(_ rule: Int, _ arguments: [Template]) -> Key {
        Key(rule: rule, arguments: arguments.map { argument in
            var argument = argument
            argument.compactNumbers()
            return argument
        })
    }

    private mutating func nonterminal(for rule: Int, _ given: [Template], at from: Int, _ alternative: Int) -> Int {
        let key = Nonterminals.key(rule, given)
        if let id = ids[key] { return id }
        if all.count >= Nonterminals.most.nonterminals || given.contains(where: { $0.term.nodes.count > nodesWritten + Nonterminals.most.nodes }) {
            let name = grammar.rules[rule].name
            issues.append(GrammarIssue(
                .growingArguments, "the arguments of `\(name)` grow at every mention",
                labels: [(grammar.rules[from].alternatives[alternative].range, "applies `\(name)` to more each time")],
                help: "let `\(name)` be applied to a draw, as in `\(name)(\(grammar.rules[0].name))`"))
            return 0
        }
        ids[key] = all.count
        let free = key.arguments.reduce(into: Set<Symbol>()) { $0.formUnion($1.freeNames) }
        all.append(Nonterminal(rule: rule, outerNames: free.subtracting(outside)))
        arguments.append(key.arguments)
        return all.count - 1
    }

    /// Fills in the templates of a nonterminal and finds what they draw.
    private mutating func expand(_ id: Int) {
        let rule = all[id].rule
        for index in grammar.rules[rule].alternatives.indices {
            guard let template = template(rule, index, arguments[id]) else { return }
            all[id].templates.append(template)
            for hole in template.holes {
                _ = nonterminal(for: self.rule(of: hole), hole.children, at: rule, index)
                if !issues.isEmpty { return }
            }
        }
    }

    /// The template of one alternative, applied to the arguments of its mention.
    private mutating func template(_ ruleID: Int, _ index: Int, _ given: [Template]) -> Template? {
        let rule = grammar.rules[ruleID]
        let template = written[ruleID][index]
        let range = rule.alternatives[index].range
        if !rule.parameters.isEmpty {
            guard given.count == rule.parameters.count else {
                issues.append(GrammarIssue(
                    .ruleArguments,
                    "`\(rule.name)` takes \(counted(rule.parameters.count, "argument")), but is mentioned with \(given.isEmpty ? "none" : String(given.count))",
                    labels: [(rule.range, "takes \(rule.parameters.map(\.text).joined(separator: ", "))")]))
                return nil
            }
            for (name, argument) in zip(rule.parameters, given) where argument.draws && template.occurrences(of: name) == 0 {
                issues.append(GrammarIssue(
                    .unusedParameter, "this alternative of `\(rule.name)` does not use `\(name)`",
                    labels: [(range, "what is drawn for `\(name)` would be lost")]))
                return nil
            }
            return template.applied(rule.parameters, to: given, reserved: outside)
        }
        return given.isEmpty ? template : apply(template, given, of: rule, at: range)
    }

    private mutating func apply(_ function: Template, _ given: [Template], of rule: Rule, at range: SourceRange) -> Template? {
        switch function.kind {
        case .hole where function.children.isEmpty:
            var mention = Template(function.node, given)
            mention.draw = 0
            return mention
        case .lambda:
            let given = unlabelled(given)
            let parameters = function.children.dropLast().map(\.symbol)
            let body = function.children[parameters.count]
            guard parameters.count == given.count else {
                issues.append(arity(function, parameters.count, given, rule, range))
                return nil
            }
            if let unused = parameters.first(where: { body.occurrences(of: $0) == 0 }) {
                issues.append(GrammarIssue(
                    .unusedParameter, "this function of `\(rule.name)` does not use `\(unused)`",
                    labels: [(range, "`\(unused)` never occurs")],
                    help: "what is drawn for it would be lost; `left(a, b)` takes the first of two and keeps the second in the program"))
                return nil
            }
            return body.applied(parameters, to: given, reserved: outside)
        case .variable:
            // A parameter of the grammar may be a function, whatever its name.
            guard let primitive = Primitive.named(function.symbol.text), !grammar.parameters.contains(where: { $0.name == function.symbol }) else {
                return call(function, given)
            }
            let given = unlabelled(given)
            guard primitive.arity == given.count else {
                issues.append(arity(function, primitive.arity, given, rule, range))
                return nil
            }
            var node = Expr.Node(.primitive)
            node.opcode = primitive.opcode
            return ordered(Template(node, given), after: 0)
        case .call, .field, .index, .compose, .binding: return call(function, given)
        case .number, .primitive, .fitted, .parameter, .text, .list, .record, .labelled, .hole:
            issues.append(GrammarIssue(
                .notFunction, "`\(rule.name)` is applied to arguments, but `\(function.term)` is no function",
                labels: [(range, "no function")], help: "name a function, or write one: `v -> \(function.term)`"))
            return nil
        }
    }

    private func call(_ function: Template, _ given: [Template]) -> Template {
        var callee = function
        callee.compactNumbers()
        var result = ordered(Template(Expr.Node(.call), given), after: callee.holes.count)
        result.children.insert(callee, at: 0)
        return result
    }

    /// Children drawn one after the other, from number `start` on.
    private func ordered(_ template: Template, after start: Int) -> Template {
        var result = template, next = start
        for slot in result.children.indices {
            let first = next
            next += result.children[slot].holes.count
            result.children[slot].compactNumbers()
            result.children[slot].renumber { $0 + first }
        }
        return result
    }

    /// Functions and primitives take their arguments by position.
    private func unlabelled(_ given: [Template]) -> [Template] { given.map { $0.kind == .labelled ? $0.children[0] : $0 } }

    private func arity(_ function: Template, _ takes: Int, _ given: [Template], _ rule: Rule, _ range: SourceRange) -> GrammarIssue {
        GrammarIssue(
            .arity, "`\(function.term)` takes \(counted(takes, "argument")), but `\(rule.name)` is applied to \(given.count)",
            labels: [(range, "takes \(counted(takes, "argument"))")])
    }
}

func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
