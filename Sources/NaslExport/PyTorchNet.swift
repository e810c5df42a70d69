import NaslExpr
import NaslTensor
import NaslTraining

/// A net as an `nn.Module`. Pictures have their channels first there: filters are turned when they are written.
struct PyTorchNet {
    private let net: RecordedNet
    private var names: NetNames
    private var modules: [String] = []
    private var known: Set<String> = []
    private var lines: [String] = []
    private var weights = Safetensors()
    private var definitions: [String] = []

    private init(_ net: RecordedNet) {
        self.net = net
        names = NetNames(net)
    }

    static func files(_ export: NetExport) throws(ExportError) -> NetExport.Files {
        var printer = PyTorchNet(export.net)
        let text = try printer.text(export)
        return NetExport.Files(source: text, weights: printer.weights.bytes)
    }

    private mutating func text(_ export: NetExport) throws(ExportError) -> String {
        let className = PythonSource.className(PyTorchFile.dialect.identifier(export.name))
        var parameters = ["self", "x: Tensor"]
        var result = "Tensor"
        switch net.input {
        case .values(let x): names.name(x.id, "x")
        case .tokens(let tokens), .stream(let tokens): names.name(tokens.id, "x")
        }
        if !net.states.isEmpty {
            for (state, name) in zip(net.states, export.stateNames) { names.name(state.start.id, name) }
            parameters += export.stateNames.map { "\($0): Tensor" }
            result = "tuple[Tensor, ...]"
        }
        for (place, step) in net.steps.enumerated() { try write(step, at: place) }
        let ends = try ([net.output] + net.states.map(\.end)).map { end throws(ExportError) in try value(end.id) }
        var blocks = definitions
        if let characters = export.characters { blocks.append(characters) }
        let carrying = net.states.isEmpty ? "" : "the state that it carries, zeros at first ([batch, \(net.states[0].start.columns)])"
        blocks.append("""
            class \(className)(nn.Module):
            \(PythonSource.docstring(export.description(channelsFirst: true, carrying: carrying), indent: 4))

                def __init__(self) -> None:
                    super().__init__()
            \(PythonSource.indented(modules, by: 8))

            \(PythonSource.call("def forward", parameters, " -> \(result):", indent: 4))
            \(PythonSource.indented(lines + ["return \(ends.joined(separator: ", "))"], by: 8))
            """)
        blocks.append("""
            def load() -> \(className):
                \"\"\"The net with its trained weights, from the file beside this one.\"\"\"
                net = \(className)()
                net.load_state_dict(load_file(Path(__file__).with_suffix(".safetensors")))
                return net.eval()
            """)
        return PythonSource.file(export.origin.comment("#"), imports: imports(blocks), blocks)
    }

    private func imports(_ blocks: [String]) -> String {
        let functional = blocks.joined().contains("F.") ? "import torch.nn.functional as F\n" : ""
        return "from pathlib import Path\n\nimport torch\n\(functional)from safetensors.torch import load_file\nfrom torch import Tensor, nn"
    }

    /// The expression of a value, or of a weight that stands by itself.
    private mutating func value(_ id: Int32) throws(ExportError) -> String {
        if let name = names.value(id) { return name }
        guard let weight = names.weight(id) else { throw ExportError("this net does something that cannot be exported") }
        let name = names.weightName(id)
        if known.insert(name).inserted {
            let shape = weight.variable.shape
            modules.append("self.\(name) = nn.Parameter(torch.empty(\(shape.map(String.init).joined(separator: ", "))))")
            weights.add(name, shape, weight.values)
        }
        return "self.\(name)"
    }

    private mutating func write(_ step: Tracer.Step, at place: Int) throws(ExportError) {
        let output = step.outputs.first?.shape ?? []
        switch step.kind {
        case .same: break
        case .elementwise(let function, let count): try elementwise(function, count, step, at: place)
        case .product where names.isLinear(step):
            let x = try value(step.inputs[0])
            let module = linear(step)
            let isPicture = output.count == 4
            lines.append("\(names.result(step, at: place)) = " + (isPicture ? "self.\(module)(\(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)" : "self.\(module)(\(x))"))
        case .product:
            let (a, b) = (try value(step.inputs[0]), try value(step.inputs[1]))
            let summand = step.inputs.count > 2 ? try value(step.inputs[2]) + " + " : ""
            lines.append("\(names.result(step, at: place)) = \(summand)\(a) @ \(b)")
        case .reshape:
            let x = try value(step.inputs[0])
            let from = shape(of: step.inputs[0])
            let flat = from?.count == 4 ? "\(x).permute(0, 2, 3, 1)" : x
            let result = names.result(step, at: place)
            let axes = ([-1] + output.dropFirst()).map(String.init).joined(separator: ", ")
            let isFlat = output.count == 2 && from.map { $0.first == output.first } ?? false
            lines.append("\(result) = \(flat)" + (isFlat ? ".flatten(1)" : ".reshape(\(axes))") + (output.count == 4 ? ".permute(0, 3, 1, 2)" : ""))
        case .concatenate: try concatenate(step, at: place)
        case .concatenateImages:
            var padded: [String] = []
            for input in step.inputs {
                let x = try value(input), from = shape(of: input) ?? output
                let (down, right) = (output[1] - from[1], output[2] - from[2])
                padded.append(down == 0 && right == 0 ? x : "F.pad(\(x), (0, \(right), 0, \(down)))")
            }
            lines.append(call("\(names.result(step, at: place)) = torch.cat", padded, "dim=1"))
        case .subsample(let stride):
            let x = try value(step.inputs[0]), missing = output[3] - (shape(of: step.inputs[0])?[3] ?? 0)
            let part = stride == 1 ? x : "\(x)[:, :, ::\(stride), ::\(stride)]"
            lines.append("\(names.result(step, at: place)) = " + (missing > 0 ? "F.pad(\(part), (0, 0, 0, 0, 0, \(missing)))" : part))
        case .convolution(let window): try convolution(step, window, at: place)
        case .pool(let kind, let window): try pool(step, kind, window, at: place)
        case .batchNorm(let epsilon):
            let x = try value(step.inputs[0]), module = names.moduleName(step.inputs[2])
            if known.insert(module).inserted {
                modules.append("self.\(module) = nn.BatchNorm\(output.count == 4 ? "2d" : "1d")(\(output.last ?? 1), eps=\(numberText(epsilon)))")
                add(step.inputs[2], "\(module).weight")
                add(step.inputs[3], "\(module).bias")
                let running = names.weight(step.inputs[1])?.values ?? []
                weights.add("\(module).running_mean", [running.count / 2], Array(running.prefix(running.count / 2)))
                weights.add("\(module).running_var", [running.count / 2], Array(running.suffix(running.count / 2)))
                weights.add("\(module).num_batches_tracked", count: 0)
            }
            lines.append("\(names.result(step, at: place)) = self.\(module)(\(x))")
        case .layerNorm(let epsilon):
            let x = try value(step.inputs[0]), module = names.moduleName(step.inputs[1])
            if known.insert(module).inserted {
                modules.append("self.\(module) = nn.LayerNorm(\(output.last ?? 1), eps=\(numberText(epsilon)))")
                add(step.inputs[1], "\(module).weight")
                add(step.inputs[2], "\(module).bias")
            }
            let isPicture = output.count == 4
            lines.append("\(names.result(step, at: place)) = " + (isPicture ? "self.\(module)(\(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)" : "self.\(module)(\(x))"))
        case .embedding:
            let (tokens, table) = (try value(step.inputs[0]), try value(step.inputs[1]))
            var text = "F.embedding(\(tokens), \(table))"
            if case .tokens = net.input { text += ".flatten(1)" }
            lines.append("\(names.result(step, at: place)) = \(text)")
        case .lstm:
            let (gates, c) = (try value(step.inputs[0]), try value(step.inputs[1]))
            let h = names.result(step, at: place), next = names.result(step, at: place, output: 1)
            lines.append("i, f, g, o = \(gates).chunk(4, dim=-1)")
            lines.append("\(next) = torch.sigmoid(f) * \(c) + torch.sigmoid(i) * torch.tanh(g)")
            lines.append("\(h) = torch.sigmoid(o) * torch.tanh(\(next))")
        }
    }

    /// The shape of a value or of a weight, as nasl has it.
    private func shape(of id: Int32) -> [Int]? { names.weight(id)?.variable.shape ?? net.shape(of: id) }

    private mutating func add(_ id: Int32, _ name: String) {
        if let weight = names.weight(id) { weights.add(name, weight.variable.shape, weight.values) }
    }

    private func call(_ head: String, _ items: [String], _ last: String) -> String {
        PythonSource.call(head, ["(" + items.joined(separator: ", ") + ")", last], "", indent: 0, width: PythonSource.width - 8)
    }

    private mutating func linear(_ step: Tracer.Step) -> String {
        let module = names.moduleName(step.inputs[1])
        if known.insert(module).inserted, let weight = names.weight(step.inputs[1]) {
            let (rows, columns) = (weight.variable.rows, weight.variable.columns)
            modules.append("self.\(module) = nn.Linear(\(rows), \(columns))")
            var turned = [Double](repeating: 0, count: weight.values.count)
            for row in 0..<rows { for column in 0..<columns { turned[column * rows + row] = weight.values[row * columns + column] } }
            weights.add("\(module).weight", [columns, rows], turned)
            add(step.inputs[2], "\(module).bias")
        }
        return module
    }

    private mutating func concatenate(_ step: Tracer.Step, at place: Int) throws(ExportError) {
        var parts: [String] = []
        for input in step.inputs { parts.append(try value(input)) }
        lines.append(call("\(names.result(step, at: place)) = torch.cat", parts, step.outputs[0].shape.count == 4 ? "dim=1" : "dim=-1"))
    }

    private mutating func convolution(_ step: Tracer.Step, _ window: ConvolutionWindow, at place: Int) throws(ExportError) {
        let x = try value(step.inputs[0]), module = names.moduleName(step.inputs[1])
        let border = WindowBorder(window)
        if known.insert(module).inserted, let filters = names.weight(step.inputs[1]) {
            let shape = filters.variable.shape  // [h, w, C, F]
            var options = ["\(shape[2])", "\(shape[3])", "(\(shape[0]), \(shape[1]))"]
            if window.stride != 1 { options.append("stride=\(window.stride)") }
            if let even = border.even, even != (0, 0) { options.append("padding=(\(even.0), \(even.1))") }
            if step.inputs.count < 3 { options.append("bias=False") }
            modules.append("self.\(module) = nn.Conv2d(\(options.joined(separator: ", ")))")
            weights.add("\(module).weight", [shape[3], shape[2], shape[0], shape[1]], NetWeights.channelsFirst(filters.values, shape))
            if step.inputs.count > 2 { add(step.inputs[2], "\(module).bias") }
        }
        lines.append("\(names.result(step, at: place)) = self.\(module)(\(border.even == nil ? "F.pad(\(x), \(border.text))" : x))")
    }

    private mutating func pool(_ step: Tracer.Step, _ kind: Tracer.Pooling, _ window: ConvolutionWindow, at place: Int) throws(ExportError) {
        let x = try value(step.inputs[0]), border = WindowBorder(window)
        let result = names.result(step, at: place)
        let size = "(\(window.size[0]), \(window.size[1]))", stride = "stride=\(window.stride)"
        switch kind {
        case .max:
            let padded = border.isNone ? x : "F.pad(\(x), \(border.text), value=-torch.inf)"
            lines.append("\(result) = F.max_pool2d(\(padded), \(size), \(stride))")
        case .average:
            if window.size == window.image, border.isNone {
                lines.append("\(result) = \(x).mean(dim=(2, 3), keepdim=True)")
            } else if border.isNone {
                lines.append("\(result) = F.avg_pool2d(\(x), \(size), \(stride))")
            } else {
                // Only what lies inside the picture counts.
                lines.append("inside = F.avg_pool2d(F.pad(torch.ones_like(\(x)), \(border.text)), \(size), \(stride))")
                lines.append("\(result) = F.avg_pool2d(F.pad(\(x), \(border.text)), \(size), \(stride)) / inside")
            }
        }
    }

    private mutating func elementwise(_ function: FunctionTerm, _ count: Int, _ step: Tracer.Step, at place: Int) throws(ExportError) {
        var inputs: [String] = []
        for input in step.inputs {
            let text = try value(input), from = shape(of: input) ?? []
            // One number for each channel.
            inputs.append(from.count == 1 && from[0] > 1 && step.outputs[0].shape.count == 4 ? "\(text).view(-1, 1, 1)" : text)
        }
        let code = try FunctionCode(function, inputs: inputs, weights: count, in: PyTorchFile.dialect.reserving(["x", "h", "c", "inside", "i", "f", "g", "o"]))
        for definition in code.definitions where !definitions.contains(definition) { definitions.append(definition) }
        lines += code.parts.map { "\($0.name) = \($0.text)" }
        lines.append("\(names.result(step, at: place)) = \(PyTorchFile.result(code))")
    }
}
