import NaslExpr
import NaslExport

extension ONNXGraph {
    /// The nodes at `refs` of a graph of primitives, whose inputs are the values named `inputs`.
    mutating func elementwise(_ graph: Graph, at refs: [Graph.Ref], inputs: [String]) throws(ExportError) -> [String] {
        let line = graph.straightLine(at: refs, names: inputs.map { Symbol($0) })
        var names: [Symbol: String] = [:]
        for input in inputs { names[Symbol(input)] = input }
        for (name, term) in line.bindings { names[name] = try value(of: term, term.root, names) }
        var results: [String] = []
        for term in line.results { results.append(try value(of: term, term.root, names)) }
        return results
    }

    private mutating func value(of term: Expr, _ position: Int, _ names: [Symbol: String]) throws(ExportError) -> String {
        let node = term.nodes[position]
        switch node.kind {
        case .number: return number(node.value)
        case .variable:
            guard let name = names[node.symbol] else { throw ExportError("`\(node.symbol)` is not known here") }
            return name
        case .primitive: break
        default: throw ExportError("`\(term.subterm(at: position))` is no elementwise expression")
        }
        let primitive = node.primitive, children = term.children(of: position)
        if primitive == .select {
            let condition = try condition(of: term, children[0], names)
            return apply("Where", [condition, try value(of: term, children[1], names), try value(of: term, children[2], names)])
        }
        guard let spelling = primitive.spelling(in: .onnx) else { throw ExportError("`\(primitive.name)` has no meaning in ONNX") }
        var arguments: [String] = []
        for child in children { arguments.append(try value(of: term, child, names)) }
        guard spelling.isEmpty else {
            let result = apply(spelling, arguments)
            return primitive.isComparison ? apply("Cast", [result], [.integer("to", Onnx_TensorProto.DataType.float.rawValue)]) : result
        }
        guard let definition = primitive.definition else { throw ExportError("`\(primitive.name)` has no meaning in ONNX") }
        var inner: [Symbol: String] = [:]
        for (name, argument) in zip(["a", "b", "c"] as [Symbol], arguments) { inner[name] = argument }
        return try value(of: definition, definition.root, inner)
    }

    /// A truth value.
    private mutating func condition(of term: Expr, _ position: Int, _ names: [Symbol: String]) throws(ExportError) -> String {
        let node = term.nodes[position]
        if node.kind == .primitive, node.primitive.isComparison {
            let children = term.children(of: position)
            let arguments = [try value(of: term, children[0], names), try value(of: term, children[1], names)]
            if node.primitive == .notEqual { return apply("Not", [apply("Equal", arguments)]) }
            if let spelling = node.primitive.spelling(in: .onnx) { return apply(spelling, arguments) }
        }
        return apply("Not", [apply("Equal", [try value(of: term, position, names), number(0)])])
    }
}
