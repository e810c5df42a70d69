import NaslExpr
import NaslRandom
import NaslTraining
import Testing

/// Steps whose size changes.
@Suite struct BatchScheduleTests {
    private func fit(_ settings: TrainingSettings) throws -> Fit {
        try train(Nets.mlp([12, 10], activation: FunctionTerm(parameters: ["x"], body: .apply(.tanh, .variable("x")))), on: .digits(), settings)
    }

    /// A schedule that stays where it is trains as no schedule does, bit for bit.
    @Test func constantSchedule() throws {
        let fixed = try fit(TrainingSettings(optimizer: .adam(learningRate: 3e-3), batch: 32, length: .steps(80), seed: 3))
        let scheduled = try fit(TrainingSettings(
            optimizer: .adam(learningRate: 3e-3), batch: 64, length: .examples(32 * 80), batches: BatchSchedule(usesNoise: false) { _, _ in 32 }, seed: 3))
        #expect(fixed.weightsHash == scheduled.weightsHash)
        #expect(fixed.validation.loss == scheduled.validation.loss && scheduled.steps == 80)
    }

    /// 16 examples a step for one half and 128 for the other: so many steps, and the weights and Adam's averages go on.
    @Test func growing() throws {
        let growing = try fit(TrainingSettings(
            optimizer: .adam(learningRate: 3e-3), length: .examples(8192), batches: BatchSchedule(usesNoise: false) { t, _ in t < 0.5 ? 16 : 128 }, seed: 1))
        #expect(growing.steps == 4096 / 16 + 4096 / 128)
        let half = try fit(TrainingSettings(optimizer: .adam(learningRate: 3e-3), batch: 16, length: .examples(4096), seed: 1))
        #expect(growing.validation.loss < half.validation.loss)
        #expect(growing.weightsHash == (try fit(TrainingSettings(
            optimizer: .adam(learningRate: 3e-3), length: .examples(8192), batches: BatchSchedule(usesNoise: false) { t, _ in t < 0.5 ? 14 : 140 }, seed: 1))).weightsHash)
    }

    /// Gradients of a known mean and spread: tr(S) / |G|^2 is 100 * 4 / 100.
    @Test func noiseScale() {
        var stream = RandomStream(seed: 1, "noise")
        var noise = NoiseScale(parameters: 100)
        for _ in 0..<400 {
            noise.note({ sum in
                var square = 0.0
                for place in sum.indices {
                    // The mean of 16 examples of deviation 2 around 1.
                    let one = 1 + 2 * stream.normal() / 4
                    sum[place] += one
                    square += one * one
                }
                return square
            }, examples: 16)
        }
        #expect(abs((noise.value ?? 0) - 4) < 0.4)
    }

    @Test func mistakes() {
        for settings in [
            TrainingSettings(length: .steps(10), batches: BatchSchedule(usesNoise: false) { _, _ in 8 }),
            TrainingSettings(length: .examples(100), batches: BatchSchedule(usesNoise: false) { _, _ in .nan }),
            TrainingSettings(length: .examples(0)),
        ] {
            #expect(throws: TrainingError.self) { _ = try fit(settings) }
        }
        #expect(throws: TrainingError.self) {
            _ = try train(CharRNN(cell: LSTM(), width: 8, window: 8), on: .austen(),
                          TrainingSettings(length: .examples(1000), batches: BatchSchedule(usesNoise: false) { _, _ in 8 }))
        }
    }
}
