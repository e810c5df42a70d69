/// What a program can be exported to.
public enum ExportFormat: String, CaseIterable, Sendable {
    case pytorch, jax, onnx, latex, sympy, c, swift

    /// As its community writes it.
    package var title: String {
        switch self {
        case .pytorch: "PyTorch"
        case .jax: "JAX"
        case .onnx: "ONNX"
        case .latex: "LaTeX"
        case .sympy: "SymPy"
        case .c: "C"
        case .swift: "Swift"
        }
    }

    /// How its files end.
    package var ending: String {
        switch self {
        case .pytorch, .jax, .sympy: "py"
        case .onnx: "onnx"
        case .latex: "tex"
        case .c: "c"
        case .swift: "swift"
        }
    }

    /// The format that a file's name makes clear; nil for `.py`, which three have, and for other endings.
    package init?(file: String) {
        let fits = ExportFormat.allCases.filter { file.lowercased().hasSuffix(".\($0.ending)") }
        guard fits.count == 1 else { return nil }
        self = fits[0]
    }
}

/// Why something cannot be exported.
public struct ExportError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    public let help: [String]

    package init(_ description: String, help: [String] = []) {
        self.description = description
        self.help = help
    }
}
