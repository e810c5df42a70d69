import NaslTensor

/// The policy unrolled over a fixed number of steps, with its loss and gradient: back-propagation through time.
///
///     loss = sum over sequences and steps of  -weight * log p(taken) - entropyWeight * H(p)
///
/// A weight may depend on log p(taken) itself, so there are stages: `load`, then `logProbabilities` where they are asked for, then
/// `gradient`.
final class TrainingPlan {
    private var plan: Plan
    private let network: PolicyNetwork
    private let gradients: [Tracer.Variable]
    private let tokens: Tracer.Tokens
    private let mask: Tracer.Variable
    private let taken: Tracer.Tokens
    private let weight: Tracer.Variable
    private let entropyWeight: Tracer.Variable
    private let losses: Tracer.Variable
    private let loss: Tracer.Variable
    private let batch: Int
    private let steps: Int
    private let vocabulary: PolicyVocabulary
    /// Steps of each sequence that is loaded.
    private var lengths: [Int] = []

    init(batch: Int, steps: Int, _ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) {
        let tracer = Tracer(precision: settings.precision)
        (self.batch, self.steps, self.vocabulary) = (batch, steps, vocabulary)
        let rows = batch * steps
        network = PolicyNetwork(tracer, settings, vocabulary)
        tokens = tracer.tokens([rows, PolicyVocabulary.inputs])
        mask = tracer.input([rows, vocabulary.choices])
        taken = tracer.tokens([rows])
        weight = tracer.input([rows])
        entropyWeight = tracer.input([rows])
        // The state before the first step: never written, so zero.
        let (h, c) = (tracer.input([batch, settings.width]), tracer.input([batch, settings.width]))
        let logits = network.unroll(tokens, tables: network.inputTables(), batch: batch, steps: steps, h: h, c: c)
        let (mask, taken, weight, entropyWeight) = (mask, taken, weight, entropyWeight)
        (losses, loss) = tracer.stage("loss") {
            let losses = tracer.maskedPolicy(logits: logits, mask: mask, choice: taken, advantage: weight, entropyWeight: entropyWeight)
            return (losses, tracer.sum(losses))
        }
        let loss = loss
        tracer.section("gradient") { tracer.gradient(of: loss) }
        gradients = network.weights.map(tracer.gradient(ofParameter:))
        plan = tracer.finish()
    }

    func setWeights(_ weights: [Double]) { plan.setWeights(weights, network.weights) }

    /// Takes over these sequences (at most `batch`, of at most `steps` steps) and runs the network over them.
    func load(_ episodes: ArraySlice<Episode>, _ priors: PriorTable) {
        lengths = episodes.map(\.steps.count)
        plan.withTokens(tokens) { words in
            forEachStep(episodes) { step, time, sequence in
                let word = (time * batch + sequence) * PolicyVocabulary.inputs
                (words[word], words[word + 1], words[word + 2], words[word + 3]) = step.inputs
            }
        }
        plan.withTokens(taken) { choices in
            forEachStep(episodes) { step, time, sequence in choices[sequence * steps + time] = Int32(vocabulary.choice(Int(step.site), Int(step.taken))) }
        }
        switch plan.precision {
        case .float: plan.withFloats(of: mask) { fill($0, episodes, priors) }
        case .double: plan.withDoubles(of: mask) { fill($0, episodes, priors) }
        }
        plan.run()
    }

    /// The masks of the steps. Those of rows behind the end of a sequence are never looked at.
    private func fill<Real: BinaryFloatingPoint>(_ masks: UnsafeMutableBufferPointer<Real>, _ episodes: ArraySlice<Episode>, _ priors: PriorTable) {
        priors.withValues { table in
            let table = table.assumingMemoryBound(to: Real.self)
            forEachStep(episodes) { step, time, sequence in
                let (site, count, start) = priors.place(Int(step.priors))
                let row = masks.baseAddress! + (sequence * steps + time) * vocabulary.choices
                row.update(repeating: -.infinity, count: vocabulary.choices)
                (row + vocabulary.offsets[site]).update(from: table + Int(start), count: Int(count))
            }
        }
    }

    private func forEachStep(_ episodes: ArraySlice<Episode>, _ body: (Episode.Step, Int, Int) -> Void) {
        for (sequence, episode) in episodes.enumerated() {
            for (time, step) in episode.steps.enumerated() { body(step, time, sequence) }
        }
    }

    /// log p(taken) at each step of the sequences loaded.
    func logProbabilities() -> [[Double]] {
        runLoss(weights: lengths.map { [Double](repeating: -1, count: $0) }, entropyWeight: 0)
        let values = plan.values(of: losses)
        return lengths.enumerated().map { sequence, length in Array(values[sequence * steps..<sequence * steps + length]) }
    }

    /// The loss of the sequences loaded, with these weights of their steps, and its derivative by all weights of the network. The entropy
    /// of step t counts `entropyDecay`^t as much as that of the first.
    func gradient(weights: [[Double]], entropyWeight: Double, entropyDecay: Double = 1) -> (loss: Double, gradient: [Double]) {
        runLoss(weights: weights, entropyWeight: entropyWeight, entropyDecay: entropyDecay)
        plan.run("gradient")
        return (plan.value(of: loss), gradients.flatMap { plan.values(of: $0) })
    }

    private func runLoss(weights: [[Double]], entropyWeight: Double, entropyDecay: Double = 1) {
        // A row after the end of its sequence has weight and entropy weight 0, and counts nothing.
        var rowWeights = [Double](repeating: 0, count: batch * steps)
        var entropyWeights = rowWeights
        for (sequence, own) in weights.enumerated() {
            var entropyWeight = entropyWeight
            for (time, weight) in own.enumerated() {
                rowWeights[sequence * steps + time] = weight
                entropyWeights[sequence * steps + time] = entropyWeight
                entropyWeight *= entropyDecay
            }
        }
        plan.write(rowWeights, to: weight)
        plan.write(entropyWeights, to: self.entropyWeight)
        plan.run("loss")
    }
}

extension Tracer {
    /// Records `body` as a section and gives what it gives.
    fileprivate func stage<Result>(_ name: String, _ body: () -> Result) -> Result {
        var results: [Result] = []
        section(name) { results.append(body()) }
        return results[0]
    }
}
