import NaslExpr
import NaslTensor
import NaslTraining
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct TrainTests {
    /// Far below the entropy of single characters, and where it should be after so many steps.
    @Test func theCharacterModelLearns() throws {
        let data = try DataSet.austen()
        let settings = TrainingSettings(optimizer: .adam(learningRate: 3e-3), batch: 64, length: .steps(500), seed: 1)
        let fit = try train(Nets.charMLP(context: 6, hidden: [64], activation: .relu), on: data, settings)
        var counts = [Double](repeating: 0, count: data.classes)
        for token in try data.train.tokens { counts[Int(token)] += 1 }
        let total = counts.reduce(0, +)
        let entropy = counts.reduce(0) { $0 - $1 / total * log($1 / total) }
        #expect(abs(entropy - 3.0) < 0.2)
        #expect(fit.validation.loss < entropy - 0.6)
        #expect(fit.trainLoss < entropy - 0.6)
        #expect(fit.validation.count == 4096)
        #expect(try #require(fit.validation.perplexity) == exp(fit.validation.loss))
        #expect(fit.steps == 500 && fit.history.count == 100 && fit.history.last?.step == 500)
        #expect(try #require(fit.history.first).loss > #require(fit.history.last).loss + 0.8)
        #expect(!fit.diverged)
        // The whole test text, each place once.
        let test = try fit.test()
        #expect(test.count == 46_686 - 6)
        #expect(abs(test.loss - fit.validation.loss) < 0.3)
        #expect(try fit.test() == test)
    }

    @Test func digitsAreRecognised() throws {
        let settings = TrainingSettings(optimizer: .adam(learningRate: 1e-2), batch: 64, length: .epochs(5), seed: 3)
        let fit = try train(Nets.mlp([64, 64, 10], activation: .tanh), on: .digits(), settings)
        #expect(fit.steps == 90)
        #expect(try #require(fit.validation.accuracy) > 0.9)
        #expect(fit.validation.count == 288)
        let test = try fit.test()
        #expect(test.count == 360)
        #expect(try #require(test.accuracy) > 0.8)
    }

    @Test func squaredErrorAndMomentum() throws {
        let settings = TrainingSettings(loss: .squaredError, optimizer: .momentum(learningRate: 0.1), batch: 64, length: .epochs(8))
        let fit = try train(Nets.mlp([64, 10], activation: .tanh), on: .fashion(), settings)
        #expect(try #require(fit.validation.accuracy) > 0.7)
        #expect(fit.validation.loss < 0.06)
        #expect(fit.validation.perplexity == nil)
    }

    /// The cross-entropy written as an expression is the cross-entropy.
    @Test func aLossThatIsAnExpression() throws {
        let written = FunctionTerm(
            parameters: ["p", "y"], body: .apply(.neg, .apply(.mul, .variable("y"), .apply(.log, .variable("p")))))
        var settings = TrainingSettings(batch: 32, length: .steps(20), precision: .double)
        let built = try train(Nets.mlp([16, 10], activation: .tanh), on: .digits(), settings)
        settings.loss = .expression(written)
        let typed = try train(Nets.mlp([16, 10], activation: .tanh), on: .digits(), settings)
        #expect(abs(built.validation.loss - typed.validation.loss) < 1e-9)
        #expect(zip(built.history, typed.history).allSatisfy { abs($0.loss - $1.loss) < 1e-9 })
        #expect(built.validation.accuracy == typed.validation.accuracy)
    }

    /// `y = 2 a - b` is found exactly by a linear net.
    @Test func numbersArePredicted() throws {
        let features = (0..<200).map { Float(($0 * 37) % 41) / 41 - 0.5 }
        let numbers = (0..<100).map { 2 * features[2 * $0] - features[2 * $0 + 1] }
        let all = Rows(width: 2, features: features, numbers: numbers)
        let data = try DataSet(
            name: "plane", shape: [2], classes: 0, train: all.rows(at: Array(0..<60)), validation: all.rows(at: Array(60..<80)),
            test: all.rows(at: Array(80..<100)))
        let settings = TrainingSettings(loss: .squaredError, optimizer: .sgd(learningRate: 0.3), batch: 20, length: .steps(400))
        let fit = try train(Dense(1), on: data, settings)
        #expect(fit.validation.loss < 1e-8)
        #expect(fit.validation.accuracy == nil)
        #expect(try fit.test().loss < 1e-8)
        let wrong = performing { _ = try train(Dense(1), on: data, .short) }
        #expect(wrong == "cross_entropy needs classes, but the data has numbers to predict; use squared_error")
    }

    @Test func theSameSeedGivesTheSameWeights() async throws {
        let data = try DataSet.austen()
        let net = Nets.charMLP(context: 4, hidden: [32], activation: .swish)
        @Sendable func hash(_ seed: Int, _ repeat: Int) throws -> UInt64 {
            try train(net, on: data, TrainingSettings(optimizer: .adam(), batch: 32, length: .steps(60), seed: seed, repeat: `repeat`)).weightsHash
        }
        let first = try hash(5, 0)
        let together = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for _ in 0..<4 { group.addTask { try hash(5, 0) } }
            return try await group.reduce(into: [UInt64]()) { $0.append($1) }
        }
        #expect(together == [first, first, first, first])
        #expect(Set([first, try hash(6, 0), try hash(5, 1)]).count == 3)
    }

    @Test func divergenceStopsTraining() throws {
        let settings = TrainingSettings(optimizer: .sgd(learningRate: 1e30), batch: 32, length: .steps(500))
        let fit = try train(Nets.mlp([32, 10], activation: .relu), on: .digits(), settings)
        #expect(fit.diverged)
        #expect(fit.steps < 20)
        #expect(fit.trainLoss == .infinity && fit.validation.loss == .infinity && fit.validation.accuracy == 0)
        #expect(fit.history.last?.loss == .infinity)
        #expect(try fit.test().loss == .infinity)
        // A function that is nowhere a number.
        let log = FunctionTerm(parameters: ["x"], body: .apply(.log, .apply(.neg, .apply(.square, .variable("x")))))
        let never = try train(Nets.mlp([32, 10], activation: log), on: .digits(), .short)
        #expect(never.diverged && never.steps == 1)
    }

    @Test func weightsInsideAFunctionAreTrained() throws {
        // x * param(0): the net starts as a constant and can only learn if the weights move.
        let gate = FunctionTerm(parameters: ["x"], body: .apply(.mul, .variable("x"), .parameter(0)))
        let fixed = FunctionTerm(parameters: ["x"], body: .apply(.mul, .variable("x"), .number(0)))
        let settings = TrainingSettings(optimizer: .adam(learningRate: 1e-2), batch: 64, length: .epochs(5))
        let trained = try train(Nets.mlp([32, 10], activation: gate), on: .digits(), settings)
        let stuck = try train(Nets.mlp([32, 10], activation: fixed), on: .digits(), settings)
        #expect(try #require(trained.validation.accuracy) > 0.85)
        #expect(try #require(stuck.validation.accuracy) < 0.2)
    }

    @Test func aScheduleScalesTheLearningRate() throws {
        func hash(_ rate: Double, _ schedule: (@Sendable (Double) -> Double)?) throws -> UInt64 {
            let settings = TrainingSettings(optimizer: .sgd(learningRate: rate), batch: 16, length: .steps(8), schedule: schedule)
            return try train(Dense(10), on: .digits(), settings).weightsHash
        }
        #expect(try hash(0.2, { _ in 0.5 }) == hash(0.1, nil))
        // Progress runs from 0 to just below 1: the last of eight steps is at 7/8.
        #expect(try hash(0.1, { $0 == 0 ? 1 : 0 }) == hash(0.1, { $0 < 0.125 ? 1 : 0 }))
        #expect(try hash(0.1, { $0 > 0.875 ? 0.5 : 1 }) == hash(0.1, nil))
        #expect(try hash(0.1, { $0 >= 0.875 ? 0.5 : 1 }) != hash(0.1, nil))
    }

    @Test func anInterruptStopsEarly() throws {
        var asked = 0
        let settings = TrainingSettings(batch: 16, length: .steps(1_000_000_000))
        let error = #expect(throws: TrainingInterrupted.self) {
            try train(Dense(10), on: .digits(), settings) {
                asked += 1
                return asked == 4
            }
        }
        #expect(error?.step == 48)
    }

    /// An epoch sees each row once: with a rate of zero the mean loss of its batches is the loss on the whole part.
    @Test func anEpochSeesEachRowOnce() throws {
        let settings = TrainingSettings(optimizer: .sgd(learningRate: 0), batch: 100, length: .steps(35), precision: .double)
        let fit = try train(Nets.mlp([10], activation: .relu), on: .fashion(), settings)
        let whole = try fit.measure(try DataSet.fashion().train)
        #expect(whole.count == 3500)
        #expect(abs(fit.trainLoss - whole.loss) < 1e-10)
    }
}
