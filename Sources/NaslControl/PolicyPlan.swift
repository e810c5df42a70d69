import NaslTensor

/// The network of a policy for some sequences at a time. Each step leaves a frame: what it saw, its state, its logits. Drawing goes from frame
/// to frame, and learning goes back through frames, those of the draw or others that were filled again.
final class PolicyPlan {
    /// Frames of the steps of some sequences: `first` has the state before the first step, the next `steps` have a step each.
    struct Rollout {
        let first: Int
        var steps = 0

        /// The frame of a step.
        func frame(_ step: Int) -> Int { first + 1 + step }
    }

    var plan: Plan
    private let network: PolicyNetwork
    let vocabulary: PolicyVocabulary
    private let tokens: Tracer.Tokens
    let logits: Tracer.Variable
    /// What the heads of numbers put out, and the derivatives by it.
    let numbers: (outputs: Tracer.Variable, slopes: Tracer.Variable)?
    /// The deviation of numbers at the start, in widths of their scales.
    let spread: Double
    /// Attention to earlier values, if there is any.
    var attention: PolicyAttention?
    private let state: [Tracer.Variable]
    /// Derivatives by the logits and by the state, of the frame at which the way back stands.
    let slopes: Tracer.Variable
    private let stateSlopes: [Tracer.Variable]
    private let tableSlopes: Tracer.Variable
    private let gradients: [Tracer.Variable]
    private let sections: (tables: Plan.Section, step: Plan.Section, back: Plan.Section, tablesBack: Plan.Section)
    var choices: [PolicyChoice]
    /// Sequences that run together.
    let rows: Int

    init(rows: Int, _ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) {
        let tracer = Tracer(precision: settings.precision)
        let network = PolicyNetwork(tracer, settings, vocabulary), tokens = tracer.tokens([rows, PolicyVocabulary.inputs])
        let shape = [rows, settings.width]
        let words = tracer.recorded("tables") { network.tables() }
        let operations = tracer.operationCount
        let before = (0..<max(1, settings.layers)).map { _ in (h: tracer.carried(shape), c: tracer.carried(shape)) }
        let now = tracer.recorded("step") { network.step(tokens, words, before) }
        let states = now.states.flatMap { [$0.h, $0.c] }, carried = before.flatMap { [$0.h, $0.c] }
        for (state, carried) in zip(states, carried) { tracer.carry(state, to: carried) }
        let slopes = tracer.input(now.logits.shape), stateSlopes = states.map { _ in tracer.input(shape) }
        let tableSlopes = tracer.input(words.inputs.shape)
        let numbers = now.numbers.map { (outputs: $0, slopes: tracer.input($0.shape)) }
        let attention = now.attention.map { PolicyAttention(earlier: $0.earlier, present: $0.present, tracer, rows: rows, settings, vocabulary) }
        let steps = operations..<tracer.operationCount
        tracer.section("back") {
            tracer.backward(
                steps, from: [(now.logits, slopes)] + (numbers.map { [($0.outputs, $0.slopes)] } ?? []) + (attention?.slopes ?? []) + zip(states, stateSlopes),
                adding: [(words.inputs, tableSlopes)], setting: Array(zip(carried, stateSlopes)))
        }
        tracer.section("tables back") { tracer.backward(0..<operations, from: [(words.inputs, tableSlopes)]) }
        tracer.reserveDraws(columns: vocabulary.choices)
        (self.rows, self.network, self.vocabulary, self.tokens) = (rows, network, vocabulary, tokens)
        (logits, state) = (now.logits, states)
        (self.numbers, spread, self.attention) = (numbers, settings.spread, attention)
        (self.slopes, self.stateSlopes, self.tableSlopes) = (slopes, stateSlopes, tableSlopes)
        gradients = network.weights.map(tracer.gradient(ofParameter:))
        choices = [PolicyChoice](repeating: PolicyChoice(), count: rows)
        plan = tracer.finish()
        guard let tables = plan.section("tables"), let step = plan.section("step"), let back = plan.section("back"), let tablesBack = plan.section("tables back") else {
            preconditionFailure("all four sections were recorded above")
        }
        sections = (tables, step, back, tablesBack)
    }

    func setWeights(_ weights: [Double]) {
        var start = 0
        for variable in network.weights {
            plan.write(Array(weights[start..<start + variable.count]), to: variable)
            start += variable.count
        }
        attention?.setWeights(weights)
        plan.run(sections.tables)
    }

    /// A rollout from `frame` on, before its first step.
    func rollout(at frame: Int) -> Rollout {
        plan.reserve(frames: frame + 1)
        for variable in state { plan.clear(variable, frame: frame) }
        return Rollout(first: frame)
    }

    /// One more step of these sequences, whose past has been taken into episodes; of further rows something is computed that nobody looks at.
    func step(_ rollout: inout Rollout, _ steps: [Episode.Step], of episodes: ArraySlice<Episode>) {
        plan.withTokens(tokens) { words in
            for row in 0..<rows {
                let start = row * PolicyVocabulary.inputs
                (words[start], words[start + 1], words[start + 2], words[start + 3]) = row < steps.count ? steps[row].inputs : (0, 0, 0, 0)
            }
        }
        let frame = rollout.frame(rollout.steps)
        plan.reserve(frames: frame + 1)
        plan.run(sections.step, frame: frame)
        rollout.steps += 1
        if numbers != nil { addNormals(steps, frame: frame) }
        if attention != nil { attend(steps, of: episodes, rollout) }
    }

    /// The policy decides about so many choices of a program; further ones are drawn by the grammar's weights. A grammar without limits may draw
    /// programs of millions of choices.
    static let longest = 500

    /// The steps of these sequences, at most `rows`, about which the policy decides.
    func rollout(at frame: Int, _ episodes: ArraySlice<Episode>) -> Rollout {
        var rollout = rollout(at: frame)
        var steps = episodes.map { _ in Episode.Step() }
        for time in 0..<min(episodes.map(\.steps.count).max() ?? 0, PolicyPlan.longest) {
            for (row, episode) in episodes.enumerated() where time < episode.steps.count { steps[row] = episode.steps[time] }
            step(&rollout, steps, of: episodes)
        }
        return rollout
    }

    /// Draws a choice in each sequence from what the last step makes of its alternatives.
    func draw(_ draws: inout [PolicyDraw], after rollout: Rollout, _ priors: PriorTable) {
        priors.withValues { plan.draw(&draws, logits: logits, frame: rollout.frame(rollout.steps - 1), priors: $0) }
    }

    /// Puts what a step of a sequence makes of its alternatives into `distribution`.
    func read(
        _ time: Int, of rollout: Rollout, row: Int = 0, _ step: Episode.Step, _ priors: PriorTable, exploration: Double, into distribution: inout Distribution
    ) {
        if let normal = self.normal(step, row: row, frame: rollout.frame(time))?.continuous {
            return distribution.set(logDensity: normal.logDensity(at: step.position), exploration: exploration)
        }
        let start = row * logits.columns + vocabulary.offsets[Int(step.site)]
        distribution.set(priors.rows[Int(step.priors)].logarithms, exploration: exploration) {
            plan.value(start + $0, of: logits, frame: rollout.frame(time))
        }
    }

    /// log p(taken) at each step of these sequences, which the rollout is of.
    func logProbabilities(_ rollout: Rollout, _ episodes: ArraySlice<Episode>, _ priors: PriorTable) -> [[Double]] {
        var result = episodes.map { [Double](repeating: 0, count: $0.steps.count) }
        for time in 0..<rollout.steps {
            setChoices(time, episodes, priors)
            priors.withValues { plan.logProbabilities(&choices, logits: logits, frame: rollout.frame(time), priors: $0) }
            for (row, episode) in episodes.enumerated() where time < result[row].count {
                let normal = numbers == nil ? nil : self.normal(episode.steps[time], row: row, frame: rollout.frame(time))?.continuous
                result[row][time] = normal?.logDensity(at: episode.steps[time].position) ?? choices[row].log_p
            }
        }
        return result
    }

    /// What happened at a step; sequences that are over have no choice.
    private func setChoices(_ time: Int, _ episodes: ArraySlice<Episode>, _ priors: PriorTable) {
        for row in choices.indices { choices[row].count = 0 }
        for (row, episode) in episodes.enumerated() where time < episode.steps.count {
            let step = episode.steps[time], (site, count, start) = priors.place(Int(step.priors))
            choices[row].column = Int32(vocabulary.offsets[site])
            (choices[row].priors, choices[row].count, choices[row].taken) = (start, count, step.taken)
        }
    }

    // MARK: - the way back

    func clearGradient() {
        plan.clearGradients()
        plan.clear(tableSlopes)
        attention?.clearGradient()
    }

    /// Adds to the gradient that of
    ///
    ///     loss = sum over these sequences and their steps of  -weight * log p(taken) - entropyWeight * H(p)
    ///
    /// by back-propagation through time, and gives the loss. The entropy of step t counts `entropyDecay`^t as much as that of the first.
    func addGradient(
        of rollout: Rollout, _ episodes: ArraySlice<Episode>, weights: [[Double]], entropyWeight: Double, entropyDecay: Double, _ priors: PriorTable
    ) -> Double {
        for variable in stateSlopes { plan.clear(variable) }
        var entropyWeights: [Double] = []
        for _ in 0..<rollout.steps { entropyWeights.append(entropyWeights.last.map { $0 * entropyDecay } ?? entropyWeight) }
        attention?.begin(steps: rollout.steps)
        var loss = 0.0
        for time in (0..<rollout.steps).reversed() {
            setChoices(time, episodes, priors)
            plan.withTokens(tokens) { words in
                for (row, episode) in episodes.enumerated() where time < episode.steps.count {
                    let start = row * PolicyVocabulary.inputs
                    (words[start], words[start + 1], words[start + 2], words[start + 3]) = episode.steps[time].inputs
                    choices[row].advantage = weights[row][time]
                    choices[row].entropy_weight = entropyWeights[time]
                }
            }
            loss += priors.withValues { plan.loss(&choices, logits: logits, frame: rollout.frame(time), priors: $0, slopes: slopes) }
            if numbers != nil { loss += numberLoss(time, of: rollout, episodes) }
            if attention != nil { addAttentionSlopes(time, of: rollout, episodes) }
            plan.run(sections.back, frame: rollout.frame(time))
        }
        return loss
    }

    /// The sum of what was added, by all weights of the network.
    func gradient() -> [Double] {
        plan.run(sections.tablesBack)
        let gradient = gradients.flatMap { plan.values(of: $0) }
        return attention?.adding(to: gradient) ?? gradient
    }
}

extension Tracer {
    /// Records `body` as a section and gives what it gives.
    fileprivate func recorded<Result>(_ name: String, _ body: () -> Result) -> Result {
        var results: [Result] = []
        section(name) { results.append(body()) }
        return results[0]
    }
}
