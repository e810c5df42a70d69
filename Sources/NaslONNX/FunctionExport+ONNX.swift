import NaslExpr
import NaslExport

extension FunctionExport {
    /// The function as an ONNX model: an input of any shape for each parameter, and the output `result`.
    package func model() throws(ExportError) -> [UInt8] {
        if let draw = function.body.nodes.first(where: { $0.kind == .primitive && $0.primitive.spelling(in: .onnx) == nil }) {
            throw ExportError("`\(draw.primitive.name)` has no meaning in ONNX")
        }
        var model = ONNXGraph(name: name)
        var graph = Graph(inputs: function.parameters.count)
        let names = Dictionary(uniqueKeysWithValues: zip(function.parameters, function.parameters.indices.map { graph.input($0) }))
        let output: Graph.Ref
        do { output = try graph.insert(function.body, names) } catch { throw ExportError(error.description) }
        for parameter in function.parameters { model.input(parameter.text, nil) }
        let results = try model.elementwise(graph, at: [output], inputs: function.parameters.map(\.text))
        model.output("result", nil, from: results[0])
        return try model.model(origin)
    }
}
