import NaslTensor
import NaslTraining

/// A recurrent cell as a module of another library, for inputs and states of any size; its weights start anew.
public struct CellExport: Sendable {
    private let net: RecordedNet
    private let name: String
    private let origin: Provenance

    /// It is recorded for sizes that nothing else in a cell is likely to have, and these are written as parameters.
    private static let sizes = (input: 1009, hidden: 1013)

    /// - Throws: ``NetError`` where the cell cannot be recorded.
    public init(_ cell: FunctionCell, name: String, origin: Provenance) throws {
        net = try cell.recorded(columns: CellExport.sizes.input, width: CellExport.sizes.hidden)
        self.name = name
        self.origin = origin
    }

    /// - Throws: ``ExportError`` where the format knows no cells, or the cell does what it cannot.
    public func text(as format: ExportFormat) throws(ExportError) -> String {
        switch format {
        case .pytorch: return try pyTorch()
        case .jax: return try jax()
        default: throw ExportError("a recurrent cell has no meaning in \(format.title)", help: ["it can be exported to PyTorch and JAX; a trained net with it, to ONNX, too"])
        }
    }

    /// What is trained, in order of first use.
    private enum Weight {
        case dense(name: String, inputs: Int, outputs: Int)
        case parameter(name: String, count: Int, start: Double)
    }

    /// One step, line by line, and what it needs.
    private struct Step {
        var weights: [Weight] = []
        var lines: [String] = []
        var definitions: [String] = []
        var ends = ""
    }

    private static func size(_ length: Int) -> String {
        length == sizes.input ? "input_size" : length == sizes.hidden ? "hidden_size" : String(length)
    }

    private func step(
        in dialect: Dialect, dense: (_ name: String, _ x: String) -> String, parameter: (String) -> String, result: (FunctionCode) -> String
    ) throws(ExportError) -> Step {
        var step = Step(), names = NetNames(net)
        var known: Set<String> = []
        if case .values(let x) = net.input { names.name(x.id, "x") }
        for (state, name) in zip(net.states, ["h", "c"]) { names.name(state.start.id, name) }
        func value(_ id: Int32) throws(ExportError) -> String {
            if let name = names.value(id) { return name }
            guard let weight = names.weight(id), weight.variable.shape.count == 1 else { throw CellExport.foreign }
            let name = names.weightName(id)
            if known.insert(name).inserted { step.weights.append(.parameter(name: name, count: weight.variable.count, start: weight.values.first ?? 0)) }
            return parameter(name)
        }
        for (place, operation) in net.steps.enumerated() {
            switch operation.kind {
            case .same: continue
            case .product where names.isLinear(operation):
                let module = names.moduleName(operation.inputs[1]), x = try value(operation.inputs[0])
                if known.insert(module).inserted, let weight = names.weight(operation.inputs[1])?.variable {
                    step.weights.append(.dense(name: module, inputs: weight.rows, outputs: weight.columns))
                }
                step.lines.append("\(names.result(operation, at: place)) = \(dense(module, x))")
            case .elementwise(let function, let count):
                var inputs: [String] = []
                for input in operation.inputs { inputs.append(try value(input)) }
                let code = try FunctionCode(function, inputs: inputs, weights: count, in: dialect.reserving(["x", "h", "c"]))
                guard code.draws == 0 else { throw CellExport.foreign }
                for definition in code.definitions where !step.definitions.contains(definition) { step.definitions.append(definition) }
                step.lines += code.parts.map { "\($0.name) = \($0.text)" }
                step.lines.append("\(names.result(operation, at: place)) = \(result(code))")
            default: throw CellExport.foreign
            }
        }
        step.ends = try net.states.map { state throws(ExportError) in try value(state.end.id) }.joined(separator: ", ")
        return step
    }

    private static let foreign = ExportError("this cell does more than `linear` and arithmetic", help: ["train a net with it and export that"])
    private static let summary = "A step: x: [batch, input_size], h and c: [batch, hidden_size], zeros at first; gives the next h and c."

    private func pyTorch() throws(ExportError) -> String {
        let dialect = PyTorchFile.dialect
        let step = try step(in: dialect, dense: { "self.\($0)(\($1))" }, parameter: { "self.\($0)" }, result: PyTorchFile.result)
        var modules: [String] = [], starts: [String] = []
        for weight in step.weights {
            switch weight {
            case .dense(let name, let inputs, let outputs):
                modules.append("self.\(name) = nn.Linear(\(CellExport.size(inputs)), \(CellExport.size(outputs)))")
                starts.append("self.\(name)")
            case .parameter(let name, let count, let start):
                modules.append("self.\(name) = nn.Parameter(torch.full((\(CellExport.size(count)),), \(plainNumber(start, point: true, infinity: "torch.inf", nan: "torch.nan"))))")
            }
        }
        if !starts.isEmpty {
            modules.append("for layer in (\(starts.joined(separator: ", "))\(starts.count == 1 ? "," : "")):")
            modules.append("    nn.init.xavier_normal_(layer.weight)\n    nn.init.zeros_(layer.bias)")
        }
        let block = """
            class \(PythonSource.className(dialect.identifier(name)))(nn.Module):
            \(PythonSource.docstring(CellExport.summary, indent: 4))

                def __init__(self, input_size: int, hidden_size: int) -> None:
                    super().__init__()
            \(PythonSource.indented(modules, by: 8))

                def forward(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
            \(PythonSource.indented(step.lines + ["return \(step.ends)"], by: 8))
            """
        return PythonSource.file(origin.comment("#"), imports: "import torch\nfrom torch import Tensor, nn", step.definitions + [block])
    }

    private func jax() throws(ExportError) -> String {
        let dense = { (name: String, x: String) in "\(x) @ params[\"\(name).weight\"] + params[\"\(name).bias\"]" }
        let step = try step(in: JAXFile.dialect, dense: dense, parameter: { "params[\"\($0)\"]" }, result: JAXFile.result)
        var entries: [String] = [], matrices = 0
        for weight in step.weights {
            switch weight {
            case .dense(let name, let inputs, let outputs):
                entries.append("\"\(name).weight\": start(keys[\(matrices)], (\(CellExport.size(inputs)), \(CellExport.size(outputs)))),")
                entries.append("\"\(name).bias\": jnp.zeros(\(CellExport.size(outputs))),")
                matrices += 1
            case .parameter(let name, let count, let start):
                entries.append("\"\(name)\": jnp.full((\(CellExport.size(count)),), \(plainNumber(start, point: true, infinity: "jnp.inf", nan: "jnp.nan"))),")
            }
        }
        let setup = matrices == 0 ? [] : ["keys = jax.random.split(key, \(matrices))", "start = jax.nn.initializers.glorot_normal()"]
        let initialize = """
            \(PythonSource.call("def init", ["key: jax.Array", "input_size: int", "hidden_size: int"], " -> dict[str, jax.Array]:", indent: 0))
                \"\"\"New weights: Glorot's, and biases of 0.\"\"\"
            \(PythonSource.indented(setup + ["return {"] + entries.map { "    " + $0 } + ["}"], by: 4))
            """
        let apply = """
            \(PythonSource.call("def apply", ["params: dict[str, jax.Array]", "x: jax.Array", "h: jax.Array", "c: jax.Array"], " -> tuple[jax.Array, jax.Array]:", indent: 0))
            \(PythonSource.docstring(CellExport.summary, indent: 4))
            \(PythonSource.indented(step.lines + ["return \(step.ends)"], by: 4))
            """
        return PythonSource.file(origin.comment("#"), imports: "import jax\nimport jax.numpy as jnp", step.definitions + [initialize, apply])
    }
}
