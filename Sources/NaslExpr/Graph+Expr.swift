/// A term that is no elementwise expression where one is needed.
public struct NotElementwise: Error, CustomStringConvertible {
    /// What was found instead, in the user's words: "a list", "the name `q`".
    public let found: String

    package init(found: String) { self.found = found }

    public var description: String { "an elementwise expression was expected, but this holds \(found)" }
}

extension Graph {
    /// Adds `term`, whose names stand for `names`; each `param(..)` and `const` takes the next of `weights`, in reading order.
    public mutating func insert(_ term: Expr, _ names: [Symbol: Ref], weights: [Ref] = []) throws(NotElementwise) -> Ref {
        var weights = weights[...]
        return try insert(term, term.root, names, &weights)
    }

    /// The one constant that terms name.
    private static let pi: Symbol = "pi"

    private mutating func insert(_ term: Expr, _ position: Int, _ names: [Symbol: Ref], _ weights: inout ArraySlice<Ref>) throws(NotElementwise) -> Ref {
        let node = term.nodes[position]
        let children = term.children(of: position)
        switch node.kind {
        case .number: return number(node.value)
        case .variable:
            if let ref = names[node.symbol] { return ref }
            if node.symbol == Graph.pi { return number(.pi) }
            throw NotElementwise(found: "the name `\(node.symbol)`")
        case .fitted, .parameter: return weights.popFirst() ?? number(node.value)
        case .primitive:
            var arguments: [Ref] = []
            for child in children { arguments.append(try insert(term, child, names, &weights)) }
            return apply(node.primitive, arguments[0], arguments.count > 1 ? arguments[1] : nil, arguments.count > 2 ? arguments[2] : nil)
        case .binding:
            var names = names
            names[node.symbol] = try insert(term, children[0], names, &weights)
            return try insert(term, children[1], names, &weights)
        case .lambda: throw NotElementwise(found: "a function, `\(term.subterm(at: position))`")
        case .call: throw NotElementwise(found: "a call, `\(term.subterm(at: position))`")
        case .list: throw NotElementwise(found: "a list")
        case .record, .labelled: throw NotElementwise(found: "a record")
        case .field, .index: throw NotElementwise(found: "`\(term.subterm(at: position))`")
        case .compose: throw NotElementwise(found: "a composition, `\(term.subterm(at: position))`")
        case .text: throw NotElementwise(found: "a text")
        case .hole: throw NotElementwise(found: "the undrawn rule `\(node.symbol)`")
        }
    }
}

extension Expr {
    /// Where the `param(..)` (and `const`) of this term start, in reading order.
    public var weights: [Double] {
        nodes.filter { $0.kind == .parameter || $0.kind == .fitted }.map(\.value)
    }
}
