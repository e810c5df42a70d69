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
    /// - Parameter choiceWeights: the weight of each choice of the sequences in a range, which the trainer has loaded.
    func gradient(
        _ episodes: [Episode], entropyWeight: Double, entropyDecay: Double = 1, choiceWeights: (Range<Int>, TrainingPlan) -> [[Double]]
    ) -> (loss: Double, gradient: [Double]) {
        var loss = 0.0
        var gradient = [Double](repeating: 0, count: weights.count)
        forEachBatch(episodes) { range, trainer in
            let part = trainer.gradient(weights: choiceWeights(range, trainer), entropyWeight: entropyWeight, entropyDecay: entropyDecay)
            loss += part.loss
            for slot in gradient.indices { gradient[slot] += part.gradient[slot] }
        }
        return (loss, gradient)
    }

    /// The logarithms of the probabilities of the choices taken, by sequence.
    package func choiceLogProbabilities(_ episodes: [Episode]) -> [[Double]] {
        var result: [[Double]] = []
        forEachBatch(episodes) { _, trainer in result += trainer.logProbabilities() }
        return result
    }

    /// One step of Adam on a gradient, shortened to `clip` where its norm is longer (Pascanu, Mikolov & Bengio 2013). A gradient that is
    /// not finite changes nothing.
    func descend(_ gradient: [Double], learningRate: Double, clip: Double) {
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm.isFinite else { return }
        update(gradient: norm > clip ? gradient.map { $0 * (clip / norm) } : gradient, learningRate: learningRate)
    }

    /// Calls with one batch after another, loaded.
    private func forEachBatch(_ episodes: [Episode], _ body: (Range<Int>, TrainingPlan) -> Void) {
        for start in stride(from: 0, to: episodes.count, by: trainingBatch) {
            let range = start..<min(start + trainingBatch, episodes.count)
            let trainer = trainer(steps: episodes[range].map(\.steps.count).max() ?? 0)
            trainer.load(episodes[range], priors)
            body(range, trainer)
        }
    }
}
