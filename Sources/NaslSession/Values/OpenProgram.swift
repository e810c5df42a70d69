import NaslExpr
import NaslSpace

/// The program that some choices begin, with a hole for each draw that is still open: `max(x, <E>)`. The next draw stands in `< >`.
struct OpenProgram {
    private let rules: [Rule]
    private var choices: ArraySlice<Int>
    private var isNextMarked = false
    private(set) var expr: Expr

    init(_ grammar: Grammar, _ choices: [Int]) {
        rules = grammar.rules
        self.choices = choices[...]
        expr = .hole(grammar.rules[0].name)
        expr = filled(expr)
    }

    /// Draws come in reading order, a function before its arguments.
    private mutating func filled(_ term: Expr) -> Expr {
        let root = term.nodes[term.root]
        guard root.kind == .hole else {
            if root.arity == 0 { return term }
            var children: [Expr] = []
            for child in term.arguments { children.append(filled(child)) }
            return joined(root, children)
        }
        guard let choice = choices.first, let rule = rules.first(where: { $0.name == root.symbol }), rule.alternatives.indices.contains(choice) else {
            // The first open draw is the one to be chosen next.
            let name = isNextMarked ? root.symbol : Symbol("<\(root.symbol)>")
            isNextMarked = true
            return .hole(name, term.arguments)
        }
        choices = choices.dropFirst()
        let drawn = filled(rule.alternatives[choice].template)
        var arguments: [Expr] = []
        for argument in term.arguments { arguments.append(filled(argument)) }
        return arguments.isEmpty ? drawn : applied(drawn, arguments)
    }

    private func joined(_ root: Expr.Node, _ children: [Expr]) -> Expr {
        var nodes = children.flatMap(\.nodes)
        var node = root
        node.length = Int32(nodes.count + 1)
        nodes.append(node)
        return Expr(nodes: nodes)
    }

    /// A drawn function with its arguments: a name before brackets, a lambda's body.
    private func applied(_ function: Expr, _ arguments: [Expr]) -> Expr {
        let root = function.nodes[function.root]
        switch root.kind {
        case .lambda:
            let parts = function.arguments
            return FunctionTerm(parameters: parts.dropLast().map { $0.nodes[0].symbol }, body: parts[parts.count - 1]).applied(to: arguments)
        case .hole: return .hole(root.symbol, arguments)
        case .variable:
            if let primitive = Primitive.named(root.symbol.text), primitive.arity == arguments.count { return .apply(primitive, arguments) }
            return .call(function, arguments)
        default: return .call(function, arguments)
        }
    }
}
