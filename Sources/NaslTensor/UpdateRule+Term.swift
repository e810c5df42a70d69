import NaslExpr

extension UpdateRule {
    /// A searched rule (Bello et al., ICML 2017): `w - lr * step(w, g, m, v, t)`.
    ///
    ///     let adam = try UpdateRule(FunctionTerm(parameters: ["w", "g", "m", "v", "t"], body: ...))   // m / (sqrt(v) + 1e-8)
    ///
    /// - Parameter step: a function of some of w, the weight; g, its gradient; m, v and q, the averages of g, g^2 and g^3 with decay 0.9, 0.999
    ///   and 0.999, corrected for their start at zero as in Adam; t, progress from 0 to 1. What only some rules need is kept only for them.
    public init(_ step: FunctionTerm) throws(NotElementwise) {
        let decays = [0.9, 0.999]
        let scalars: [Scalar] = [.learningRate, .progress, .correction("0.9", decay: decays[0]), .correction("0.999", decay: decays[1])]
        let states = step.body.mentions("q") ? 3 : 2
        let builder = GraphBuilder(Graph(inputs: 2 + states + scalars.count))
        let inputs = (0..<2 + states + scalars.count).map { GraphTerm(ref: builder.graph.input($0), builder: builder) }
        let (w, g, numbers) = (inputs[0], inputs[1], inputs[(2 + states)...].map { $0 })
        let first = decays[0] * inputs[2] + (1 - decays[0]) * g
        let second = decays[1] * inputs[3] + (1 - decays[1]) * (g * g)
        var names: [Symbol: GraphTerm] = ["w": w, "g": g, "m": first * (1 / numbers[2]), "v": second * (1 / numbers[3]), "t": numbers[1]]
        var averages = [first, second]
        if states == 3 {
            let third = decays[1] * inputs[4] + (1 - decays[1]) * (g * g * g)
            names["q"] = third * (1 / numbers[3])
            averages.append(third)
        }
        let result = GraphTerm(ref: try builder.graph.insert(step.body, names.mapValues(\.ref)), builder: builder)
        // Before the graph is taken, since they are written into it.
        let outputs = ([w - numbers[0] * result] + averages).map(\.ref)
        self.init(
            name: "optimizer(\(step.text))", states: states, scalars: scalars, graph: builder.graph, outputs: outputs)
    }

    /// What a searched rule may be a function of; the order of parameters with other names, and the average of g^3.
    public static let names = ["w", "g", "m", "v", "t"]
    public static let allNames = names + ["q"]
}
