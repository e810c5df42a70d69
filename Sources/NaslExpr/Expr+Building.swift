extension Expr {
    public static func number(_ value: Double) -> Expr {
        var node = Node(.number)
        node.value = value
        return Expr(nodes: [node])
    }

    public static func variable(_ name: Symbol) -> Expr { leaf(.variable, name) }

    /// A primitive applied to as many arguments as it has.
    public static func apply(_ primitive: Primitive, _ arguments: Expr...) -> Expr { apply(primitive, arguments) }

    public static func apply(_ primitive: Primitive, _ arguments: [Expr]) -> Expr {
        var node = Node(.primitive)
        node.opcode = primitive.opcode
        return Expr(node, arguments)
    }

    public static var fitted: Expr {
        var node = Node(.fitted)
        node.value = 1
        return Expr(nodes: [node])
    }

    public static func parameter(_ start: Double) -> Expr {
        var node = Node(.parameter)
        node.value = start
        return Expr(nodes: [node])
    }

    public static func binding(_ name: Symbol, _ value: Expr, in body: Expr) -> Expr { inner(.binding, name, [value, body]) }

    public static func lambda(_ parameters: [Symbol], _ body: Expr) -> Expr { inner(.lambda, noSymbol, parameters.map(variable) + [body]) }

    public static func call(_ callee: Expr, _ arguments: [Expr]) -> Expr { inner(.call, noSymbol, [callee] + arguments) }

    public static func labelled(_ label: Symbol, _ value: Expr) -> Expr { inner(.labelled, label, [value]) }

    public static func list(_ elements: [Expr]) -> Expr { inner(.list, noSymbol, elements) }

    /// A record; each element a `labelled` term.
    public static func record(_ elements: [Expr]) -> Expr { inner(.record, noSymbol, elements) }

    public static func field(_ base: Expr, _ name: Symbol) -> Expr { inner(.field, name, [base]) }

    public static func index(_ base: Expr, _ index: Expr) -> Expr { inner(.index, noSymbol, [base, index]) }

    public static func compose(_ first: Expr, _ second: Expr) -> Expr { inner(.compose, noSymbol, [first, second]) }

    public static func text(_ text: String) -> Expr { leaf(.text, Symbol(text)) }

    /// A mention of a rule, applied to `arguments` where the rule draws functions.
    public static func hole(_ rule: Symbol, _ arguments: [Expr] = []) -> Expr { inner(.hole, rule, arguments) }

    /// `node` over `children`, its arity and length set from them.
    public init(_ node: Node, _ children: [Expr]) {
        var node = node
        var nodes: [Node] = []
        nodes.reserveCapacity(children.reduce(1) { $0 + $1.nodes.count })
        for child in children { nodes += child.nodes }
        node.arity = Int32(children.count)
        node.length = Int32(nodes.count + 1)
        nodes.append(node)
        self.nodes = nodes
    }

    private static func leaf(_ kind: Kind, _ symbol: Symbol) -> Expr {
        var node = Node(kind)
        node.symbol = symbol
        return Expr(nodes: [node])
    }

    private static func inner(_ kind: Kind, _ symbol: Symbol, _ children: [Expr]) -> Expr {
        var node = Node(kind)
        node.symbol = symbol
        return Expr(node, children)
    }
}

extension Expr: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
}

/// Ordinary notation for the table of primitives.
extension Expr {
    static func + (a: Expr, b: Expr) -> Expr { .apply(.add, a, b) }
    static func - (a: Expr, b: Expr) -> Expr { .apply(.sub, a, b) }
    static func * (a: Expr, b: Expr) -> Expr { .apply(.mul, a, b) }
    static func / (a: Expr, b: Expr) -> Expr { .apply(.div, a, b) }
    static func * (a: Double, b: Expr) -> Expr { .number(a) * b }
    static func * (a: Expr, b: Double) -> Expr { a * .number(b) }
    static prefix func - (a: Expr) -> Expr { .apply(.neg, a) }
}
