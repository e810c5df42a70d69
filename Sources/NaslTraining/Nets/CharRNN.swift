import NaslTensor

/// A recurrent net that goes over a text and predicts each next character: an embedding, a cell, a last layer as wide as the vocabulary
/// (Mikolov et al. 2010, on characters). It is trained on many streams through the text at once, `window` characters of each in a step; the
/// state goes on from step to step, its derivative stops at the window's edge (truncated backpropagation, Williams & Peng 1990).
public final class CharRNN: Layer {
    public let cell: any RecurrentCell
    public let width: Int
    /// Of a character's vector.
    public let dimension: Int
    private let windowLength: Int
    private let last = Dense.classes()

    /// - Parameter dimension: as wide as the cell where it is not given.
    public init(cell: any RecurrentCell = LSTM(), width: Int, window: Int = 32, dimension: Int? = nil) {
        self.cell = cell
        self.width = width
        self.dimension = dimension ?? width
        windowLength = window
    }

    public var summary: String { "char_rnn(cell: \(cell.summary), width: \(width))" }
    public var window: Int? { windowLength }

    public func apply(to x: TracedTensor) throws -> TracedTensor {
        guard (1...NetTracer.limit).contains(width), (1...NetTracer.limit).contains(dimension) else {
            throw NetError(summary, "a cell has 1 to \(NetTracer.limit) units")
        }
        guard case .tokens(let tokens, let vocabulary) = x.content else {
            throw NetError(summary, "it goes over characters, but it was given numbers of shape \(shapeText(x.shape))")
        }
        let net = x.net
        let table = try net.parameter("table", [vocabulary, dimension], .normal(Embedding.deviation), of: self, summary)
        let states = try cell.unroll(
            CellInputs(tokens: tokens, table: table, tracer: net.tracer), steps: tokens.shape[0], width: width, in: net)
        return try last.apply(to: TracedTensor(states, in: net))
    }
}
