import NaslRandom

/// Where the weights of a layer start.
public enum Initializer: Hashable, Sendable {
    case constant(Double)
    /// These values.
    case given([Double])
    /// Normal with this deviation.
    case normal(Double)
    /// Normal with variance `2 / inputs` (He, Zhang, Ren & Sun, ICCV 2015, section 2.2), made for rectifiers and good in general.
    case he(inputs: Int)
    /// Normal with variance `2 / (inputs + outputs)` (Glorot & Bengio, AISTATS 2010, equation 12, as a normal distribution).
    case glorot(inputs: Int, outputs: Int)
    /// Blocks of so many rows and columns side by side, each with orthogonal rows or columns (Saxe, McClelland & Ganguli 2014).
    case orthogonal(rows: Int, columns: Int)

    /// `count` values drawn from `stream`.
    func values(_ count: Int, from stream: inout RandomStream) -> [Double] {
        let deviation: Double
        switch self {
        case .constant(let value): return [Double](repeating: value, count: count)
        case .given(let values): return values
        case .orthogonal(let rows, let columns): return Initializer.orthogonal(count, rows, columns, &stream)
        case .normal(let given): deviation = given
        case .he(let inputs): deviation = (2 / Double(max(inputs, 1))).squareRoot()
        case .glorot(let inputs, let outputs): deviation = (2 / Double(max(inputs + outputs, 1))).squareRoot()
        }
        return (0..<count).map { _ in deviation * stream.normal() }
    }

    /// Rows of each block, made orthogonal one after the other (Gram & Schmidt, modified); with more rows than columns, its columns.
    private static func orthogonal(_ count: Int, _ rows: Int, _ columns: Int, _ stream: inout RandomStream) -> [Double] {
        let size = rows * columns
        guard size > 0, count % size == 0 else { return (0..<count).map { _ in stream.normal() } }
        let blocks = count / size, width = blocks * columns
        let (vectors, length) = rows <= columns ? (rows, columns) : (columns, rows)
        var result = [Double](repeating: 0, count: count)
        for block in 0..<blocks {
            var basis: [[Double]] = []
            while basis.count < vectors {
                var vector = (0..<length).map { _ in stream.normal() }
                for known in basis {
                    let share = zip(vector, known).reduce(0) { $0 + $1.0 * $1.1 }
                    for slot in vector.indices { vector[slot] -= share * known[slot] }
                }
                let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
                if norm > 1e-6 { basis.append(vector.map { $0 / norm }) }
            }
            for row in 0..<rows {
                for column in 0..<columns {
                    result[row * width + block * columns + column] = rows <= columns ? basis[row][column] : basis[column][row]
                }
            }
        }
        return result
    }
}
