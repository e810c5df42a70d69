import CKernels
import NaslExpr

extension Program {
    /// The outputs in double precision, by the C library's functions: for the prompt, equation rewards and tests.
    ///
    /// - Parameters:
    ///   - inputs: as many as the graph has, each of length 1 (the same for all) or `count`.
    ///   - count: the number of elements.
    public func evaluate(_ inputs: [[Double]], count: Int) -> [[Double]] {
        evaluate(inputs, count: count, kernels: nasl_double_kernels(), as: Double.self)
    }

    /// The same by the kernels of one table, in its own precision.
    package func evaluate<Element: BinaryFloatingPoint>(
        _ inputs: [[Element]], count: Int, kernels: UnsafePointer<nasl_kernels>, as: Element.Type
    ) -> [[Element]] {
        guard count > 0 else { return code.outputs.map { _ in [] } }
        return Evaluator(inputs, count: count, kernels: kernels).evaluate(self)
    }
}

extension Program {
    /// A function's body, with one input for each parameter.
    package convenience init(_ term: FunctionTerm) throws(NotElementwise) {
        var graph = Graph(inputs: term.parameters.count)
        var names: [Symbol: Graph.Ref] = [:]
        for (slot, name) in term.parameters.enumerated() { names[name] = graph.input(slot) }
        let output = try graph.insert(term.body, names)
        self.init(graph, outputs: [output])
    }
}

extension FunctionTerm {
    /// The values in double precision, as ``Program/evaluate(_:count:)`` gives them; `columns` are as many as there are parameters.
    public func evaluate(_ columns: [[Double]], count: Int) throws(NotElementwise) -> [Double] {
        guard count > 0 else { return [] }
        return try Evaluator(columns, count: count, kernels: nasl_double_kernels()).evaluate(self)
    }
}
