import NaslExpr

/// What a hole of a template draws: a rule as it stands at some mentions, or one of the draws that are no rule.
///
/// `Unary(Operand)` with `Unary = id | neg | v -> v^3` is a nonterminal of its own whose alternatives are `id(Operand)`, `-Operand`
/// and `Operand^3`. The site of its choices stays the rule, so a controller has one head for `Unary`.
struct Nonterminal: Sendable {
    enum Kind: Hashable, Sendable {
        /// A rule and what it is applied to.
        case rule(Int, [Template])
        /// An alternative whose first drawn length is still to be chosen.
        case length(Template)
        /// `int`, `real`, `log_real`, `pick`, or what remains of a `subset`.
        case draw(Template)
    }

    let kind: Kind
    /// The rule itself, or the rule in whose alternative it stands.
    let rule: Int
    /// The place of that alternative.
    let range: SourceRange
    /// Where its choices are made, an index into the sites.
    let site: Int
    /// One template for each alternative; nil where it cannot be taken here, whatever else is drawn.
    var templates: [Template?] = []
    /// What the alternatives are called, where it is no rule.
    var labels: [String] = []
    /// What a `real` may be.
    var numbers: RealRange?
    /// Names that its arguments mention and that some `let` further out binds.
    let outerNames: Set<Symbol>

    var isRule: Bool { if case .rule = kind { true } else { false } }
}

/// Every nonterminal that the start reaches.
struct Nonterminals: Sendable {
    let grammar: Grammar
    private(set) var all: [Nonterminal] = []
    private(set) var issues: [GrammarIssue] = []
    /// Where choices are made: the rules first, then the draws that are none, in the order in which they are written.
    private(set) var sites: [Site]
    private var ids: [Nonterminal.Kind: Int] = [:]
    private let rules: [Symbol: Int]
    /// The grammar's templates, by rule and alternative.
    private let written: [[Template]]
    /// Names that mean something outside the programs: parameters of the grammar, functions.
    let outside: Set<Symbol>

    /// Needs a grammar whose rules have been checked.
    init(_ grammar: Grammar) {
        self.grammar = grammar
        let ruleIDs = Dictionary(grammar.rules.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        rules = ruleIDs
        var numbering = SiteNumbering(grammar)
        let plain = grammar.rules.map { $0.alternatives.map { numbering.numbered(Template($0.template)) } }
        sites = numbering.sites
        var outside = Set(grammar.parameters.map(\.name))
        for (rule, templates) in zip(grammar.rules, plain) {
            for template in templates { outside.formUnion(template.freeNames.subtracting(rule.parameters)) }
        }
        self.outside = outside
        written = plain.map { $0.map { $0.clear(of: outside).reduced(reserved: outside) } }
        guard !grammar.rules.isEmpty else { return }
        nodesWritten = grammar.rules.reduce(0) { $1.alternatives.reduce($0) { $0 + $1.template.nodes.count } }
        _ = nonterminal(for: .rule(0, []), in: 0, at: grammar.rules[0].range)
        var next = 0
        while next < all.count, issues.isEmpty {
            expand(next)
            next += 1
        }
    }

    /// The nonterminal that a hole of a template draws.
    func nonterminal(of hole: Template) -> Int { ids[kind(of: hole)] ?? 0 }

    private var nodesWritten = 0
    /// More than any grammar that settles, less than what hurts: nonterminals, and nodes of an argument beyond what was written.
    private static let most = (nonterminals: 20_000, nodes: 300)

    private static let length = Symbol("length of a list")

    private func kind(of hole: Template) -> Nonterminal.Kind {
        if hole.symbol == Nonterminals.length { return .length(hole.children[0]) }
        if hole.drawn != nil {
            var hole = hole
            hole.draw = 0
            return .draw(hole)
        }
        return .rule(rules[hole.symbol] ?? 0, hole.children.map { argument in
            var argument = argument
            argument.compactNumbers()
            return argument
        })
    }

    private mutating func nonterminal(for kind: Nonterminal.Kind, in rule: Int, at range: SourceRange) -> Int {
        if let id = ids[kind] { return id }
        let arguments: [Template], owner: Int, site: Int
        switch kind {
        case .rule(let id, let given): (arguments, owner, site) = (given, id, id)
        case .length(let template): (arguments, owner, site) = ([template], rule, self.site(ofLengthIn: template))
        case .draw(let hole): (arguments, owner, site) = ([hole], rule, hole.site)
        }
        if all.count >= Nonterminals.most.nonterminals || arguments.contains(where: { $0.nodeCount > nodesWritten + Nonterminals.most.nodes }) {
            let name = grammar.rules[owner].name
            issues.append(GrammarIssue(
                .growingArguments, "the arguments of `\(name)` grow at every mention",
                labels: [(range, "applies `\(name)` to more each time")],
                help: "let `\(name)` be applied to a draw, as in `\(name)(\(grammar.rules[0].name))`"))
            return 0
        }
        ids[kind] = all.count
        let free = arguments.reduce(into: Set<Symbol>()) { $0.formUnion($1.freeNames) }
        all.append(Nonterminal(kind: kind, rule: owner, range: range, site: site, outerNames: free.subtracting(outside)))
        return all.count - 1
    }

    /// Fills in the templates of a nonterminal and finds what they draw.
    private mutating func expand(_ id: Int) {
        let rule = all[id].rule
        switch all[id].kind {
        case .rule(_, let arguments):
            for index in grammar.rules[rule].alternatives.indices {
                guard let template = template(rule, index, arguments) else { return }
                let range = grammar.rules[rule].alternatives[index].range
                add(template, to: id, at: range)
                if !issues.isEmpty { return }
            }
        case .length(let template):
            guard let lengths = lengths(template, at: all[id].range) else { return }
            all[id].labels = lengths.map(String.init)
            for length in lengths {
                add(template.settingFirstLength(length), to: id, at: all[id].range)
                if !issues.isEmpty { return }
            }
        case .draw(let hole): expand(hole, id)
        }
        if all[id].labels.count > sites[all[id].site].alternatives.count { sites[all[id].site].widen(all[id].labels) }
    }

    /// Takes up a template as the next alternative, once all that is known of it has been worked out.
    private mutating func add(_ template: Template, to id: Int, at range: SourceRange) {
        do {
            var result = try Elaboration(reserved: outside).elaborated(template)
            if result.firstDrawnLength != nil {
                var node = Expr.Node(.hole)
                node.symbol = Nonterminals.length
                result = Template(node, [result])
            } else if let unknown = result.unknownList {
                issues.append(GrammarIssue(
                    .unknownList, "`\(unknown.symbol)` takes a list whose elements are known here", labels: [(range, "`\(unknown.list.term)` is no such list")],
                    help: "write the elements, as in `\(unknown.symbol)([a, b])`, or name what a chain or `Rule{3}` gives"))
                return
            }
            all[id].templates.append(result)
            for hole in result.holes {
                _ = nonterminal(for: kind(of: hole), in: all[id].rule, at: range)
                if !issues.isEmpty { return }
            }
        } catch Elaboration.Failure.wrong(let title, let label, let help) {
            issues.append(GrammarIssue(.unknownList, title, labels: [(range, label)], help: help))
        } catch {
            all[id].templates.append(nil)
        }
    }

    /// The alternatives of a draw that is no rule.
    private mutating func expand(_ hole: Template, _ id: Int) {
        switch hole.drawn {
        case .int:
            guard let (low, high) = hole.ends, let first = Int(exactly: low), let last = Int(exactly: high), first <= last else { return }
            all[id].templates = (first...last).map { .number(Double($0)) }
            all[id].labels = (first...last).map(String.init)
        case .real, .logReal:
            guard let (low, high) = hole.ends else { return }
            let numbers = RealRange(lowest: low, highest: high, isLogarithmic: hole.drawn == .logReal)
            all[id].numbers = numbers
            all[id].templates = [.number(numbers.number(at: 0.5))]
        case .pick:
            all[id].templates = hole.children[0].children.map(Optional.init)
            all[id].labels = hole.children[0].children.map(\.term.text)
        case .subset: expandSubset(hole, id)
        case .chain, .repeated, nil: break
        }
    }

    /// One element after the other is left or taken, at least one taken. The second child counts: twice the element, and one once one is taken.
    private mutating func expandSubset(_ hole: Template, _ id: Int) {
        let elements = hole.children[0].children, state = Int(hole.children[1].literal ?? 0)
        let position = state / 2, hasTaken = state % 2 == 1
        func stretch(_ parts: [Template]) -> Template {
            var stretch = Template.list(parts)
            stretch.isStretch = true
            return stretch
        }
        func rest(_ hasTaken: Bool) -> Template {
            var rest = hole
            rest.draw = 0
            rest.children[1] = .number(Double(2 * (position + 1) + (hasTaken ? 1 : 0)))
            return rest
        }
        let isLast = position + 1 == elements.count
        all[id].templates = [
            isLast ? (hasTaken ? stretch([]) : nil) : rest(hasTaken),
            stretch(isLast ? [elements[position]] : [elements[position], rest(true)]),
        ]
        all[id].labels = ["without \(elements[position].term)", "with \(elements[position].term)"]
        if !isLast {
            for hasTaken in [hasTaken, true] { _ = nonterminal(for: kind(of: rest(hasTaken)), in: all[id].rule, at: all[id].range) }
        }
    }

    /// The lengths that the first drawn length of a template may have.
    private mutating func lengths(_ template: Template, at range: SourceRange) -> [Int]? {
        guard let hole = template.firstDrawnLength else { return nil }
        if hole.drawn == .repeated || hole.children[1].drawn == .int {
            guard let (low, high) = (hole.drawn == .repeated ? hole : hole.children[1]).ends, let least = Int(exactly: low), let most = Int(exactly: high) else { return nil }
            return least <= most ? Array(least...most) : nil
        }
        if hole.children[1].kind == .hole, let rule = rules[hole.children[1].symbol] {
            let lengths = grammar.rules[rule].alternatives.compactMap { Template($0.template).literal.flatMap { Int(exactly: $0) } }
            if lengths.count == grammar.rules[rule].alternatives.count, lengths.allSatisfy({ (0...1_000).contains($0) }) { return lengths }
        }
        issues.append(GrammarIssue(
            .unknownList, "the length of a chain is a whole number", labels: [(range, "found `\(hole.children[1].term)`")],
            help: "write a number, `int(1..3)`, or a rule of whole numbers"))
        return nil
    }

    private func site(ofLengthIn template: Template) -> Int {
        guard let hole = template.firstDrawnLength else { return 0 }
        if hole.drawn == .repeated { return hole.site }
        return hole.children[1].site >= 0 ? hole.children[1].site : rules[hole.children[1].symbol] ?? 0
    }

    /// The template of one alternative, applied to the arguments of its mention.
    private mutating func template(_ ruleID: Int, _ index: Int, _ given: [Template]) -> Template? {
        let rule = grammar.rules[ruleID]
        let template = written[ruleID][index]
        let range = rule.alternatives[index].range
        if !rule.parameters.isEmpty {
            guard given.count >= rule.parameters.count else {
                issues.append(GrammarIssue(
                    .ruleArguments,
                    "`\(rule.name)` takes \(counted(rule.parameters.count, "argument")), but is mentioned with \(given.isEmpty ? "none" : String(given.count))",
                    labels: [(rule.range, "takes \(rule.parameters.map(\.text).joined(separator: ", "))")]))
                return nil
            }
            let (given, further) = (Array(given.prefix(rule.parameters.count)), Array(given.dropFirst(rule.parameters.count)))
            for (name, argument) in zip(rule.parameters, given) where argument.draws && template.occurrences(of: name) == 0 {
                issues.append(GrammarIssue(
                    .unusedParameter, "this alternative of `\(rule.name)` does not use `\(name)`",
                    labels: [(range, "what is drawn for `\(name)` would be lost")]))
                return nil
            }
            let result = template.applied(rule.parameters, to: given, reserved: outside)
            return further.isEmpty ? result : apply(result, further, of: rule, at: range)
        }
        return given.isEmpty ? template : apply(template, given, of: rule, at: range)
    }

    private mutating func apply(_ function: Template, _ given: [Template], of rule: Rule, at range: SourceRange) -> Template? {
        switch function.kind {
        case .hole where function.drawn == nil:
            var mention = function
            mention.children += given
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
