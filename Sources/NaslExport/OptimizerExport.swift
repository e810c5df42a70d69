import NaslExpr
import NaslTensor

/// Update rules, as optimizers of other libraries.
public struct OptimizerExport: Sendable {
    public var rule: UpdateRule
    public var learningRate: Double
    /// What it is called in the file.
    public var name: String
    public var origin: Provenance

    public init(_ rule: UpdateRule, learningRate: Double, name: String, origin: Provenance) {
        self.rule = rule
        self.learningRate = learningRate
        self.name = name
        self.origin = origin
    }

    /// - Throws: ``ExportError`` where the format knows no optimizers.
    public func text(as format: ExportFormat) throws(ExportError) -> String {
        switch format {
        case .pytorch: return try PyTorchOptimizer.text(self)
        case .jax: return try JAXOptimizer.text(self)
        default: throw ExportError("an optimizer has no meaning in \(format.title)", help: ["PyTorch and JAX know optimizers; the rule alone, a function of w, g, m, v and t, goes to all formats"])
        }
    }
}

/// A rule as one function of the weight, its gradient, what is kept, and numbers of the step: only what it needs.
struct OptimizerCode {
    let code: FunctionCode
    /// What is kept between steps, by name.
    let states: [String]
    let scalars: [UpdateRule.Scalar]
    let scalarNames: [String]
    let needsProgress: Bool

    init(_ rule: UpdateRule, in dialect: Dialect) throws(ExportError) {
        let graph = rule.graph
        var mentioned = Set<Int>()
        func visit(_ ref: Graph.Ref) {
            var pending = [ref]
            while let next = pending.popLast() {
                guard mentioned.insert(next.index).inserted else { continue }
                pending += graph.arguments(at: next)
            }
        }
        visit(rule.outputs[0])
        // What a kept number becomes may need another.
        var states: [Int] = []
        while let more = (0..<rule.stateCount).first(where: { mentioned.contains(2 + $0) && !states.contains($0) }) {
            states.append(more)
            visit(rule.outputs[1 + more])
        }
        states.sort()
        let first = 2 + rule.stateCount
        let scalars = rule.scalars.indices.filter { mentioned.contains(first + $0) }
        let names = scalars.map { OptimizerCode.name(rule.scalars[$0], $0) }
        var inputs = [Symbol](repeating: "_", count: graph.inputCount)
        (inputs[0], inputs[1]) = ("w", "g")
        for state in states { inputs[2 + state] = Symbol(OptimizerCode.stateNames[state]) }
        for (scalar, name) in zip(scalars, names) { inputs[first + scalar] = Symbol(name) }
        code = try FunctionCode(graph, [rule.outputs[0]] + states.map { rule.outputs[1 + $0] }, inputs: inputs, parameters: inputs.filter { $0 != "_" }, in: dialect)
        self.states = states.map { OptimizerCode.stateNames[$0] }
        self.scalars = scalars.map { rule.scalars[$0] }
        scalarNames = names
        needsProgress = self.scalars.contains { $0.form == .progress }
    }

    private static let stateNames = ["m", "v"]

    private static func name(_ scalar: UpdateRule.Scalar, _ slot: Int) -> String {
        switch scalar.form {
        case .learningRate: "lr"
        case .progress: "t"
        case .correction: "bias_\(slot)"
        }
    }

    /// What the numbers of a step are, with the step counted from 1 in `step`.
    ///
    /// - Parameter correction: `1 - decay^step`.
    func scalarText(step: String, rate: String, steps: String, correction: (Double) -> String) -> [String] {
        scalars.map { scalar in
            switch scalar.form {
            case .learningRate: rate
            case .progress: "(\(step) - 1) / \(steps)"
            case .correction(let decay): correction(decay)
            }
        }
    }

    /// The function that makes the new weight and what is kept.
    func update(_ type: String, extra: [String] = []) -> String {
        let results = code.results.count == 1 ? code.result : "(\n" + code.results.map { "        \($0),\n" }.joined() + "    )"
        let type = code.results.count == 1 ? type : "tuple[\(type), ...]"
        return PythonSource.call("def _update", code.parameters + extra, " -> \(type):", indent: 0) + "\n" + PythonSource.body(code, indent: 4, result: results)
    }
}
