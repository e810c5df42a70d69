import NaslExpr
import NaslTraining
import Testing

@Suite struct WeightCountTests {
    /// Of an untrained net as many as of the trained one.
    @Test func agreesWithTraining() throws {
        let settings = TrainingSettings(batch: 8, length: .steps(1))
        let digits = try DataSet.digits(), austen = try DataSet.austen()
        let nets: [(net: any Layer, data: DataSet)] = [
            (Nets.mlp([32, 10], activation: .init(parameters: ["x"], body: .apply(.relu, .variable("x")))), digits),
            (LayerSequence([Convolution(6, size: [3, 5], stride: 2), BatchNorm(), Classify()]), digits),
            (CharRNN(cell: LSTM(), width: 12, window: 5), austen),
        ]
        for (net, data) in nets { #expect(try weightCount(of: net, on: data) == train(net, on: data, settings).parameterCount) }
    }

    /// By hand: weights and biases of two layers; filters, scale and shift of each channel, and a layer for ten classes.
    @Test func byHand() throws {
        let digits = try DataSet.digits()
        #expect(try weightCount(of: Nets.mlp([32, 10], activation: .init(parameters: ["x"], body: .variable("x"))), on: digits) == 64 * 32 + 32 + 32 * 10 + 10)
        let net = LayerSequence([Convolution(6, size: [3, 5]), BatchNorm(), Classify()])
        #expect(try weightCount(of: net, on: digits) == 6 * 15 + 6 + 2 * 6 + 6 * 10 + 10)
    }
}
