import NaslExpr
import NaslTensor
import NaslTraining
import Testing

@Suite struct RecurrentTests {
    private static let step = FunctionTerm(parameters: ["a", "b"], body: .apply(.tanh, .apply(.add, .variable("a"), .variable("b"))))

    /// tanh(linear(x) + linear(h)), the layers made anew at each step.
    private static func elman() -> FunctionCell {
        FunctionCell(summary: "elman") { x, h, c in
            (try TracedTensor.apply(step, to: [.tensor(Linear().apply(to: x)), .tensor(Linear().apply(to: h))]), c)
        }
    }

    @Test func layersInACellHaveTheSameWeightsAtEveryStep() throws {
        let net = CharRNN(cell: Self.elman(), width: 12, window: 9, dimension: 5)
        let fit = try train(net, on: .austen(), .short)
        #expect(fit.parameterCount == 75 * 5 + (5 * 12 + 12) + (12 * 12 + 12) + 12 * 75 + 75)
        #expect(try train(CharRNN(cell: LSTM(), width: 12, dimension: 5), on: .austen(), .short).parameterCount
            == 75 * 5 + 5 * 48 + 12 * 48 + 48 + 12 * 75 + 75)
    }

    /// A text of period 6 whose letters follow only from what was seen before the window of two characters.
    @Test(arguments: ["lstm", "gru", "elman"])
    func theStateGoesOnFromRunToRun(_ name: String) throws {
        let text = (0..<3000).flatMap { _ in Array("aabaac".utf8) }
        let data = try DataSet(name: "period", text: text)
        let cells: [String: any RecurrentCell] = ["lstm": LSTM(), "gru": GRU(), "elman": Self.elman()]
        let cell = try #require(cells[name])
        let settings = TrainingSettings(optimizer: .adam(learningRate: 1e-2), batch: 8, length: .steps(600))
        let fit = try train(CharRNN(cell: cell, width: 24, window: 2, dimension: 4), on: data, settings)
        // Without memory each of b and c costs at least log 2.
        #expect(fit.validation.loss < 0.05, "\(name): \(fit.validation.loss)")
    }

    /// The whole validation part is measured, and the same again for the test part.
    @Test func everyCharacterIsMeasured() throws {
        let data = try DataSet.austen()
        let fit = try train(CharRNN(width: 8), on: data, .short)
        #expect(fit.validation.count <= data.validation.count - 32 && fit.validation.count > data.validation.count * 9 / 10)
        #expect(try fit.test().count > data.test.count * 9 / 10)
    }

    @Test func whatDoesNotFit() throws {
        func refusal(_ net: any Layer, _ data: DataSet) -> String { performing { _ = try train(net, on: data, .short) } }
        #expect(refusal(CharRNN(width: 8), try .digits())
            == "char_rnn(cell: lstm, width: 8): it goes over a text, but `digits` holds examples of shape [8, 8, 1]")
        #expect(refusal(CharRNN(width: 8, window: 50_000), try .austen())
            == "char_rnn(cell: lstm, width: 8): it sees 50000 characters at a time; 1 to 46684 are possible with `austen`")
        let wide = FunctionCell(summary: "wide") { x, h, c in (try Linear(9).apply(to: x), c) }
        #expect(refusal(CharRNN(cell: wide, width: 8), try .austen())
            == "wide: its `h` has the shape [9], but the state of this cell is as wide as the cell, [8]")
        #expect(refusal(LayerSequence([Embedding(4), CharRNN(width: 8)]), try .austen())
            == "char_rnn(cell: lstm, width: 8): it goes over characters, but it was given numbers of shape [32]")
        #expect(refusal(CharRNN(width: 0), try .austen()) == "char_rnn(cell: lstm, width: 0): a cell has 1 to 134217728 units")
    }
}
