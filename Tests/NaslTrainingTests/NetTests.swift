import NaslExpr
import NaslTensor
import NaslTraining
import Testing

@Suite struct NetTests {
    @Test func summaries() {
        #expect(LayerSequence([Flatten(), Dense(64), Activation(.tanh), Classify()]).summary == "flatten >> dense(64) >> tanh >> classify")
        #expect(Nets.mlp([64, 10], activation: .relu).summary == "mlp([64, 10], activation: x -> relu(x))")
        #expect(Nets.charMLP(context: 6, hidden: [64], activation: .swish).summary == "char_mlp(context: 6, hidden: [64], activation: x -> x * sigmoid(x))")
        #expect(Nets.charMLP(context: 6, hidden: [64], activation: .swish).context == 6)
    }

    @Test func parametersAreCounted() throws {
        let digits = try DataSet.digits()
        #expect(try train(Nets.mlp([32, 10], activation: .relu), on: digits, .short).parameterCount == 64 * 32 + 32 + 32 * 10 + 10)
        #expect(try train(Nets.charMLP(context: 3, hidden: [8], activation: .tanh), on: .austen(), .short).parameterCount
            == 75 * 16 + 48 * 8 + 8 + 8 * 75 + 75)
        let scaled = FunctionTerm(parameters: ["x"], body: .apply(.mul, .parameter(1), .apply(.tanh, .apply(.mul, .parameter(2), .variable("x")))))
        #expect(try train(Nets.mlp([32, 10], activation: scaled), on: digits, .short).parameterCount == 64 * 32 + 32 + 32 * 10 + 10 + 2 * 32)
    }

    @Test func aLayerAppliedTwiceSharesItsWeights() throws {
        let digits = try DataSet.digits()
        let shared = Dense(64)
        let one = try train(LayerSequence([Flatten(), shared, shared, Dense(10)]), on: digits, .short)
        let two = try train(LayerSequence([Flatten(), Dense(64), Dense(64), Dense(10)]), on: digits, .short)
        #expect(one.parameterCount == 64 * 64 + 64 + 650)
        #expect(two.parameterCount == 2 * (64 * 64 + 64) + 650)
    }

    /// A net written as a function makes its layers anew in each trace, and still keeps its weights between training and validation.
    @Test func aFunctionThatMakesItsLayersIsTheSameNet() throws {
        let settings = TrainingSettings(optimizer: .adam(learningRate: 1e-2), batch: 32, length: .epochs(3))
        let fixed = try train(LayerSequence([Dense(24), Activation(.tanh), Dense(10)]), on: .digits(), settings)
        let made = try train(
            FunctionNet(summary: "made") { x in
                try Dense(10).apply(to: try Dense(24).apply(to: x).applying(.tanh))
            }, on: .digits(), settings)
        #expect(made.weightsHash == fixed.weightsHash)
        #expect(made.validation == fixed.validation)
        #expect(fixed.validation.loss < 0.6)
    }

    /// `x * 2 + other`, with numbers and several tensors.
    @Test func functionsOfSeveralTensorsAndNumbers() throws {
        let term = FunctionTerm(parameters: ["a", "b", "c"], body: .apply(.add, .apply(.mul, .variable("a"), .variable("b")), .variable("c")))
        let net = FunctionNet(summary: "mixed") { x in
            let layer = Dense(10)
            let first = try layer.apply(to: x), second = try layer.apply(to: x)
            return try TracedTensor.apply(term, to: [.tensor(first), .number(2), .tensor(second)])
        }
        let tripled = FunctionNet(summary: "tripled") { x in
            try Dense(10).apply(to: x).applying(FunctionTerm(parameters: ["x"], body: .apply(.mul, .number(3), .variable("x"))))
        }
        let settings = TrainingSettings(batch: 16, length: .steps(5), precision: .double)
        let (mixed, three) = (try train(net, on: .digits(), settings), try train(tripled, on: .digits(), settings))
        #expect(abs(mixed.validation.loss - three.validation.loss) < 1e-10)
    }

    @Test func whatDoesNotFit() throws {
        let digits = try DataSet.digits(), austen = try DataSet.austen()
        func refusal(_ net: any Layer, _ data: DataSet, _ settings: TrainingSettings = .short) -> String {
            performing { _ = try train(net, on: data, settings) }
        }
        #expect(refusal(Dense(7), digits)
            == "dense(7): it gives [7] for each example, but `digits` has 10 classes, so it should give [10]")
        #expect(refusal(Activation(.tanh), digits)
            == "tanh: it gives [8, 8, 1] for each example, but `digits` has 10 classes, so it should give [10]")
        #expect(refusal(Dense(75), austen)
            == "dense(75): `austen` is text, but this net does not say how many characters it looks at; `char_mlp` does")
        #expect(refusal(FunctionNet(summary: "f", context: 6) { try Dense(75).apply(to: $0) }, austen)
            == "dense(75): a net for text begins with an embedding, but this layer was given 6 characters")
        #expect(refusal(Embedding(8), digits)
            == "embedding(8): an embedding takes characters, but it was given numbers of shape [8, 8, 1]")
        #expect(refusal(Nets.charMLP(context: 0, hidden: [8], activation: .tanh), austen)
            == "char_mlp(context: 0, hidden: [8], activation: x -> tanh(x)): it looks at 0 characters; 1 to 46684 are possible with `austen`")
        let sum = FunctionTerm(parameters: ["a", "b"], body: .apply(.add, .variable("a"), .variable("b")))
        #expect(refusal(FunctionNet(summary: "f") { try TracedTensor.apply(sum, to: [.tensor(Dense(4).apply(to: $0)), .tensor(Dense(5).apply(to: $0))]) }, digits)
            == "`(a, b) -> a + b`: shapes [4] and [5] do not fit; they must be equal")
        let shared = Dense(10)
        #expect(refusal(LayerSequence([shared, shared]), digits)
            == "dense(10): its `weight` has the shape [64, 10], but here it would need [10, 10]; a layer that is applied twice must be given the same shape")
        #expect(refusal(LayerSequence([Dense(0), Dense(10)]), digits) == "dense(0): a layer has 1 to 134217728 units")
        #expect(refusal(LayerSequence([Dense(100_000), Dense(100_000), Dense(10)]), digits)
            == "dense(100000): the net would hold more than 134217728 numbers")
        #expect(refusal(Activation(FunctionTerm(parameters: ["x"], body: .variable("q"))), digits)
            == "`x -> q`: an elementwise expression was expected, but this holds the name `q`")
    }

    @Test func settingsThatMakeNoSense() throws {
        let digits = try DataSet.digits()
        func refusal(_ settings: TrainingSettings) -> String { performing { _ = try train(Dense(10), on: digits, settings) } }
        #expect(refusal(TrainingSettings(batch: 0)) == "a batch has 1 to 1048576 examples, not 0")
        #expect(refusal(TrainingSettings(length: .steps(0))) == "training takes at least one step, not 0")
        #expect(refusal(TrainingSettings(length: .epochs(.nan))) == "the number of epochs must be above 0 and finite, not nan")
        #expect(refusal(TrainingSettings(length: .epochs(1e300))) == "the number of epochs must be above 0 and finite, not 1e+300")
        #expect(refusal(TrainingSettings(optimizer: .sgd(learningRate: .infinity))) == "the learning rate must be finite, not inf")
    }
}

extension FunctionTerm {
    static let relu = FunctionTerm(parameters: ["x"], body: .apply(.relu, .variable("x")))
    static let tanh = FunctionTerm(parameters: ["x"], body: .apply(.tanh, .variable("x")))
    static let identity = FunctionTerm(parameters: ["x"], body: .variable("x"))
    static let swish = FunctionTerm(parameters: ["x"], body: .apply(.mul, .variable("x"), .apply(.sigmoid, .variable("x"))))
}

extension TrainingSettings {
    /// Three small steps.
    static let short = TrainingSettings(batch: 8, length: .steps(3))
}
