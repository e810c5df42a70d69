import NaslExport
import NaslExpr
import NaslONNX
import SwiftProtobuf
import Testing

/// Functions as ONNX models; that onnxruntime computes the same with them is seen in Tests/export.
struct ModelTests {
    private func nodes(_ function: FunctionTerm) throws -> [String] {
        let bytes = try FunctionExport(function, name: "f", origin: Provenance(program: function.text)).model()
        let model = try Onnx_ModelProto(serializedBytes: bytes)
        #expect(model.producerName == "nasl")
        #expect(model.docString.hasPrefix(function.text))
        #expect(model.graph.input.map(\.name) == function.parameters.map(\.text))
        #expect(model.graph.output.map(\.name) == ["result"])
        return model.graph.node.map(\.opType)
    }

    @Test func operators() throws {
        let x = Expr.variable("x")
        #expect(try nodes(FunctionTerm(parameters: ["x"], body: .apply(.max, x, .apply(.tanh, x)))) == ["Tanh", "Max", "Identity"])
    }

    @Test func definitionsStandForWhatIsNoOperator() throws {
        let (x, y) = (Expr.variable("x"), Expr.variable("y"))
        #expect(try nodes(FunctionTerm(parameters: ["x", "y"], body: .apply(.mod, x, y))) == ["Div", "Floor", "Mul", "Sub", "Identity"])
    }

    @Test func everyPrimitiveIsThere() throws {
        for row in Primitive.table where !row.primitive.isRandom {
            let names: [Symbol] = ["x", "y", "z"]
            let body = Expr.apply(row.primitive, names.prefix(row.arity).map { .variable($0) })
            #expect(try !nodes(FunctionTerm(parameters: Array(names.prefix(row.arity)), body: body)).isEmpty)
        }
    }

    @Test func drawsHaveNoMeaning() {
        #expect(throws: ExportError.self) { try nodes(FunctionTerm(parameters: ["x"], body: .apply(.noise, 0.1))) }
    }
}
