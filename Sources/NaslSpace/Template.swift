import NaslExpr

/// A grammar's template as a tree, which is easier to rewrite than the flat ``Expr``.
///
/// Templates are as deep as a user's source line is nested, so plain recursion serves; programs, which may be deep, never pass here.
struct Template: Hashable, Sendable {
    /// Kind, symbol, opcode and value; `arity` and `length` are not kept.
    var node: Expr.Node
    /// A `let` made by applying a function to a draw: it vanishes where the draw turns out to be a single name or number.
    var dissolves = false
    /// For a hole: when it is drawn, counted among the holes of its template.
    var draw = 0
    /// For a hole that is no rule: the site of its choice, see ``Draw``.
    var site = -1
    /// For a list that a chain has made: its own steps begin here; -1 for any other.
    var firstStep = -1
    /// A list of a chain's steps from which those that stand elsewhere in the program are left out when it is printed.
    var isUnused = false
    /// A stretch of the list it stands in, not a list of its own.
    var isStretch = false
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

    /// A list of what stands in a program already.
    static func list(_ elements: [Template], firstStep: Int = -1) -> Template {
        var list = Template(Expr.Node(.list), elements)
        list.firstStep = firstStep
        return list
    }

    static func binding(_ name: Symbol, _ value: Template, in body: Template) -> Template {
        var node = Expr.Node(.binding)
        node.symbol = name
        return Template(node, [value, body])
    }

    static func number(_ value: Double) -> Template {
        var node = Expr.Node(.number)
        node.value = value
        return Template(node)
    }

    /// `list[position]`.
    static func element(of list: Template, at position: Int) -> Template {
        Template(Expr.Node(.index), [list, .number(Double(position))])
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

    /// A name, a number, an element of a named list, or a list of such: something that may be written anywhere without a `let`.
    var isPlain: Bool {
        switch kind {
        case .variable, .number: true
        case .index: children[0].kind == .variable && children[1].kind == .number
        case .list: children.allSatisfy(\.isPlain)
        default: false
        }
    }

    /// Whether any rule is mentioned, also inside the arguments of a mention.
    var draws: Bool { kind == .hole || children.contains(where: \.draws) }

    /// Nodes, also those of the arguments of mentions.
    var nodeCount: Int { children.reduce(1) { $0 + $1.nodeCount } }

    /// A `pick`, `subset`, `unused` or chain that was left because its list is not known.
    var unknownList: (symbol: Symbol, list: Template)? {
        if kind == .call, children.count == 2, children[0].kind == .variable, children[0].symbol == Draw.unused { return (Draw.unused, children[1]) }
        switch drawn {
        case .chain, .repeated: return (symbol, children[0])
        case .pick, .subset: if children[0].kind != .list { return (symbol, children[0]) }
        default: break
        }
        for child in children { if let found = child.unknownList { return found } }
        return nil
    }

    /// Every mention of a rule and every other draw, also inside the arguments of a mention.
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

    /// Numbers the holes in reading order, those of a mention's arguments for themselves.
    mutating func number() {
        var next = 0
        renumber { _ in
            next += 1
            return next - 1
        }
        numberArguments()
    }

    private mutating func numberArguments() {
        for child in children.indices {
            if kind == .hole { children[child].number() } else { children[child].numberArguments() }
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
