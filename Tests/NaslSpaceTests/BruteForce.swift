import NaslExpr
import NaslSpace

/// All derivations of a grammar by plain enumeration: pieces of programs grow round by round until nothing is new; whole programs are
/// printed first and measured afterwards. Shares nothing with the tables under test.
struct BruteForce {
    struct Piece: Hashable {
        let choices: [Int]
        let term: Expr
    }

    let grammar: Grammar
    /// Pieces of each rule so far.
    private var pieces: [Symbol: [Piece]] = [:]
    private let mostSize: Int
    private let mostDepth: Int

    /// nil where there are more than `most` pieces or no limit that ends the enumeration.
    init?(_ grammar: Grammar, most: Int) {
        self.grammar = grammar
        var size = Int.max, depth = Int.max
        for constraint in grammar.constraints {
            if case .size(let range, of: nil) = constraint.kind { size = min(size, range.upperBound) }
            if case .depth(let limit, of: nil) = constraint.kind { depth = min(depth, limit) }
        }
        guard size < Int.max || depth < Int.max else { return nil }
        (mostSize, mostDepth) = (size, depth)
        for _ in 0..<60 {
            var next: [Symbol: [Piece]] = [:]
            for rule in grammar.rules {
                var found: [Piece] = []
                for (index, alternative) in rule.alternatives.enumerated() {
                    guard let drawn = draw(alternative.template, most) else { return nil }
                    found += drawn.map { Piece(choices: [index] + $0.choices, term: $0.term) }
                }
                found.removeAll { !keeps($0.term, rule.name) }
                if found.count > most { return nil }
                next[rule.name] = found
            }
            if next == pieces { return }
            pieces = next
        }
        return nil
    }

    /// The start's programs before and after the constraints on the whole.
    var unconstrained: [Piece] { pieces[grammar.rules[0].name] ?? [] }
    var programs: [Piece] { unconstrained.filter { piece in grammar.constraints.allSatisfy { holds($0.kind, piece.term) } } }

    private func keeps(_ term: Expr, _ rule: Symbol) -> Bool {
        let root = term.nodes[term.root]
        // A drawn function, not yet applied.
        if root.kind == .lambda || (root.kind == .variable && Primitive.named(root.symbol.text) != nil) { return true }
        if term.size > mostSize || term.depth > mostDepth { return false }
        for constraint in grammar.constraints {
            switch constraint.kind {
            case .depth(let most, of: rule): if term.depth > most { return false }
            case .size(let range, of: rule): if !range.contains(term.size) { return false }
            case .count(let head, let range, of: rule): if !range.contains(occurrences(of: head, in: term)) { return false }
            default: break
            }
        }
        return true
    }

    /// Every way to fill the holes of a term, left to right.
    private func draw(_ term: Expr, _ most: Int) -> [Piece]? {
        let root = term.nodes[term.root]
        var lists: [[Piece]] = []
        for argument in term.arguments {
            guard let drawn = draw(argument, most) else { return nil }
            lists.append(drawn)
        }
        if root.kind == .hole {
            let own = pieces[root.symbol] ?? []
            if lists.isEmpty { return own }
            // The function is drawn first.
            return product([own] + lists, most) { terms in
                let function = terms[0], arguments = Array(terms.dropFirst())
                if function.nodes.count == 1, let primitive = Primitive.named(function.text) { return .apply(primitive, arguments) }
                let parameters = function.arguments.dropLast().map { $0.nodes[0].symbol }
                return FunctionTerm(parameters: parameters, body: function.arguments[parameters.count]).applied(to: arguments)
            }
        }
        return product(lists, most) { Expr(root, $0) }
    }

    private func product(_ lists: [[Piece]], _ most: Int, _ make: ([Expr]) -> Expr) -> [Piece]? {
        var partial: [(choices: [Int], terms: [Expr])] = [([], [])]
        for list in lists {
            if partial.count * list.count > 4 * most { return nil }
            partial = partial.flatMap { done in list.map { (done.choices + $0.choices, done.terms + [$0.term]) } }
        }
        return partial.map { Piece(choices: $0.choices, term: make($0.terms)) }
    }
}

/// Whether a printed program fulfils a constraint, by looking at it.
func holds(_ constraint: Constraint.Kind, _ term: Expr) -> Bool {
    switch constraint {
    case .depth(let most, of: nil): return term.depth <= most
    case .depth: return true
    case .size(let range, of: nil): return range.contains(term.size)
    case .size, .count(_, _, of: .some): return true
    case .forbid(let pattern):
        return !term.nodes.indices.contains { matches(pattern, term.subterm(at: $0)) }
    case .require(let head): return occurrences(of: head, in: term) >= 1
    case .count(let head, let range, of: nil): return range.contains(occurrences(of: head, in: term))
    case .forbidWithin(let inner, let outer):
        for position in term.nodes.indices {
            let children = term.children(of: position)
            // In a call the callee is the head and the arguments stand below it.
            let isCall = term.nodes[position].kind == .call
            guard isCall ? isHead(term, children[0], outer) : isHead(term, position, outer) else { continue }
            for child in children.dropFirst(isCall ? 1 : 0) where occurrences(of: inner, in: term.subterm(at: child)) > 0 { return false }
        }
        return true
    }
}

/// Whether a term has the form of a pattern; equal names stand for equal terms.
private func matches(_ pattern: Expr, _ term: Expr) -> Bool {
    var found: [Symbol: Expr] = [:]
    func fits(_ pattern: Expr, _ term: Expr) -> Bool {
        let wanted = pattern.nodes[pattern.root], root = term.nodes[term.root]
        if wanted.kind == .hole {
            if wanted.symbol == "_" { return true }
            if let earlier = found[wanted.symbol] { return earlier == term }
            found[wanted.symbol] = term
            return true
        }
        guard wanted.kind == root.kind, wanted.opcode == root.opcode, wanted.symbol == root.symbol, wanted.arity == root.arity, wanted.value == root.value else { return false }
        return zip(pattern.arguments, term.arguments).allSatisfy(fits)
    }
    return fits(pattern, term)
}

private func occurrences(of head: Head, in term: Expr) -> Int { term.nodes.indices.reduce(0) { $0 + (isHead(term, $1, head) ? 1 : 0) } }

/// Bound names of the random grammars (`v`, `u`, `e`, ...) are never heads of their constraints.
private func isHead(_ term: Expr, _ position: Int, _ head: Head) -> Bool {
    let node = term.nodes[position]
    return switch head {
    case .primitive(let primitive): node.kind == .primitive && node.primitive == primitive
    case .name(let name): node.kind == .variable && node.symbol == name
    case .constant: node.kind == .fitted
    case .parameter: node.kind == .parameter
    case .number(let value): node.kind == .number && node.value == value
    }
}

/// The term with bound names by order of binding, so that programs which differ only in those are equal.
func canonical(_ term: Expr) -> Expr {
    var count = 0
    func walk(_ term: Expr, _ names: [Symbol: Symbol]) -> Expr {
        let node = term.nodes[term.root], parts = term.arguments
        switch node.kind {
        case .variable: return .variable(names[node.symbol] ?? node.symbol)
        case .binding:
            let value = walk(parts[0], names)
            count += 1
            let name = Symbol("bound\(count)")
            var inner = names
            inner[node.symbol] = name
            return .binding(name, value, in: walk(parts[1], inner))
        default: return parts.isEmpty ? term : Expr(node, parts.map { walk($0, names) })
        }
    }
    return walk(term, [:])
}

/// The term with the arguments of commutative operators in one order.
func swapped(_ term: Expr) -> Expr {
    let root = term.nodes[term.root]
    let parts = term.arguments.map(swapped)
    if parts.isEmpty { return term }
    guard root.kind == .primitive, Primitive.commutative.contains(root.primitive) else { return Expr(root, parts) }
    return Expr(root, parts.sorted { $0.text < $1.text })
}
