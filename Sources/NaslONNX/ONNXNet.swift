import NaslExport
import NaslExpr
import NaslTensor
import NaslTraining

extension NetExport {
    /// The net as an ONNX model with its weights inside. Pictures have their channels first; characters are their places in the vocabulary.
    package func model() throws(ExportError) -> [UInt8] {
        var printer = ONNXNet(net, name: name)
        return try printer.model(origin, stateNames)
    }
}

private struct ONNXNet {
    private let net: RecordedNet
    private let names: NetNames
    private var graph: ONNXGraph
    private var values: [Int32: String] = [:]

    init(_ net: RecordedNet, name: String) {
        self.net = net
        names = NetNames(net)
        graph = ONNXGraph(name: name)
    }

    mutating func model(_ origin: Provenance, _ stateNames: [String]) throws(ExportError) -> [UInt8] {
        let batch = ONNXGraph.Axis.name("batch")
        switch net.input {
        case .values(let x):
            graph.input("x", [batch] + axes(x.shape))
            values[x.id] = "x"
        case .tokens(let tokens):
            graph.input("x", [batch, .length(tokens.shape[1])], .int64)
            values[tokens.id] = "x"
        case .stream(let tokens):
            graph.input("x", [batch], .int64)
            values[tokens.id] = "x"
        }
        for (state, name) in zip(net.states, stateNames) {
            graph.input(name, [batch, .length(state.start.columns)])
            values[state.start.id] = name
        }
        for step in net.steps {
            let results = try results(of: step)
            for (output, result) in zip(step.outputs, results) { values[output.id] = result }
        }
        graph.output("result", [batch] + axes(net.output.shape), from: try value(net.output.id))
        for (state, name) in zip(net.states, stateNames) {
            graph.output("next_\(name)", [batch, .length(state.end.columns)], from: try value(state.end.id))
        }
        return try graph.model(origin)
    }

    /// Without the batch, as this format orders them.
    private func axes(_ shape: [Int]) -> [ONNXGraph.Axis] {
        let own = Array(shape.dropFirst())
        return (own.count == 3 ? [own[2], own[0], own[1]] : own).map { .length($0) }
    }

    private func shape(of id: Int32) -> [Int] { names.weight(id)?.variable.shape ?? net.shape(of: id) ?? [] }

    private mutating func value(_ id: Int32) throws(ExportError) -> String {
        if let name = values[id] { return name }
        guard let weight = names.weight(id) else { throw ExportError("this net does something that cannot be exported") }
        let name = names.weightName(id)
        graph.weight(name, weight.variable.shape, weight.values.map { Float($0) })
        values[id] = name
        return name
    }

    private mutating func channelsLast(_ x: String) -> String { graph.apply("Transpose", [x], [.integers("perm", [0, 2, 3, 1])]) }
    private mutating func channelsFirst(_ x: String) -> String { graph.apply("Transpose", [x], [.integers("perm", [0, 3, 1, 2])]) }
    private mutating func reshape(_ x: String, _ shape: [Int]) -> String { graph.apply("Reshape", [x, graph.integers(shape)]) }

    private mutating func results(of step: Tracer.Step) throws(ExportError) -> [String] {
        let output = step.outputs[0].shape, isPicture = output.count == 4
        switch step.kind {
        case .convolution(let window): return [try convolution(step, window)]
        case .batchNorm(let epsilon): return [try batchNorm(step, epsilon)]
        default: break
        }
        var inputs: [String] = []
        for input in step.inputs { inputs.append(try value(input)) }
        let x = inputs[0]
        switch step.kind {
        case .same: return [x]
        case .elementwise(let function, let count): return [try elementwise(function, count, step, inputs)]
        case .product where names.isLinear(step) && shape(of: step.inputs[0]).count == 2: return [graph.apply("Gemm", inputs)]
        case .product:
            let product = graph.apply("MatMul", [isPicture ? channelsLast(x) : x, inputs[1]])
            let sum = inputs.count > 2 ? graph.apply("Add", [product, inputs[2]]) : product
            return [isPicture ? channelsFirst(sum) : sum]
        case .reshape:
            let flat = reshape(shape(of: step.inputs[0]).count == 4 ? channelsLast(x) : x, [-1] + output.dropFirst())
            return [isPicture ? channelsFirst(flat) : flat]
        case .concatenate: return [graph.apply("Concat", inputs, [.integer("axis", isPicture ? 1 : -1)])]
        case .concatenateImages:
            var padded: [String] = []
            for (id, name) in zip(step.inputs, inputs) {
                let own = shape(of: id)
                padded.append(graph.apply("Pad", [name, graph.integers([0, 0, 0, 0, 0, 0, output[1] - own[1], output[2] - own[2]])]))
            }
            return [graph.apply("Concat", padded, [.integer("axis", 1)])]
        case .subsample(let stride):
            let ends = graph.integers([Int(Int32.max), Int(Int32.max)])
            let part = graph.apply("Slice", [x, graph.integers([0, 0]), ends, graph.integers([2, 3]), graph.integers([stride, stride])])
            return [graph.apply("Pad", [part, graph.integers([0, 0, 0, 0, 0, output[3] - shape(of: step.inputs[0])[3], 0, 0])])]
        case .pool(let kind, let window): return [graph.apply(kind == .max ? "MaxPool" : "AveragePool", [x], moves(window))]
        case .layerNorm(let epsilon):
            let result = graph.apply("LayerNormalization", [isPicture ? channelsLast(x) : x] + inputs.dropFirst(), [.number("epsilon", epsilon)])
            return [isPicture ? channelsFirst(result) : result]
        case .embedding:
            let rows = graph.apply("Gather", [inputs[1], x])
            if case .stream = net.input { return [rows] }
            return [reshape(rows, [-1] + output.dropFirst())]
        case .lstm:
            let gates = graph.apply("Split", [x], [.integer("axis", -1), .integer("num_outputs", 4)], results: 4)
            let kept = graph.apply("Mul", [graph.apply("Sigmoid", [gates[1]]), inputs[1]])
            let fresh = graph.apply("Mul", [graph.apply("Sigmoid", [gates[0]]), graph.apply("Tanh", [gates[2]])])
            let next = graph.apply("Add", [kept, fresh])
            return [graph.apply("Mul", [graph.apply("Sigmoid", [gates[3]]), graph.apply("Tanh", [next])]), next]
        case .convolution, .batchNorm: return []
        }
    }

    private mutating func convolution(_ step: Tracer.Step, _ window: ConvolutionWindow) throws(ExportError) -> String {
        let filters = step.inputs[1]
        if values[filters] == nil, let weight = names.weight(filters) {
            let shape = weight.variable.shape
            values[filters] = names.weightName(filters)
            graph.weight(names.weightName(filters), [shape[3], shape[2], shape[0], shape[1]], NetWeights.channelsFirst(weight.values, shape).map { Float($0) })
        }
        var inputs: [String] = []
        for input in step.inputs { inputs.append(try value(input)) }
        return graph.apply("Conv", inputs, moves(window))
    }

    private mutating func batchNorm(_ step: Tracer.Step, _ epsilon: Double) throws(ExportError) -> String {
        let running = step.inputs[1], name = names.weightName(running)
        if values[running] == nil, let weight = names.weight(running) {
            let count = weight.values.count / 2
            graph.weight("\(name)_mean", [count], weight.values.prefix(count).map { Float($0) })
            graph.weight("\(name)_var", [count], weight.values.suffix(count).map { Float($0) })
            values[running] = name
        }
        let inputs = [try value(step.inputs[0]), try value(step.inputs[2]), try value(step.inputs[3]), "\(name)_mean", "\(name)_var"]
        return graph.apply("BatchNormalization", inputs, [.number("epsilon", epsilon)])
    }

    private func moves(_ window: ConvolutionWindow) -> [Onnx_AttributeProto] {
        let after = (0..<2).map { max(window.bordered[$0] - window.image[$0] - window.before[$0], 0) }
        return [.integers("kernel_shape", window.size), .integers("strides", [window.stride, window.stride]), .integers("pads", window.before + after)]
    }

    private mutating func elementwise(_ function: FunctionTerm, _ count: Int, _ step: Tracer.Step, _ inputs: [String]) throws(ExportError) -> String {
        if let draw = function.body.nodes.first(where: { $0.kind == .primitive && $0.primitive.spelling(in: .onnx) == nil }) {
            throw ExportError("`\(draw.primitive.name)` has no meaning in ONNX")
        }
        var operands: [String] = []
        for (id, name) in zip(step.inputs, inputs) {
            let own = shape(of: id)
            // One number for each channel.
            operands.append(own.count == 1 && own[0] > 1 && step.outputs[0].shape.count == 4 ? reshape(name, [own[0], 1, 1]) : name)
        }
        var term = Graph(inputs: operands.count)
        let result = try function.inserted(into: &term, weights: count)
        return try graph.elementwise(term, at: [result], inputs: operands)[0]
    }
}
