/// A function whose body is a term: `x -> max(x, tanh(x))`. What sampling a grammar with parameters gives, and what a hand-written
/// function without control flow keeps.
public struct FunctionTerm: Hashable, Sendable, CustomStringConvertible {
    public var parameters: [Symbol]
    public var body: Expr

    public init(parameters: [Symbol], body: Expr) {
        self.parameters = parameters
        self.body = body
    }

    public var text: String { Expr.lambda(parameters, body).text }
    public var description: String { text }

    /// The derivative by one parameter, as a term with equal parts shared: `grad(f)`.
    public func derivative(by parameter: Int = 0) throws(NotElementwise) -> FunctionTerm {
        var graph = Graph(inputs: parameters.count)
        var names: [Symbol: Graph.Ref] = [:]
        for (slot, name) in parameters.enumerated() { names[name] = graph.input(slot) }
        let output = try graph.insert(body, names)
        let slope = graph.gradient(of: output, seed: graph.number(1), by: [graph.input(parameter)])[0]
        return FunctionTerm(parameters: parameters, body: graph.term(at: slope, names: parameters))
    }

    /// The value at a point, in double precision: the reference for every faster path.
    public func value(at point: [Double]) throws(NotElementwise) -> Double {
        var graph = Graph(inputs: parameters.count)
        var names: [Symbol: Graph.Ref] = [:]
        for (slot, name) in parameters.enumerated() { names[name] = graph.input(slot) }
        let output = try graph.insert(body, names)
        return graph.value(at: output, inputs: point)
    }
}

extension Graph {
    /// The value at `ref` for one point, by the table's own functions.
    public func value(at ref: Ref, inputs: [Double]) -> Double {
        var values = [Double](repeating: 0, count: ref.index + 1)
        for position in 0...ref.index {
            switch nodes[position] {
            case .input(let input): values[position] = inputs[Int(input)]
            case .number(let bits): values[position] = Double(bitPattern: bits)
            case .apply(let primitive, let a, let b, let c):
                values[position] = primitive.row.evaluate(values[a.index], values[b.index], values[c.index])
            }
        }
        return values[ref.index]
    }
}
