import NaslExpr

/// A function as lines of a dialect: named parts one after another, then the results.
struct FunctionCode {
    let parameters: [String]
    /// Where the function's `param(..)` start, in reading order; they are inputs behind the parameters.
    let weights: [Double]
    let parts: [(name: String, text: String)]
    let results: [String]
    /// The small functions that it needs.
    let definitions: [String]
    let draws: Int
    /// Which parameters its lines mention.
    let mentioned: Set<String>

    /// - Parameters:
    ///   - slope: by which parameter the derivative is wanted; nil: the function itself.
    ///   - weightName: what the `param(..)` of that number is called; nil: it is written as its start.
    init(_ function: FunctionTerm, in dialect: Dialect, slope: Int? = nil, weightName: ((Int) -> String)? = nil) throws(ExportError) {
        let names = dialect.identifiers(function.parameters)
        let starts = weightName == nil ? [] : function.body.nodes.filter { $0.kind == .parameter }.map(\.value)
        var graph = Graph(inputs: names.count + starts.count)
        let bound = Dictionary(uniqueKeysWithValues: zip(function.parameters, names.indices.map { graph.input($0) }))
        var refs: [Graph.Ref] = []
        var next = names.count
        for node in function.body.nodes where node.kind == .parameter || node.kind == .fitted {
            if node.kind == .parameter, weightName != nil {
                refs.append(graph.input(next))
                next += 1
            } else {
                refs.append(graph.number(node.value))
            }
        }
        var output: Graph.Ref
        do { output = try graph.insert(function.body, bound, weights: refs) } catch { throw ExportError(error.description) }
        if let slope { output = graph.gradient(of: output, seed: graph.number(1), by: [graph.input(slope)])[0] }
        let inputs = names + starts.indices.map { Symbol(weightName?($0) ?? "") }
        try self.init(graph, [output], inputs: inputs, parameters: names, weights: starts, in: dialect)
    }

    /// - Parameter inputs: what the graph's inputs are called.
    init(_ graph: Graph, _ outputs: [Graph.Ref], inputs: [Symbol], parameters: [Symbol], weights: [Double] = [], in dialect: Dialect) throws(ExportError) {
        let taken = Set(dialect.reserved.map { Symbol($0) })
        let line = graph.straightLine(at: outputs, names: inputs, taken: taken, width: dialect.width)
        var printer = CodePrinter(dialect)
        printer.like = parameters.first?.text ?? "x"
        var parts: [(String, String)] = []
        for (name, term) in line.bindings { parts.append((name.text, try printer.text(of: term))) }
        var results: [String] = []
        for term in line.results { results.append(try printer.text(of: term)) }
        self.parameters = parameters.map(\.text)
        self.weights = weights
        self.parts = parts
        self.results = results
        definitions = printer.definitions
        draws = printer.draws
        let terms = line.bindings.map(\.term) + line.results
        mentioned = Set(parameters.filter { name in terms.contains { $0.mentions(name) } }.map(\.text))
            .union(printer.draws > 0 ? [printer.like] : [])
    }

    /// A function of values that have names already; the last of them, so many, are the weights of its `param(..)`.
    init(_ function: FunctionTerm, inputs: [String], weights: Int, in dialect: Dialect) throws(ExportError) {
        var graph = Graph(inputs: inputs.count)
        let output = try function.inserted(into: &graph, weights: weights)
        let symbols = inputs.map { Symbol($0) }
        try self.init(graph, [output], inputs: symbols, parameters: symbols, in: dialect)
    }

    var result: String { results.first ?? "" }
    /// Whether it depends on no parameter at all.
    var isConstant: Bool { mentioned.isEmpty && weights.isEmpty }
}

extension FunctionTerm {
    /// The function as a part of `graph`: its parameters are the first inputs, the weights of its `param(..)` the next.
    package func inserted(into graph: inout Graph, weights count: Int) throws(ExportError) -> Graph.Ref {
        var names: [Symbol: Graph.Ref] = [:]
        for (slot, name) in parameters.enumerated() { names[name] = graph.input(slot) }
        do { return try graph.insert(body, names, weights: (0..<count).map { graph.input(parameters.count + $0) }) } catch { throw ExportError(error.description) }
    }
}
