import NaslExpr

extension UpdateRule {
    /// A searched rule (Bello et al., ICML 2017): `w - lr * step(w, g, m, v, t)`.
    ///
    ///     let adam = try UpdateRule(FunctionTerm(parameters: ["w", "g", "m", "v", "t"], body: ...))   // m / (sqrt(v) + 1e-8)
    ///
    /// - Parameter step: a function of some of w, the weight; g, its gradient; m and v, the averages of g and g^2 with decay 0.9 and 0.999,
    ///   corrected for their start at zero as in Adam; t, progress from 0 to 1.
    public init(_ step: FunctionTerm) throws(NotElementwise) {
        let decays = [0.9, 0.999]
        let scalars: [Scalar] = [.learningRate, .progress, .correction("0.9", decay: decays[0]), .correction("0.999", decay: decays[1])]
        let builder = GraphBuilder(Graph(inputs: 4 + scalars.count))
        let inputs = (0..<4 + scalars.count).map { GraphTerm(ref: builder.graph.input($0), builder: builder) }
        let (w, g) = (inputs[0], inputs[1])
        let first = decays[0] * inputs[2] + (1 - decays[0]) * g
        let second = decays[1] * inputs[3] + (1 - decays[1]) * (g * g)
        let names: [Symbol: GraphTerm] = ["w": w, "g": g, "m": first * (1 / inputs[6]), "v": second * (1 / inputs[7]), "t": inputs[5]]
        let result = GraphTerm(ref: try builder.graph.insert(step.body, names.mapValues(\.ref)), builder: builder)
        // Before the graph is taken, since they are written into it.
        let outputs = [w - inputs[4] * result, first, second].map(\.ref)
        self.init(
            name: "optimizer(\(step.text))", states: 2, scalars: scalars, graph: builder.graph, outputs: outputs)
    }

    /// What a searched rule may be a function of.
    public static let names = ["w", "g", "m", "v", "t"]
}
