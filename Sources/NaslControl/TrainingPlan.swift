import NaslTensor

/// The policy unrolled over a fixed number of steps, with its loss and gradient: back-propagation through time.
///
///     loss = sum over sequences and steps of  -advantage * log p(taken) - entropyWeight * H(p)
final class TrainingPlan {
    private var plan: Plan
    private let network: PolicyNetwork
    private let gradients: [Tracer.Variable]
    private let tokens: Tracer.Tokens
    private let mask: Tracer.Variable
    private let taken: Tracer.Tokens
    private let advantage: Tracer.Variable
    private let entropyWeight: Tracer.Variable
    private let loss: Tracer.Variable
    private let batch: Int
    private let steps: Int
    private let vocabulary: PolicyVocabulary

    init(batch: Int, steps: Int, _ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) {
        let tracer = Tracer(precision: settings.precision)
        (self.batch, self.steps, self.vocabulary) = (batch, steps, vocabulary)
        let rows = batch * steps
        network = PolicyNetwork(tracer, settings, vocabulary)
        tokens = tracer.tokens([rows, PolicyVocabulary.inputs])
        mask = tracer.input([rows, vocabulary.choices])
        taken = tracer.tokens([rows])
        advantage = tracer.input([rows])
        entropyWeight = tracer.input([rows])
        // The state before the first step: never written, so zero.
        let (h, c) = (tracer.input([batch, settings.width]), tracer.input([batch, settings.width]))
        let logits = network.unroll(tokens, batch: batch, steps: steps, h: h, c: c).logits
        loss = tracer.sum(
            tracer.maskedPolicy(logits: logits, mask: mask, choice: taken, advantage: advantage, entropyWeight: entropyWeight))
        tracer.gradient(of: loss)
        gradients = network.weights.map(tracer.gradient(ofParameter:))
        plan = tracer.finish()
    }

    func setWeights(_ weights: [Double]) { plan.setWeights(weights, network.weights) }

    /// The loss of these sequences (at most `batch`, of at most `steps` steps) and its derivative by all weights.
    func run(_ episodes: ArraySlice<Episode>, advantages: ArraySlice<Double>, entropyWeight: Double) -> (loss: Double, gradient: [Double]) {
        let rows = batch * steps
        var words = [Int32](repeating: 0, count: rows * PolicyVocabulary.inputs)
        // A row after the end of its sequence has advantage and entropy weight 0, and counts nothing.
        var masks = [Double](repeating: 0, count: rows * vocabulary.choices)
        var choices = [Int32](repeating: 0, count: rows)
        var weights = [Double](repeating: 0, count: rows)
        var entropyWeights = weights
        for (sequence, (episode, advantage)) in zip(episodes, advantages).enumerated() {
            for (time, step) in episode.steps.enumerated() {
                let word = (time * batch + sequence) * PolicyVocabulary.inputs
                (words[word], words[word + 1], words[word + 2], words[word + 3]) = step.inputs
                let row = sequence * steps + time
                let start = row * vocabulary.choices
                for column in start..<start + vocabulary.choices { masks[column] = -.infinity }
                let own = start + vocabulary.offsets[step.site]
                for (alternative, prior) in step.logPriors.enumerated() { masks[own + alternative] = prior }
                choices[row] = Int32(vocabulary.choice(step.site, step.taken))
                weights[row] = advantage
                entropyWeights[row] = entropyWeight
            }
        }
        plan.write(words, to: tokens)
        plan.write(masks, to: mask)
        plan.write(choices, to: taken)
        plan.write(weights, to: advantage)
        plan.write(entropyWeights, to: self.entropyWeight)
        plan.run()
        return (plan.value(of: loss), gradients.flatMap { plan.values(of: $0) })
    }
}
