import NaslExpr

/// A grammar's template as a tree, which is easier to rewrite than the flat ``Expr``.
///
/// Templates are as deep as a user's source line is nested, so plain recursion serves; programs, which may be deep, never pass here.
struct Template: Hashable {
    /// Kind, symbol, opcode and value; `arity` and `length` are not kept.
    var node: Expr.Node
    /// A `let` made by applying a function to a draw: it vanishes where the draw turns out to be a single name or number.
    var dissolves = false
    /// For a hole: when it is drawn, counted among the holes of its template.
    var draw = 0
    var children: [Template] = []

    init(_ node: Expr.Node, _ children: [Template] = []) {
        self.node = node
        self.node.arity = 0
        self.node.length = 1
        self.children = children
    }

    init(_ term: Expr) {
        self = Template(term, term.root)
        number()
    }

    private init(_ term: Expr, _ position: Int) {
        self.init(term.nodes[position], term.children(of: position).map { Template(term, $0) })
        // `Unary(x)` may be spelt as a call of a mention; both mean the rule applied.
        if kind == .call, children[0].kind == .hole, children[0].children.isEmpty, children.dropFirst().allSatisfy({ $0.kind != .labelled }) {
            self = Template(children[0].node, Array(children.dropFirst()))
        }
    }

    static func variable(_ name: Symbol) -> Template {
        var node = Expr.Node(.variable)
        node.symbol = name
        return Template(node)
    }

    var kind: Expr.Kind { node.kind }
    var symbol: Symbol { node.symbol }
    var isAtom: Bool { kind == .variable || kind == .number }

    var term: Expr { Expr(node, children.map(\.term)) }

    /// The names a `let` or function binds, and the child they are bound in.
    var bound: (names: [Symbol], scope: Int)? {
        switch kind {
        case .binding: ([symbol], 1)
        case .lambda: (children.dropLast().map(\.symbol), children.count - 1)
        default: nil
        }
    }

    /// Whether any rule is mentioned, also inside the arguments of a mention.
    var draws: Bool { kind == .hole || children.contains(where: \.draws) }

    /// Every mention of a rule, also inside the arguments of a mention.
    func forEachMention(_ body: (Template) -> Void) {
        if kind == .hole { body(self) }
        for child in children { child.forEachMention(body) }
    }
}

/// Drawing order: reading order, except that a function is drawn before its arguments wherever they are printed.
extension Template {
    /// The holes that are drawn for this template itself, not for the arguments of another hole.
    var holes: [Template] {
        if kind == .hole { return [self] }
        return children.flatMap(\.holes)
    }

    /// Numbers the holes in reading order.
    mutating func number() {
        var next = 0
        renumber { _ in
            next += 1
            return next - 1
        }
    }

    /// Numbers the holes 0, 1, ... in the order of their present numbers.
    mutating func compactNumbers() {
        let order = holes.map(\.draw).sorted()
        renumber { draw in order.firstIndex(of: draw) ?? 0 }
    }

    mutating func renumber(_ new: (Int) -> Int) {
        if kind == .hole {
            draw = new(draw)
        } else {
            for child in children.indices { children[child].renumber(new) }
        }
    }
}
