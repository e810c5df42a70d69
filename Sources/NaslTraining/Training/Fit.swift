import NaslTensor
import Synchronization

/// A finished training.
///
///     let fit = try train(net, on: .austen(), settings)
///     fit.validation.loss            // 2.01
///     try fit.test().perplexity      // measured when first asked for
public final class Fit: Sendable {
    /// The net, as the user would write it.
    public let summary: String
    /// The mean training loss of the last 100 steps (of all, where there are fewer); infinite where training diverged.
    public let trainLoss: Double
    /// On all validation rows; for text at 4,096 places, spread evenly.
    public let validation: Metrics
    /// The mean training loss over each of about 100 equal stretches, and the step at which it ends.
    public let history: [(step: Int, loss: Double)]
    /// The steps that were done: fewer than asked for where training diverged.
    public let steps: Int
    /// From the first line of tracing to the end of validation.
    public let seconds: Double
    /// Of training alone.
    public let stepsPerSecond: Double
    /// Whether a loss became infinite or NaN.
    public let diverged: Bool
    /// Whether it was trained on a text.
    public var isText: Bool { data.isText }
    /// Trainable numbers.
    public let parameterCount: Int
    /// Of all weights' bits: equal for equal training.
    public let weightsHash: UInt64

    let weights: Plan.Snapshot
    let net: any Layer
    let data: DataSet
    let settings: TrainingSettings
    private let tested = Mutex<Metrics?>(nil)

    init(
        net: any Layer, data: DataSet, settings: TrainingSettings, progress: TrainingProgress, validation: Metrics, seconds: Double,
        plan: borrowing Plan
    ) {
        summary = net.summary
        diverged = progress.diverged || validation.loss == .infinity
        trainLoss = diverged ? .infinity : progress.recentLoss
        self.validation = validation
        history = progress.history
        steps = progress.step
        self.seconds = seconds
        stepsPerSecond = progress.seconds > 0 ? Double(progress.step) / progress.seconds : 0
        parameterCount = plan.parameterCount
        weightsHash = plan.parameterHash
        weights = plan.snapshot()
        self.net = net
        self.data = data
        self.settings = settings
    }

    /// The net with its trained weights on the whole test part; measured when it is first asked for.
    public func test(interrupt: () -> Bool = { false }) throws -> Metrics {
        if let known = tested.withLock({ $0 }) { return known }
        let result = try measure(data.test, interrupt: interrupt)
        tested.withLock { $0 = result }
        return result
    }

    /// The trained net on all examples of any split of the same kind as the training data.
    package func measure(_ split: DataSplit, interrupt: () -> Bool = { false }) throws -> Metrics {
        guard split.count > 0 else { throw TrainingError("this part of `\(data.name)` has no examples") }
        let tracer = NetTracer(precision: settings.precision, classes: data.classes, seed: settings.seed, repeat: settings.repeat)
        let section = try ChildSection(
            "evaluate", batch: Evaluation.batch(for: split, limit: nil, net: net), net: net, data: data, loss: settings.loss, in: tracer)
        var plan = tracer.tracer.finish()
        plan.restore(weights)
        let evaluation = Evaluation(Feeder(split, section, classes: data.classes), limit: nil)
        let result = try evaluation.run(&plan, loss: settings.loss, step: steps, interrupt: interrupt)
        return diverged ? Metrics(loss: .infinity, accuracy: result.accuracy, count: result.count, of: settings.loss) : result
    }
}
