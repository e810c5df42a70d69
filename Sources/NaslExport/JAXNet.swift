import NaslExpr
import NaslTensor
import NaslTraining

/// A net as a function `apply(params, x)` of JAX. Pictures have their channels last, as in nasl.
struct JAXNet {
    private let net: RecordedNet
    private var names: NetNames
    private var known: Set<String> = []
    private var lines: [String] = []
    private var weights = Safetensors()
    private var definitions: [String] = []

    private init(_ net: RecordedNet) {
        self.net = net
        names = NetNames(net)
    }

    static func files(_ export: NetExport) throws(ExportError) -> NetExport.Files {
        var printer = JAXNet(export.net)
        let text = try printer.text(export)
        return NetExport.Files(source: text, weights: printer.weights.bytes)
    }

    private mutating func text(_ export: NetExport) throws(ExportError) -> String {
        var parameters = ["params: dict[str, jax.Array]", "x: jax.Array"]
        switch net.input {
        case .values(let x): names.name(x.id, "x")
        case .tokens(let tokens), .stream(let tokens): names.name(tokens.id, "x")
        }
        var result = "jax.Array"
        if !net.states.isEmpty {
            for (state, name) in zip(net.states, export.stateNames) { names.name(state.start.id, name) }
            parameters += export.stateNames.map { "\($0): jax.Array" }
            result = "tuple[jax.Array, ...]"
        }
        for (place, step) in net.steps.enumerated() { try write(step, at: place) }
        var ends: [String] = []
        for end in [net.output] + net.states.map(\.end) { ends.append(try value(end.id)) }
        let carrying = net.states.isEmpty ? "" : "the state that it carries, zeros at first ([batch, \(net.states[0].start.columns)])"
        var blocks = definitions
        if let characters = export.characters { blocks.append(characters) }
        blocks.append("""
            def load() -> dict[str, jax.Array]:
                \"\"\"The trained weights, from the file beside this one.\"\"\"
                weights = load_file(Path(__file__).with_suffix(".safetensors"))
                return {name: jnp.asarray(weight) for name, weight in weights.items()}
            """)
        blocks.append("""
            \(PythonSource.call("def apply", parameters, " -> \(result):", indent: 0))
            \(PythonSource.docstring(export.description(channelsFirst: false, carrying: carrying), indent: 4))
            \(PythonSource.indented(lines + ["return \(ends.joined(separator: ", "))"], by: 4))
            """)
        let imports = "from pathlib import Path\n\nimport jax\nimport jax.numpy as jnp\nfrom safetensors.numpy import load_file"
        return PythonSource.file(export.origin.comment("#"), imports: imports, blocks)
    }

    /// The expression of a value or of a weight.
    private mutating func value(_ id: Int32) throws(ExportError) -> String {
        if let name = names.value(id) { return name }
        guard let weight = names.weight(id) else { throw ExportError("this net does something that cannot be exported") }
        let name = names.weightName(id)
        if known.insert(name).inserted { weights.add(name, weight.variable.shape, weight.values) }
        return "params[\"\(name)\"]"
    }

    private mutating func write(_ step: Tracer.Step, at place: Int) throws(ExportError) {
        if case .same = step.kind { return }
        var inputs: [String] = []
        for input in step.inputs { inputs.append(try value(input)) }
        let output = step.outputs[0].shape, x = inputs[0]
        func axes(_ shape: [Int]) -> String { (["-1"] + shape.dropFirst().map(String.init)).joined(separator: ", ") }
        if case .lstm = step.kind {
            let h = names.result(step, at: place), next = names.result(step, at: place, output: 1)
            lines.append("i, f, g, o = jnp.split(\(x), 4, axis=-1)")
            lines.append("\(next) = jax.nn.sigmoid(f) * \(inputs[1]) + jax.nn.sigmoid(i) * jnp.tanh(g)")
            lines.append("\(h) = jax.nn.sigmoid(o) * jnp.tanh(\(next))")
            return
        }
        if case .elementwise(let function, let count) = step.kind {
            let code = try FunctionCode(function, inputs: inputs, weights: count, in: JAXFile.dialect.reserving(["x", "h", "c", "i", "f", "g", "o"]))
            guard code.draws == 0 else { throw ExportError("a net that draws at random has no meaning in JAX without a key") }
            for definition in code.definitions where !definitions.contains(definition) { definitions.append(definition) }
            lines += code.parts.map { "\($0.name) = \($0.text)" }
            lines.append("\(names.result(step, at: place)) = \(JAXFile.result(code))")
            return
        }
        let from = step.inputs.first.flatMap { shape(of: $0) } ?? output
        let result = names.result(step, at: place)
        switch step.kind {
        case .same, .lstm, .elementwise: break
        case .product: lines.append("\(result) = \(x) @ \(inputs[1])" + (inputs.count > 2 ? " + \(inputs[2])" : ""))
        case .reshape: lines.append("\(result) = \(x).reshape(\(axes(output)))")
        case .concatenate: lines.append(call("\(result) = jnp.concatenate", ["[\(inputs.joined(separator: ", "))]", "axis=-1"]))
        case .concatenateImages:
            let padded = zip(step.inputs, inputs).map { id, text in
                let own = shape(of: id) ?? output
                let (down, right) = (output[1] - own[1], output[2] - own[2])
                return down == 0 && right == 0 ? text : "jnp.pad(\(text), ((0, 0), (0, \(down)), (0, \(right)), (0, 0)))"
            }
            lines.append(call("\(result) = jnp.concatenate", ["[\(padded.joined(separator: ", "))]", "axis=-1"]))
        case .subsample(let stride):
            let part = stride == 1 ? x : "\(x)[:, ::\(stride), ::\(stride)]", missing = output[3] - from[3]
            lines.append("\(result) = " + (missing > 0 ? "jnp.pad(\(part), ((0, 0), (0, 0), (0, 0), (0, \(missing))))" : part))
        case .convolution(let window):
            let text = call("\(result) = jax.lax.conv_general_dilated", [
                x, inputs[1], "(\(window.stride), \(window.stride))", border(window), "dimension_numbers=(\"NHWC\", \"HWIO\", \"NHWC\")",
            ])
            lines.append(text)
            if inputs.count > 2 { lines.append("\(result) = \(result) + \(inputs[2])") }
        case .pool(let kind, let window):
            let size = "(1, \(window.size[0]), \(window.size[1]), 1)", stride = "(1, \(window.stride), \(window.stride), 1)"
            let edges = "((0, 0), " + border(window).dropFirst().dropLast() + ", (0, 0))"
            let isWhole = window.size == window.image && window.bordered == window.image
            switch kind {
            case .max: lines.append(call("\(result) = jax.lax.reduce_window", [x, "-jnp.inf", "jax.lax.max", size, stride, edges]))
            case .average where isWhole: lines.append("\(result) = \(x).mean(axis=(1, 2), keepdims=True)")
            case .average:
                // Only what lies inside the picture counts.
                let ones = "jnp.ones_like(\(x))"
                lines.append(call("inside = jax.lax.reduce_window", [ones, "0.0", "jax.lax.add", size, stride, edges]))
                lines.append(call("\(result) = jax.lax.reduce_window", [x, "0.0", "jax.lax.add", size, stride, edges]))
                lines.append("\(result) = \(result) / inside")
            }
        case .batchNorm(let epsilon):
            lines.append("mean, variance = \(inputs[1])")
            lines.append("\(result) = (\(x) - mean) / jnp.sqrt(variance + \(numberText(epsilon))) * \(inputs[2])")
            lines.append("\(result) = \(result) + \(inputs[3])")
        case .layerNorm(let epsilon):
            lines.append("mean = \(x).mean(axis=-1, keepdims=True)")
            lines.append("variance = \(x).var(axis=-1, keepdims=True)")
            lines.append("\(result) = (\(x) - mean) / jnp.sqrt(variance + \(numberText(epsilon))) * \(inputs[1])")
            lines.append("\(result) = \(result) + \(inputs[2])")
        case .embedding:
            var isStream = false
            if case .stream = net.input { isStream = true }
            lines.append("\(result) = \(inputs[1])[\(x)]" + (isStream ? "" : ".reshape(\(axes(output)))"))
        }
    }

    /// What a window has outside of the picture: ((top, bottom), (left, right)).
    private func border(_ window: ConvolutionWindow) -> String {
        let border = WindowBorder(window)
        return "(" + (0..<2).map { "(\(border.before[$0]), \(border.after[$0]))" }.joined(separator: ", ") + ")"
    }

    private func shape(of id: Int32) -> [Int]? { names.weight(id)?.variable.shape ?? net.shape(of: id) }

    private func call(_ head: String, _ items: [String]) -> String { PythonSource.call(head, items, "", indent: 0, width: PythonSource.width - 4) }
}
