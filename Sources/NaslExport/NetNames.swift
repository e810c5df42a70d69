import NaslTensor
import NaslTraining

/// What the values and the weights of a recorded net are called in an exported file.
///
/// A result takes the name of the step's first input where nobody reads that any more, as people write it: `x = torch.relu(x)`.
package struct NetNames {
    private let net: RecordedNet
    private var names: [Int32: String] = [:]
    private var roots: [Int32: Int32] = [:]
    /// The last step that reads a value, by its root.
    private var lastUse: [Int32: Int] = [:]
    private var count = 0
    private var weightNames: [Int32: String] = [:]
    private let weights: [Int32: RecordedNet.Weight]

    package init(_ net: RecordedNet) {
        self.net = net
        weights = Dictionary(uniqueKeysWithValues: net.weights.map { ($0.variable.id, $0) })
        for (place, step) in net.steps.enumerated() {
            if case .same = step.kind, let from = step.inputs.first, let to = step.outputs.first { roots[to.id] = root(from) }
            for input in step.inputs { lastUse[root(input)] = place }
        }
        for end in [net.output] + net.states.map(\.end) { lastUse[root(end.id)] = .max }
        nameWeights()
    }

    private func root(_ id: Int32) -> Int32 { roots[id] ?? id }

    package func weight(_ id: Int32) -> RecordedNet.Weight? { weights[id] }
    /// `dense_1.weight`.
    package func weightName(_ id: Int32) -> String { weightNames[id] ?? "weight_\(id)" }
    /// `dense_1`.
    func moduleName(_ id: Int32) -> String { weightName(id).split(separator: ".").first.map(String.init) ?? "" }

    mutating func name(_ id: Int32, _ name: String) { names[root(id)] = name }

    /// The name of a value that a step has made; nil where none has.
    func value(_ id: Int32) -> String? { names[root(id)] }

    /// The name of the result of the step at `place`.
    mutating func result(_ step: Tracer.Step, at place: Int, output: Int = 0) -> String {
        let id = step.outputs[output].id
        if output == 0, step.outputs.count == 1, let input = step.inputs.first, weights[input] == nil, lastUse[root(input)] == place, let name = names[root(input)],
           !net.states.contains(where: { root($0.start.id) == root(input) }) {
            names[root(id)] = name
            return name
        }
        count += 1
        let name = "h\(count)"
        names[root(id)] = name
        return name
    }

    /// Weights are called after the operation that reads them first.
    private mutating func nameWeights() {
        var counts: [String: Int] = [:]
        func number(_ kind: String) -> String {
            counts[kind, default: 0] += 1
            return "\(kind)_\(counts[kind] ?? 0)"
        }
        func give(_ kind: String, _ parts: [(Int32, String)]) {
            guard let first = parts.first, weightNames[first.0] == nil else { return }
            let module = number(kind)
            for (id, part) in parts { weightNames[id] = "\(module).\(part)" }
        }
        for step in net.steps {
            let inputs = step.inputs
            switch step.kind {
            case .product where NetNames.isLinear(step, weights):
                if let table = weights[inputs[0]], weightNames[inputs[0]] == nil { weightNames[inputs[0]] = number(NetNames.plain(table.name)) }
                give("dense", [(inputs[1], "weight"), (inputs[2], "bias")])
            case .convolution: give("conv", zip(inputs.dropFirst(), ["weight", "bias"]).map { ($0, $1) })
            case .batchNorm: give("norm", [(inputs[2], "weight"), (inputs[3], "bias"), (inputs[1], "running")])
            case .layerNorm: give("norm", [(inputs[1], "weight"), (inputs[2], "bias")])
            default:
                for input in inputs { if let weight = weights[input], weightNames[input] == nil { weightNames[input] = number(NetNames.plain(weight.name)) } }
            }
        }
    }

    /// Whether a product is a layer of its own: times a matrix of weights, plus a bias.
    static func isLinear(_ step: Tracer.Step, _ weights: [Int32: RecordedNet.Weight]) -> Bool {
        step.inputs.count == 3 && weights[step.inputs[1]] != nil && weights[step.inputs[2]]?.variable.shape.count == 1
    }

    package func isLinear(_ step: Tracer.Step) -> Bool { NetNames.isLinear(step, weights) }

    private static func plain(_ name: String) -> String {
        // `param 1` is numbered anew.
        name.hasPrefix("param ") ? "param" : String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}
