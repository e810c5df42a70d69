extension LSTMPolicy {
    /// The mean over the sequences of  sum_t [-advantage * log p(taken_t) - entropyWeight * H(p_t)],  and its derivative by all
    /// weights (Williams 1992; the sum over choices as in Zoph & Le 2017, section 3.2).
    package func gradient(_ episodes: [Episode], advantages: [Double], entropyWeight: Double) -> (loss: Double, gradient: [Double]) {
        let share = 1 / Double(max(1, episodes.count))
        let advantages = advantages.map { $0 * share }
        var loss = 0.0
        var gradient = [Double](repeating: 0, count: weights.count)
        for start in stride(from: 0, to: episodes.count, by: batch) {
            let range = start..<min(start + batch, episodes.count)
            let longest = episodes[range].map(\.steps.count).max() ?? 0
            let part = trainer(steps: longest).run(episodes[range], advantages: advantages[range], entropyWeight: entropyWeight * share)
            loss += part.loss
            for slot in gradient.indices { gradient[slot] += part.gradient[slot] }
        }
        return (loss, gradient)
    }

    /// One step of Adam on that gradient, shortened to `clip` where its norm is longer (Pascanu, Mikolov & Bengio 2013). A gradient
    /// that is not finite changes nothing.
    package func learn(_ episodes: [Episode], advantages: [Double], entropyWeight: Double, learningRate: Double, clip: Double) {
        var gradient = gradient(episodes, advantages: advantages, entropyWeight: entropyWeight).gradient
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm.isFinite else { return }
        if norm > clip { for slot in gradient.indices { gradient[slot] *= clip / norm } }
        update(gradient: gradient, learningRate: learningRate)
    }
}
