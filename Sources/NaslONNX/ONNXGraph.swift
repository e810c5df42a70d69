import NaslExpr
import NaslExport
import SwiftProtobuf

/// Builds the graph of a model, node by node; each result has a name.
struct ONNXGraph {
    /// The operators are those of this version; Gelu is one since then.
    static let operators: Int64 = 20
    /// Of the file format, from the same time.
    static let format: Int64 = 9

    private(set) var graph = Onnx_GraphProto()
    private var constants: [Double: String] = [:]
    private var count = 0

    init(name: String) { graph.name = name }

    /// A place for a value that is given, with lengths or names for its axes.
    mutating func input(_ name: String, _ shape: [Axis]?, _ type: Onnx_TensorProto.DataType = .float) {
        graph.input.append(ONNXGraph.place(name, shape, type))
    }

    /// Gives the value `source` as `name`.
    mutating func output(_ name: String, _ shape: [Axis]?, from source: String) {
        var node = Onnx_NodeProto()
        node.opType = "Identity"
        node.input = [source]
        node.output = [name]
        graph.node.append(node)
        graph.output.append(ONNXGraph.place(name, shape, .float))
    }

    enum Axis {
        case length(Int)
        case name(String)
    }

    /// An operator applied; its result's name.
    mutating func apply(_ operation: String, _ inputs: [String], _ attributes: [Onnx_AttributeProto] = []) -> String {
        var node = Onnx_NodeProto()
        count += 1
        node.opType = operation
        node.name = "\(operation.lowercased())_\(count)"
        node.input = inputs
        node.output = [node.name]
        node.attribute = attributes
        graph.node.append(node)
        return node.name
    }

    /// An operator of several results.
    mutating func apply(_ operation: String, _ inputs: [String], _ attributes: [Onnx_AttributeProto], results: Int) -> [String] {
        let first = apply(operation, inputs, attributes)
        let names = (0..<results).map { "\(first)_\($0)" }
        graph.node[graph.node.count - 1].output = names
        return names
    }

    /// A number, without axes.
    mutating func number(_ value: Double) -> String {
        if let known = constants[value], !value.isNaN { return known }
        let name = "number_\(constants.count)"
        constants[value] = name
        weight(name, [], [Float(value)])
        return name
    }

    mutating func weight(_ name: String, _ shape: [Int], _ values: [Float]) {
        var tensor = Onnx_TensorProto()
        tensor.name = name
        tensor.dims = shape.map(Int64.init)
        tensor.dataType = Int32(Onnx_TensorProto.DataType.float.rawValue)
        tensor.floatData = values
        graph.initializer.append(tensor)
    }

    mutating func integers(_ values: [Int]) -> String {
        var tensor = Onnx_TensorProto()
        count += 1
        tensor.name = "integers_\(count)"
        tensor.dims = [Int64(values.count)]
        tensor.dataType = Int32(Onnx_TensorProto.DataType.int64.rawValue)
        tensor.int64Data = values.map(Int64.init)
        graph.initializer.append(tensor)
        return tensor.name
    }

    /// The whole file.
    func model(_ origin: Provenance) throws(ExportError) -> [UInt8] {
        var model = Onnx_ModelProto()
        model.irVersion = ONNXGraph.format
        model.producerName = "nasl"
        model.docString = origin.text
        model.graph = graph
        var version = Onnx_OperatorSetIdProto()
        version.version = ONNXGraph.operators
        model.opsetImport = [version]
        do { return try model.serializedBytes() } catch { throw ExportError("the ONNX file cannot be made: \(error)") }
    }

    private static func place(_ name: String, _ shape: [Axis]?, _ type: Onnx_TensorProto.DataType) -> Onnx_ValueInfoProto {
        var tensor = Onnx_TypeProto.Tensor()
        tensor.elemType = Int32(type.rawValue)
        if let shape {
            tensor.shape = Onnx_TensorShapeProto()
            tensor.shape.dim = shape.map { axis in
                var dimension = Onnx_TensorShapeProto.Dimension()
                switch axis {
                case .length(let length): dimension.dimValue = Int64(length)
                case .name(let name): dimension.dimParam = name
                }
                return dimension
            }
        }
        var place = Onnx_ValueInfoProto()
        place.name = name
        place.type.tensorType = tensor
        return place
    }
}

extension Onnx_AttributeProto {
    static func integer(_ name: String, _ value: Int) -> Onnx_AttributeProto {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        attribute.type = .int
        attribute.i = Int64(value)
        return attribute
    }

    static func integers(_ name: String, _ values: [Int]) -> Onnx_AttributeProto {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        attribute.type = .ints
        attribute.ints = values.map(Int64.init)
        return attribute
    }

    static func number(_ name: String, _ value: Double) -> Onnx_AttributeProto {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        attribute.type = .float
        attribute.f = Float(value)
        return attribute
    }
}
