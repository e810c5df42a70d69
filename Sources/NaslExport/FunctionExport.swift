import NaslExpr

/// Functions that are terms, as files of other languages.
///
///     try FunctionExport(term, name: "bent", origin: Provenance(program: term.text)).text(as: .pytorch)
public struct FunctionExport: Sendable {
    public var function: FunctionTerm
    /// What it is called in the file, as far as the language allows it.
    public var name: String
    public var origin: Provenance

    public init(_ function: FunctionTerm, name: String, origin: Provenance) {
        self.function = function
        self.name = name
        self.origin = origin
    }

    /// - Throws: ``ExportError`` where something in the function has no meaning in the format.
    public func text(as format: ExportFormat) throws(ExportError) -> String {
        if let draw = function.body.nodes.first(where: { $0.kind == .primitive && $0.primitive.spelling(in: format.target) == nil }) {
            throw ExportError("`\(draw.primitive.name)` has no meaning in \(format.title)",
                              help: ["\(FunctionExport.formats(with: draw.primitive)) can say it"])
        }
        switch format {
        case .pytorch: return try PyTorchFile.text(function, named: name, origin)
        case .jax: return try JAXFile.text(function, named: name, origin)
        case .sympy: return try SymPyFile.text(function, named: name, origin)
        case .latex: return try LatexFile.text(function, named: name, origin)
        case .c: return try CFile.text(function, named: name, origin)
        case .swift: return try SwiftFile.text(function, named: name, origin)
        case .onnx: throw ExportError("an ONNX file is no text")
        }
    }

    private static func formats(with primitive: Primitive) -> String {
        ExportFormat.allCases.filter { primitive.spelling(in: $0.target) != nil }.map(\.title).joined(separator: ", ")
    }
}

extension ExportFormat {
    /// Its column in the table of spellings.
    package var target: Primitive.Target {
        switch self {
        case .pytorch: .pytorch
        case .jax: .jax
        case .onnx: .onnx
        case .latex: .latex
        case .sympy: .sympy
        case .c: .c
        case .swift: .swift
        }
    }
}
