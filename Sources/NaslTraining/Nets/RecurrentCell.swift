import NaslTensor

/// What a recurrent net does at each step: a cell reads the input of the step and its own state and gives its next state.
public protocol RecurrentCell: AnyObject, Sendable {
    /// As the user would write it.
    var summary: String { get }

    /// Records `steps` steps of a batch, from the state that the last run of the section ended with.
    ///
    /// - Parameters:
    ///   - x: what it reads, all sequences of one step together.
    ///   - width: of the state.
    /// - Returns: the output of each step, [steps * B, width].
    func unroll(_ x: CellInputs, steps: Int, width: Int, in net: NetTracer) throws -> Tracer.Variable
}

/// What a cell reads over all steps: characters as vectors.
public struct CellInputs {
    let tokens: Tracer.Tokens
    /// A vector for each character of the vocabulary.
    let table: Tracer.Variable
    let tracer: Tracer

    /// Characters, of all steps together.
    public var count: Int { tokens.count }
    /// Numbers in a vector.
    public var columns: Int { table.columns }

    /// [count, columns].
    public func vectors() -> Tracer.Variable { looked(up: table) }

    /// `x w + b` for each character: [count, outputs]. There are fewer characters in a vocabulary than in all steps, so the product is that of
    /// the table, and its rows are looked up.
    public func dense(weight: Tracer.Variable, bias: Tracer.Variable) -> Tracer.Variable {
        looked(up: tracer.dense(table, weight: weight, bias: bias))
    }

    /// A row for each character, whatever the shape of the tokens.
    private func looked(up table: Tracer.Variable) -> Tracer.Variable {
        tracer.reshape(tracer.embedding(tokens, table: table), [tokens.count, table.columns])
    }
}

/// A long short-term memory (Hochreiter & Schmidhuber 1997; forget gate of Gers et al. 2000, whose bias starts at 1 as in Jozefowicz et al. 2015).
/// Input weights start by Glorot's rule, recurrent ones orthogonal.
public final class LSTM: RecurrentCell {
    public init() {}

    public let summary = "lstm"

    public func unroll(_ x: CellInputs, steps: Int, width: Int, in net: NetTracer) throws -> Tracer.Variable {
        let batch = x.count / steps, tracer = net.tracer
        // Sums and gates of every step are kept for the way back.
        try net.reserve([x.count, 12 * width], summary)
        let input = try net.parameter("input", [x.columns, 4 * width], .glorot(inputs: x.columns, outputs: width), of: self, summary)
        let recurrent = try net.parameter("recurrent", [width, 4 * width], .orthogonal(rows: width, columns: width), of: self, summary)
        let biases = (0..<4 * width).map { $0 / width == 1 ? 1.0 : 0 }
        let bias = try net.parameter("bias", [4 * width], .given(biases), of: self, summary)
        // What the gates get from the inputs is known beforehand.
        let sums = tracer.unstack(x.dense(weight: input, bias: bias), rows: batch)
        let (firstH, firstC) = (net.state([batch, width]), net.state([batch, width]))
        var (h, c) = (firstH, firstC)
        var outputs: [Tracer.Variable] = []
        for own in sums {
            (h, c) = tracer.lstmCell(x: tracer.matmul(h, recurrent, plus: own), c: c)
            outputs.append(h)
        }
        net.carry(from: h, to: firstH)
        net.carry(from: c, to: firstC)
        return tracer.stack(outputs)
    }
}
