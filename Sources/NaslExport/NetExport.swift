import NaslTensor
import NaslTraining

/// A trained net as a module of another library, with its weights in a file beside it.
public struct NetExport: Sendable {
    package let net: RecordedNet
    package let name: String
    package let origin: Provenance

    /// - Throws: ``NetError`` where the net cannot be recorded anew.
    public init(_ fit: Fit, name: String, origin: Provenance) throws {
        net = try fit.recorded()
        self.name = name
        self.origin = origin
    }

    public struct Files: Sendable {
        public let source: String
        /// Of the safetensors format.
        public let weights: [UInt8]
    }

    /// - Throws: ``ExportError`` where the format knows no nets.
    public func files(as format: ExportFormat) throws(ExportError) -> Files {
        switch format {
        case .pytorch: return try PyTorchNet.files(self)
        case .jax: return try JAXNet.files(self)
        default: throw ExportError("a net has no meaning in \(format.title)", help: ["it can be exported to PyTorch, JAX and ONNX"])
        }
    }

    /// What the net reads and gives, in a sentence.
    func description(channelsFirst: Bool, carrying: String) -> String {
        let result = net.classes > 0 ? "logits, \(net.classes) for each" : "a number for each"
        switch net.input {
        case .values(let x):
            var shape = Array(x.shape.dropFirst())
            if channelsFirst, shape.count == 3 { shape = [shape[2], shape[0], shape[1]] }
            return "x: [batch, \(shape.map(String.init).joined(separator: ", "))]; gives \(result)."
        case .tokens(let tokens): return "x: [batch, \(tokens.shape[1])] characters, by their place in CHARACTERS; gives \(result)."
        case .stream: return "A step: x: [batch] characters, by their place in CHARACTERS, and \(carrying); gives \(result), and the next state."
        }
    }

    /// The names of what is carried from step to step.
    package var stateNames: [String] { net.states.count == 1 ? ["h"] : ["h", "c"] }

    /// The characters of a net for text, as a line of Python.
    var characters: String? {
        guard !net.vocabulary.isEmpty else { return nil }
        let text = net.vocabulary.map { byte -> String in
            switch byte {
            case 10: "\\n"
            case 9: "\\t"
            case 34: "\\\""
            case 92: "\\\\"
            case 32..<127: String(UnicodeScalar(byte))
            default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        // Lines of the right length, joined by Python.
        var lines: [String] = [""]
        for character in text {
            if lines[lines.count - 1].count + character.count > 70 { lines.append("") }
            lines[lines.count - 1] += character
        }
        return "CHARACTERS = (\n" + lines.map { "    b\"\($0)\"\n" }.joined() + ")"
    }
}
