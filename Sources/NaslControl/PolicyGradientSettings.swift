/// What the controllers that learn by the gradient of an LSTM policy have in common.
///
/// Defaults are made for hundreds of trials, the papers' for tens of thousands.
public struct PolicyGradientSettings: Sendable, Hashable {
    /// Trials between two updates: 20 (NASNet).
    public var roundSize = 20
    /// Of Adam: 6e-4 in Zoph & Le 2017 (12,800 children), 3.5e-4 in NASNet (20,000).
    public var learningRate = 0.01
    /// What one nat of entropy of a choice is worth, in deviations of the reward: 1e-5 in NASNet, 1e-4 to 0.1 in ENAS, 0.005 to 0.03 in
    /// Deep Symbolic Regression, each on its own scale of rewards.
    public var entropyWeight = 0.1
    /// Of the baseline, for each trial: 0.95 (NASNet).
    public var baselineDecay = 0.95
    /// Rewards further away than so many deviations are taken as that far.
    public var rewardLimit = 3.0
    /// A reward is taken by its rank among so many before it; nil: by its distance from the baseline.
    public var rankWindow: Int? = nil
    /// The share of choices that are drawn by the grammar's weights: see ``LSTMPolicy``. 0 in the papers.
    public var exploration = 0.0
    /// What the best programs so far count in each step, as examples that the policy is to write, beside the trials of the round: 0 in the papers on
    /// policy gradients; priority queue training is nothing else (Abolafia et al. 2018), self-imitation learning a relative (Oh et al. 2018).
    public var imitation = 0.0
    /// Programs that are imitated: 10 (Abolafia et al. 2018).
    public var queue = 10
    /// Longest gradient.
    public var gradientClip = 1.0
    /// Units of each LSTM layer: 32 (Deep Symbolic Regression), 35 (Zoph & Le), 100 (NASNet).
    public var width = 32
    /// LSTM layers, one above the other: 2 (Zoph & Le), 1 (NASNet, Deep Symbolic Regression).
    public var layers = 1
    public var embedding = 16
    /// See `temperature`; nil for none.
    public var tanhConstant: Double? = nil
    /// Logits are `tanhConstant * tanh(logits / temperature)`, or `logits / temperature` (Bello et al. 2017).
    public var temperature = 1.0
    /// Whether numbers have heads of their own, and the deviation of these at the start, in widths of their scales: see ``LSTMPolicy``.
    public var hasNumberHeads = true
    public var spread = 1.0
    /// Whether `pick` and `subset` look back at the values that they may take, as skip connections in Zoph & Le 2017, section 3.3.
    public var attention = false
    /// Choices that a program has, roughly, and the deviation of that: 10 and the root of 5 in Deep Symbolic Optimization; nil: no such prior
    /// (see ``LengthPrior``).
    public var length: Double? = nil
    public var lengthDeviation = 2.2360679775

    public init() {}
}
