/// The one term type: a sampled program, a hand-written function without control flow, a law, a derivative, a grammar's template.
///
///     let term = Expr.apply(.max, .variable("x"), .apply(.tanh, .variable("x")))
///     term.text    // "max(x, tanh(x))"
///     term.size    // 4
///
/// A term is a flat array in post-order: the children of a node stand directly before it, the root is last. Equality is equality
/// of the printed program.
public struct Expr: Hashable, Sendable {
    public var nodes: [Node]

    public init(nodes: [Node]) { self.nodes = nodes }

    /// What a node is; in brackets its children.
    public enum Kind: UInt8, Sendable {
        /// A number, in `value`.
        case number
        /// A name, in `symbol`: a parameter, a bound name, a named function.
        case variable
        /// A row of the primitive table, in `primitive` [its arguments].
        case primitive
        /// `const`: a real constant fitted to the reward; `value` is its present value.
        case fitted
        /// `param(1.0)`: a weight trained with the child, one per channel; `value` is where it starts.
        case parameter
        /// `let symbol = value in body` [value, body].
        case binding
        /// `(a, b) -> body` [parameters as variables, body].
        case lambda
        /// `f(a, b)` of what is no primitive [callee, arguments, each perhaps labelled].
        case call
        /// `label: value` inside a call or a record [value]; the label is `symbol`.
        case labelled
        /// `[a, b]` [elements].
        case list
        /// `(lr: a, beta: b)` [labelled values].
        case record
        /// `a.symbol` [a].
        case field
        /// `a[b]` [a, b].
        case index
        /// `f >> g` [f, g].
        case compose
        /// A text literal, in `symbol`.
        case text
        /// In templates of grammars only: draw rule `symbol` here [arguments it is applied to].
        case hole
    }

    public struct Node: Hashable, Sendable {
        public var kind: Kind
        /// The opcode where `kind` is `.primitive`.
        public var opcode: UInt8 = 0
        public var arity: Int32 = 0
        /// Nodes of this subtree, itself included.
        public var length: Int32 = 1
        public var symbol: Symbol = Expr.noSymbol
        public var value: Double = 0

        public init(_ kind: Kind) { self.kind = kind }

        public var primitive: Primitive { Primitive(opcode: opcode) }
    }

    package static let noSymbol = Symbol("")

    public var root: Int { nodes.count - 1 }

    /// The positions of a node's children, first to last.
    public func children(of position: Int) -> [Int] {
        var result = [Int](repeating: 0, count: Int(nodes[position].arity))
        var end = position - 1
        for slot in result.indices.reversed() {
            result[slot] = end
            end -= Int(nodes[end].length)
        }
        return result
    }

    /// The subtree whose root stands at `position`, as a term of its own.
    public func subterm(at position: Int) -> Expr {
        let length = Int(nodes[position].length)
        return Expr(nodes: Array(nodes[(position - length + 1)...position]))
    }

    /// The root's children as terms.
    public var arguments: [Expr] { children(of: root).map(subterm(at:)) }
}
