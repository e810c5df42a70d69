import NaslExpr
import NaslTraining
import Testing

@Suite("What a net gives to its functions")
struct InputWatchTests {
    private let settings = TrainingSettings(optimizer: .adam(learningRate: 1e-2), batch: 16, length: .steps(3))

    /// A function that stands first is given the examples themselves.
    @Test func firstLayerSeesTheExamples() throws {
        let data = try DataSet.digits()
        let watch = InputWatch(of: .swish, most: 1_000_000)
        _ = try train(LayerSequence([Activation(.swish), Flatten(), Dense(10)]), on: data, settings, watch: watch)
        let values = data.validation.count * data.shape.reduce(1, *)
        #expect(watch.rows.count > 1000 && watch.rows.count <= values)
        #expect(watch.rows.allSatisfy { $0.count == 1 && (0...1).contains($0[0]) }, "digits have values from 0 to 1")
        #expect(Set(watch.rows.map { $0[0] }).count > 10)
    }

    /// A second function is given what the first one makes; another function than the one that is watched is not written down.
    @Test func laterLayersSeeWhatIsMade() throws {
        let shifted = FunctionTerm(parameters: ["x"], body: .apply(.add, .variable("x"), 3))
        let (first, second, none) = (InputWatch(of: shifted, most: 500), InputWatch(of: .relu, most: 500), InputWatch(of: .tanh, most: 500))
        for watch in [first, second, none] {
            _ = try train(LayerSequence([Activation(shifted), Activation(.relu), Flatten(), Dense(10)]), on: .digits(), settings, watch: watch)
        }
        #expect(first.rows.count > 400 && first.rows.count <= 500)
        #expect(second.rows == first.rows.map { [$0[0] + 3] }.map { [Double(Float($0[0]))] })
        #expect(none.rows.isEmpty)
    }

    /// A loss is given probabilities and targets, which belong together; what is watched does not change the training.
    @Test func lossesSeeProbabilitiesAndTargets() throws {
        let loss = FunctionTerm(parameters: ["p", "y"], body: .apply(.square, .apply(.sub, .variable("p"), .variable("y"))))
        var settings = settings
        settings.loss = .expression(loss)
        let watch = InputWatch(of: loss, most: 100_000)
        let watched = try train(Nets.mlp([12, 10], activation: .tanh), on: .digits(), settings, watch: watch)
        let plain = try train(Nets.mlp([12, 10], activation: .tanh), on: .digits(), settings)
        #expect(watched.weightsHash == plain.weightsHash)
        #expect(watch.rows.count % 10 == 0 && !watch.rows.isEmpty)
        #expect(watch.rows.allSatisfy { (0...1).contains($0[0]) && ($0[1] == 0 || $0[1] == 1) })
        for start in stride(from: 0, to: watch.rows.count, by: 10) {
            let example = watch.rows[start..<start + 10]
            #expect(abs(example.map { $0[0] }.reduce(0, +) - 1) < 1e-4 && example.map { $0[1] }.reduce(0, +) == 1)
        }
    }
}
