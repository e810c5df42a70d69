extension LSTMPolicy {
    /// The mean over the sequences of  sum_t [-advantage * log p(taken_t) - entropyWeight * H(p_t)],  and its derivative by all
    /// weights (Williams 1992; the sum over choices as in Zoph & Le 2017, section 3.2).
    ///
    /// - Parameter entropyDecay: the entropy of choice t counts so much to the power of t: the first choices of a program are then kept open
    ///   longer than later ones ("hierarchical entropy", Landajuela et al. 2021, "Improving exploration in policy gradient search").
    package func gradient(
        _ episodes: [Episode], advantages: [Double], entropyWeight: Double, entropyDecay: Double = 1
    ) -> (loss: Double, gradient: [Double]) {
        let share = 1 / Double(max(1, episodes.count))
        return gradient(episodes, entropyWeight: entropyWeight * share, entropyDecay: entropyDecay) { range, _ in
            range.map { [Double](repeating: advantages[$0] * share, count: episodes[$0].steps.count) }
        }
    }

    /// One step on that gradient.
    package func learn(
        _ episodes: [Episode], advantages: [Double], entropyWeight: Double, entropyDecay: Double = 1, learningRate: Double, clip: Double
    ) {
        let gradient = gradient(episodes, advantages: advantages, entropyWeight: entropyWeight, entropyDecay: entropyDecay).gradient
        descend(gradient, learningRate: learningRate, clip: clip)
    }

    /// The sum over all choices of  -weight * log p(taken) - entropyWeight * H(p),  and its derivative by all weights.
    ///
    /// - Parameter choiceWeights: the weight of each choice of the sequences in a range, whose log p(taken) can be asked for.
    func gradient(
        _ episodes: [Episode], entropyWeight: Double, entropyDecay: Double = 1, choiceWeights: (Range<Int>, () -> [[Double]]) -> [[Double]]
    ) -> (loss: Double, gradient: [Double]) {
        let network = network()
        network.clearGradient()
        var loss = 0.0
        for range in batches(episodes) {
            let part = episodes[range], rollout = rollout(part)
            let weights = choiceWeights(range) { network.logProbabilities(rollout, part, priors) }
            loss += network.addGradient(of: rollout, part, weights: weights, entropyWeight: entropyWeight, entropyDecay: entropyDecay, priors)
        }
        return (loss, network.gradient())
    }

    /// The logarithms of the probabilities of the choices taken, by sequence.
    package func choiceLogProbabilities(_ episodes: [Episode]) -> [[Double]] {
        batches(episodes).flatMap { range in network().logProbabilities(rollout(episodes[range]), episodes[range], priors) }
    }

    /// One step of Adam on a gradient, shortened to `clip` where its norm is longer (Pascanu, Mikolov & Bengio 2013). A gradient that is
    /// not finite changes nothing.
    func descend(_ gradient: [Double], learningRate: Double, clip: Double) {
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm.isFinite else { return }
        update(gradient: norm > clip ? gradient.map { $0 * (clip / norm) } : gradient, learningRate: learningRate)
    }

    /// The episodes that go through the network together.
    private func batches(_ episodes: [Episode]) -> [Range<Int>] {
        stride(from: 0, to: episodes.count, by: trainingBatch).map { $0..<min($0 + trainingBatch, episodes.count) }
    }
}
