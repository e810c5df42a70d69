import NaslTensor

/// How a net is trained.
///
///     TrainingSettings(optimizer: .adam(learningRate: 3e-3), batch: 64, length: .steps(1500), seed: 1)
public struct TrainingSettings: Sendable {
    public var loss: Loss
    public var optimizer: Optimizer
    /// Examples in a step; where there is a schedule of batches, until the noise is first measured what it is taken for.
    public var batch: Int
    /// Examples in a step by progress from 0 to 1; nil: always `batch`.
    public var batches: BatchSchedule?
    public var length: Length
    /// A factor on the learning rate, by progress from 0 (the first step) to 1; nil: always 1.
    public var schedule: (@Sendable (Double) -> Double)?
    /// Together they decide every random number of the training: starting weights and batches.
    public var seed: Int
    public var `repeat`: Int
    /// `.double` is the slow reference.
    public var precision: Precision

    public enum Length: Hashable, Sendable {
        case steps(Int)
        /// So many examples, however large the steps; the last batch is always whole.
        case examples(Int)
        /// Passes over the training examples; a fraction is possible, and the last batch is always whole.
        case epochs(Double)
    }

    public init(
        loss: Loss = .crossEntropy, optimizer: Optimizer = .adam(), batch: Int = 64, length: Length = .steps(1000), batches: BatchSchedule? = nil,
        schedule: (@Sendable (Double) -> Double)? = nil, seed: Int = 0, repeat: Int = 0, precision: Precision = .float
    ) {
        self.loss = loss
        self.optimizer = optimizer
        self.batch = batch
        self.batches = batches
        self.length = length
        self.schedule = schedule
        self.seed = seed
        self.repeat = `repeat`
        self.precision = precision
    }

    /// The number of steps for so many training examples.
    /// - Parameter size: examples in a step; nil: `batch`.
    func steps(examples: Int, size: Int? = nil) throws(TrainingError) -> Int {
        let batch = size ?? self.batch
        guard (1...TrainingSettings.largestBatch).contains(batch) else {
            throw TrainingError("a batch has 1 to \(TrainingSettings.largestBatch) examples, not \(batch)")
        }
        guard optimizer.learningRate.isFinite else { throw TrainingError("the learning rate must be finite, not \(optimizer.learningRate)") }
        switch length {
        case .steps(let steps):
            guard steps > 0 else { throw TrainingError("training takes at least one step, not \(steps)") }
            return steps
        case .examples(let examples):
            guard examples > 0 else { throw TrainingError("training takes at least one example, not \(examples)") }
            return (examples - 1) / batch + 1
        case .epochs(let epochs):
            let steps = (epochs * Double(examples) / Double(batch)).rounded(.up)
            guard epochs > 0, let count = Int(exactly: steps) else { throw TrainingError("the number of epochs must be above 0 and finite, not \(epochs)") }
            return count
        }
    }

    static let largestBatch = 1 << 20
}

/// An update rule and its learning rate.
public struct Optimizer: Sendable {
    public var rule: UpdateRule
    public var learningRate: Double

    public init(_ rule: UpdateRule, learningRate: Double) {
        self.rule = rule
        self.learningRate = learningRate
    }

    public static func sgd(learningRate: Double = 0.1) -> Optimizer { Optimizer(.sgd(), learningRate: learningRate) }
    public static func momentum(learningRate: Double = 0.01, beta: Double = 0.9) -> Optimizer {
        Optimizer(.momentum(beta: beta), learningRate: learningRate)
    }
    public static func adam(learningRate: Double = 1e-3) -> Optimizer { Optimizer(.adam(), learningRate: learningRate) }
}

/// A training that cannot begin: settings, data and net do not go together.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// A training that was stopped from outside.
public struct TrainingInterrupted: Error, Hashable, Sendable, CustomStringConvertible {
    /// The steps that were done.
    public let step: Int
    public var description: String { "training was stopped after \(step) steps" }
}
