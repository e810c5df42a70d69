import NaslRandom
import NaslSpace
import NaslTensor

/// A policy that makes one choice after another: an LSTM over embeddings of the previous choice, the parent's and the sibling's (so
/// that tree-shaped programs have their context; Petersen et al. 2021, Deep Symbolic Regression) and of the present site; one softmax
/// head for each site (Zoph & Le 2017).
///
///     let policy = LSTMPolicy(space: space, batch: 20, seed: 1)
///     let drawn = policy.draw(streams)     // valid by construction
///     policy.learn(drawn.map(\.episode), advantages: advantages, entropyWeight: 0.1, learningRate: 0.01, clip: 1)
///
/// The logits of all heads lie side by side in one matrix. The logarithms of the grammar's weights, renormalised over what is
/// allowed, are added to a site's logits, and everything else is masked by -infinity: a policy that knows nothing draws as the
/// grammar does.
package final class LSTMPolicy {
    package struct Settings: Sendable, Hashable {
        /// Units of the LSTM: 32 in Deep Symbolic Regression, 35 in Zoph & Le 2017.
        package var width = 32
        /// Numbers for each of the four words that a step sees.
        package var embedding = 16
        /// Logits are `constant * tanh(logits / temperature)` (Bello et al. 2017; ENAS: 2.5 and 5); nil leaves them unbounded.
        package var tanhConstant: Double? = nil
        package var temperature = 1.0
        /// All weights start uniform in -range ... range: 0.08 in Zoph & Le 2017, section 4.1.
        package var initialRange = 0.08
        package var precision = Precision.float

        package init() {}
    }

    package let space: Space
    package let settings: Settings
    let vocabulary: PolicyVocabulary
    var priors: PriorTable
    /// Choices of the longest program drawn last.
    var longest = 0
    /// Sequences that are drawn together.
    package let batch: Int
    /// Sequences that are learnt from together.
    let trainingBatch: Int
    /// All weights in one array, in the order of `PolicyNetwork.shapes`.
    package private(set) var weights: [Double]
    private(set) var adam: Adam
    private var version = 0
    private let stepper: StepPlan
    private var stepperVersion = -1
    /// By number of steps.
    private var trainers: [Int: (plan: TrainingPlan, version: Int)] = [:]

    /// - Parameter trainingBatch: as `batch` where it is not given.
    package init(space: Space, batch: Int, trainingBatch: Int? = nil, seed: Int, settings: Settings = Settings()) {
        self.space = space
        self.settings = settings
        self.batch = max(1, batch)
        self.trainingBatch = max(1, trainingBatch ?? batch)
        vocabulary = PolicyVocabulary(space.sites)
        priors = PriorTable(settings.precision)
        let count = PolicyNetwork.shapes(settings, vocabulary).reduce(0) { $0 + $1.shape.reduce(1, *) }
        var stream = RandomStream(seed: seed, "policy", "weights")
        weights = (0..<count).map { _ in settings.initialRange * (2 * stream.uniform() - 1) }
        adam = Adam(count: count)
        stepper = StepPlan(batch: self.batch, settings, vocabulary)
    }

    /// Takes over weights and the state of the optimizer, a fresh one where none is given.
    package func set(weights: [Double]) { set(weights: weights, adam: Adam(count: weights.count)) }

    func set(weights: [Double], adam: Adam) {
        self.weights = weights
        self.adam = adam
        version += 1
    }

    /// Moves the weights against a gradient.
    func update(gradient: [Double], learningRate: Double) {
        adam.update(&weights, gradient: gradient, learningRate: learningRate)
        version += 1
    }

    /// The plan of one step, with the present weights, at the start of a sequence.
    func freshStepper() -> StepPlan {
        if stepperVersion != version {
            stepper.setWeights(weights)
            stepperVersion = version
        }
        stepper.reset()
        return stepper
    }

    /// A plan of at least `steps` steps, with the present weights. Lengths are rounded up so that there are few plans.
    func trainer(steps: Int) -> TrainingPlan {
        let rounded = max(4, (steps + 3) / 4 * 4)
        let known = trainers[rounded]
        let plan = known?.plan ?? TrainingPlan(batch: trainingBatch, steps: rounded, settings, vocabulary)
        if known?.version != version {
            plan.setWeights(weights)
            trainers[rounded] = (plan, version)
        }
        return plan
    }
}
