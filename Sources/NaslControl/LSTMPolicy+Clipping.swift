extension LSTMPolicy {
    /// The mean over the sequences of  sum_t [-S_t - entropyWeight * H(p_t)],  and its derivative by all weights, where S_t is the
    /// clipped surrogate of choice t with the advantage of its sequence.
    ///
    /// Each choice has a ratio of its own, as in the paper, where an action is a time step: a long program is not held back because one
    /// of its choices has moved, and no ratio is a product of many. The derivative of S_t is its slope times that of log p(taken_t), so
    /// it is the gradient of REINFORCE with the slopes in place of the advantages, exactly.
    ///
    /// - Parameter before: log p of each choice when it was drawn, as `choiceLogProbabilities` gives them.
    package func gradient(
        _ episodes: [Episode], advantages: [Double], before: [[Double]], surrogate: ClippedSurrogate, entropyWeight: Double
    ) -> (loss: Double, gradient: [Double]) {
        let share = 1 / Double(max(1, episodes.count))
        // The trainer's loss holds slope * log p where the objective holds the surrogate.
        var correction = 0.0
        let result = gradient(episodes, entropyWeight: entropyWeight * share) { range, logProbabilities in
            zip(range, logProbabilities()).map { sequence, now in
                let advantage = advantages[sequence] * share
                return zip(now, before[sequence]).map { now, before in
                    let ratio = ClippedSurrogate.ratio(logNow: now, logBefore: before)
                    let slope = surrogate.slope(ratio: ratio, advantage: advantage)
                    correction += slope * now - surrogate.value(ratio: ratio, advantage: advantage)
                    return slope
                }
            }
        }
        return (result.loss + correction, result.gradient)
    }

    /// One step on that gradient.
    package func learn(
        _ episodes: [Episode], advantages: [Double], before: [[Double]], surrogate: ClippedSurrogate, entropyWeight: Double,
        learningRate: Double, clip: Double
    ) {
        let gradient = gradient(episodes, advantages: advantages, before: before, surrogate: surrogate, entropyWeight: entropyWeight)
        descend(gradient.gradient, learningRate: learningRate, clip: clip)
    }
}
