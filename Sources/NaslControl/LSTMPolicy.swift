import NaslRandom
import NaslSpace
import NaslTensor

/// A policy that makes one choice after another: an LSTM of one or two layers over embeddings of the previous choice, the parent's and the sibling's (so
/// that tree-shaped programs have their context; Petersen et al. 2021, Deep Symbolic Regression) and of the present site; one softmax
/// head for each site (Zoph & Le 2017).
///
///     let policy = LSTMPolicy(space: space, batch: 20, seed: 1)
///     let drawn = policy.draw(streams)     // valid by construction
///     policy.learn(drawn.map(\.episode), advantages: advantages, entropyWeight: 0.1, learningRate: 0.01, clip: 1)
///
/// The logits of all heads lie side by side in one matrix. The logarithms of the grammar's weights, renormalised over what is
/// allowed, are added to a site's logits (and so is a prior on lengths, if there is one), and everything else is masked by -infinity: a
/// policy that knows nothing draws as the grammar does.
package final class LSTMPolicy {
    package struct Settings: Sendable, Hashable {
        /// Units of each LSTM layer: 32 in Deep Symbolic Regression, 35 in Zoph & Le 2017.
        package var width = 32
        /// LSTM layers, one above the other, each of that width: 2 in Zoph & Le 2017, 1 in NASNet and Deep Symbolic Regression.
        package var layers = 1
        /// Numbers for each of the four words that a step sees.
        package var embedding = 16
        /// Logits are `constant * tanh(logits / temperature)` (Bello et al. 2017; ENAS: 2.5 and 5); nil leaves them unbounded.
        package var tanhConstant: Double? = nil
        package var temperature = 1.0
        /// A prior on how many choices a program has, beside the grammar's weights.
        package var length: LengthPrior? = nil
        /// Whether numbers have heads of their own (``NumberHead``); else `real` and `log_real` are uniform on their scales, and `int` has a logit for
        /// each number.
        package var hasNumberHeads = true
        /// Their deviation at the start, in widths of their scales.
        package var spread = 1.0
        /// Whether `pick` and `subset` look back at the values that they may take (``PolicyAttention``).
        package var attention = false
        /// All weights start uniform in -range ... range: 0.08 in Zoph & Le 2017, section 4.1.
        package var initialRange = 0.08
        /// The share of all choices that are drawn by the grammar's weights instead. What the policy learns is not about these draws: it can settle
        /// on a program, and one choice of it is tried anew now and then, as by a mutation. 0 in the papers; the lower bound of probabilities in
        /// Deep Symbolic Optimization is a relative.
        package var exploration = 0.0
        package var precision = Precision.float

        package init() {}
    }

    package let space: Space
    package let settings: Settings
    let vocabulary: PolicyVocabulary
    var priors: PriorTable
    /// Choices of the longest program drawn last.
    var longest = 0
    /// What the last draw has left, for learning; each belongs to so many sequences as the network takes.
    var drawn = Recording()
    /// Sequences that are drawn together.
    package let batch: Int
    /// Sequences that are learnt from together.
    let trainingBatch: Int
    private let seed: Int
    /// All weights in one array, in the order of `PolicyNetwork.shapes`.
    package private(set) var weights: [Double]
    private(set) var adam: Adam
    private var version = 0
    private let plan: PolicyPlan
    private var planVersion = -1

    /// The rollouts of a draw.
    struct Recording {
        /// Of the draw; 0: none.
        var number = 0
        /// Whether the policy still has the weights with which it drew.
        var isCurrent = false
        var rollouts: [PolicyPlan.Rollout] = []

        /// The first frame that nothing is recorded in.
        var end: Int { (isCurrent ? rollouts.last : nil).map { $0.frame($0.steps) } ?? 0 }
    }

    /// - Parameter trainingBatch: as `batch` where it is not given, but at most 128, beyond which nothing is gained.
    package init(space: Space, batch: Int, trainingBatch: Int? = nil, seed: Int, settings: Settings = Settings()) {
        self.space = space
        self.settings = settings
        self.seed = seed
        self.batch = max(1, batch)
        self.trainingBatch = max(1, trainingBatch ?? min(batch, 128))
        vocabulary = PolicyVocabulary(space.sites, settings)
        priors = PriorTable(settings.precision, length: settings.length)
        let count = PolicyNetwork.shapes(settings, vocabulary).reduce(0) { $0 + $1.shape.reduce(1, *) }
        weights = LSTMPolicy.weights(count, RandomStream(seed: seed, "policy", "weights"), settings)
        adam = Adam(count: count)
        plan = PolicyPlan(rows: self.trainingBatch, settings, vocabulary)
    }

    private static func weights(_ count: Int, _ stream: RandomStream, _ settings: Settings) -> [Double] {
        var stream = stream
        return (0..<count).map { _ in settings.initialRange * (2 * stream.uniform() - 1) }
    }

    /// Forgets what was learned: the weights are drawn anew, others for each number.
    package func beginAnew(_ number: Int) {
        set(weights: LSTMPolicy.weights(weights.count, RandomStream(seed: seed, "policy", "weights", .number(number)), settings))
    }

    /// Takes over weights and the state of the optimizer, a fresh one where none is given.
    package func set(weights: [Double]) { set(weights: weights, adam: Adam(count: weights.count)) }

    func set(weights: [Double], adam: Adam) {
        self.weights = weights
        self.adam = adam
        version += 1
        drawn.isCurrent = false
    }

    /// Moves the weights against a gradient.
    func update(gradient: [Double], learningRate: Double) {
        adam.update(&weights, gradient: gradient, learningRate: learningRate)
        version += 1
        drawn.isCurrent = false
    }

    /// The network with the present weights.
    func network() -> PolicyPlan {
        if planVersion != version {
            plan.setWeights(weights)
            planVersion = version
        }
        return plan
    }

    /// The rollout of these episodes, at most `trainingBatch`: the one that drawing them has left, if they are neighbours and the weights are still
    /// the same, else a new one, which has the same values.
    func rollout(_ episodes: ArraySlice<Episode>) -> PolicyPlan.Rollout {
        let network = network()
        if drawn.isCurrent, let origin = episodes.first?.origin, origin.slot % trainingBatch == 0, drawn.rollouts.indices.contains(origin.slot / trainingBatch),
            episodes.enumerated().allSatisfy({ $1.origin?.draw == drawn.number && $1.origin?.slot == origin.slot + $0 })
        {
            return drawn.rollouts[origin.slot / trainingBatch]
        }
        return network.rollout(at: drawn.end, episodes)
    }
}
