import NaslRandom

/// Where the weights of a layer start.
public enum Initializer: Hashable, Sendable {
    case constant(Double)
    /// Normal with this deviation.
    case normal(Double)
    /// Normal with variance `2 / inputs` (He, Zhang, Ren & Sun, ICCV 2015, section 2.2), made for rectifiers and good in general.
    case he(inputs: Int)
    /// Normal with variance `2 / (inputs + outputs)` (Glorot & Bengio, AISTATS 2010, equation 12, as a normal distribution).
    case glorot(inputs: Int, outputs: Int)

    /// `count` values drawn from `stream`.
    func values(_ count: Int, from stream: inout RandomStream) -> [Double] {
        let deviation: Double
        switch self {
        case .constant(let value): return [Double](repeating: value, count: count)
        case .normal(let given): deviation = given
        case .he(let inputs): deviation = (2 / Double(max(inputs, 1))).squareRoot()
        case .glorot(let inputs, let outputs): deviation = (2 / Double(max(inputs + outputs, 1))).squareRoot()
        }
        return (0..<count).map { _ in deviation * stream.normal() }
    }
}
