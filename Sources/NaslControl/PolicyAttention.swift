#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslTensor

/// How a policy looks back at the values that a `pick` or a `subset` may take (Zoph & Le 2017, section 3.3, for skip connections): the state h_j at
/// the choice with which value j was complete, its anchor, is held against the present state h_i,
///
///     score_j = v^T tanh(W_earlier h_j + W_present h_i)
///
/// and is added to the logit of the alternative. For a `subset` that is the paper's sigmoid(score_j), value by value. Values that stand there from the
/// start have no state: theirs is 0.
struct PolicyAttention {
    /// W h of all frames, [B, H] each.
    let earlier: Tracer.Variable
    let present: Tracer.Variable
    let earlierSlopes: Tracer.Variable
    let presentSlopes: Tracer.Variable
    private let rows: Int
    private let width: Int
    private let temperature: Double
    private let constant: Double?
    /// v, and where it begins among all weights.
    private(set) var vector: [Double]
    private let start: Int
    private var vectorSlopes: [Double]
    /// Derivatives by W_earlier h of all steps and rows.
    private var slopesByStep: [Double] = []

    init(earlier: Tracer.Variable, present: Tracer.Variable, _ tracer: Tracer, rows: Int, _ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) {
        (self.earlier, self.present) = (earlier, present)
        (earlierSlopes, presentSlopes) = (tracer.input(earlier.shape), tracer.input(present.shape))
        (self.rows, width, temperature, constant) = (rows, settings.width, settings.temperature, settings.tanhConstant)
        let before = PolicyNetwork.shapes(settings, vocabulary).prefix(PolicyNetwork.attentionStart(settings, vocabulary) + 2)
        start = before.reduce(0) { $0 + $1.shape.reduce(1, *) }
        vector = [Double](repeating: 0, count: width)
        vectorSlopes = vector
    }

    var slopes: [(Tracer.Variable, Tracer.Variable)] { [(earlier, earlierSlopes), (present, presentSlopes)] }

    mutating func setWeights(_ weights: [Double]) { vector = Array(weights[start..<start + width]) }

    mutating func clearGradient() { vectorSlopes = [Double](repeating: 0, count: width) }

    func adding(to gradient: [Double]) -> [Double] {
        var gradient = gradient
        for slot in 0..<width { gradient[start + slot] += vectorSlopes[slot] }
        return gradient
    }

    /// The same bounds as other logits have.
    func logit(_ score: Double) -> Double { constant.map { $0 * tanh(score / temperature) } ?? score / temperature }

    private func slope(_ score: Double) -> Double {
        guard let constant else { return 1 / temperature }
        let bounded = tanh(score / temperature)
        return constant * (1 - bounded * bounded) / temperature
    }

    func score(_ earlier: [Double], _ present: [Double]) -> Double {
        (0..<width).reduce(0) { $0 + vector[$1] * tanh(earlier[$1] + present[$1]) }
    }

    // MARK: - the way back

    /// Before the last of so many steps.
    mutating func begin(steps: Int) { slopesByStep = [Double](repeating: 0, count: steps * rows * width) }

    /// Takes in the derivative by a logit, and adds to those by the present state.
    ///
    /// - Parameter step: the anchor; -1 for none.
    mutating func add(_ slope: Double, step: Int, row: Int, _ earlier: [Double], _ present: [Double], to presentSlopes: inout [Double]) {
        let slope = slope * self.slope(score(earlier, present))
        for slot in 0..<width {
            let bent = tanh(earlier[slot] + present[slot])
            vectorSlopes[slot] += slope * bent
            let inner = slope * vector[slot] * (1 - bent * bent)
            presentSlopes[row * width + slot] += inner
            if step >= 0 { slopesByStep[(step * rows + row) * width + slot] += inner }
        }
    }

    /// The derivatives by W_earlier h of a step, once all later ones are through.
    func slopes(of step: Int) -> [Double] { Array(slopesByStep[step * rows * width..<(step + 1) * rows * width]) }
}

extension PolicyPlan {
    /// Adds to the logits of earlier values what attention makes of them.
    func attend(_ steps: [Episode.Step], of episodes: ArraySlice<Episode>, _ rollout: Rollout) {
        guard let attention else { return }
        for (row, episode) in episodes.enumerated() where row < steps.count && steps[row].anchors.count > 0 {
            forEachAnchor(steps[row], of: episode, row: row, (attention.earlier, attention.present), rollout, time: rollout.steps - 1) { column, _, earlier, present in
                let frame = rollout.frame(rollout.steps - 1), logit = plan.value(column, of: logits, frame: frame)
                plan.set(column, of: logits, frame: frame, to: logit + attention.logit(attention.score(earlier, present)))
            }
        }
    }

    /// Takes the derivatives by the logits of a step on to the states.
    func addAttentionSlopes(_ time: Int, of rollout: Rollout, _ episodes: ArraySlice<Episode>) {
        guard var attention else { return }
        // Its own for the while, so that it is changed in place.
        self.attention = nil
        var presentSlopes = [Double](repeating: 0, count: attention.present.count)
        for (row, episode) in episodes.enumerated() where time < episode.steps.count && episode.steps[time].anchors.count > 0 {
            forEachAnchor(episode.steps[time], of: episode, row: row, (attention.earlier, attention.present), rollout, time: time) { column, step, earlier, present in
                let slope = plan.value(column, of: slopes, frame: 0)
                if slope != 0 { attention.add(slope, step: step, row: row, earlier, present, to: &presentSlopes) }
            }
        }
        plan.write(presentSlopes, to: attention.presentSlopes)
        plan.write(attention.slopes(of: time), to: attention.earlierSlopes)
        self.attention = attention
    }

    /// Each value that a step attends to, by the place of its logit and its anchor, with W_earlier h_j and W_present h_i.
    private func forEachAnchor(
        _ step: Episode.Step, of episode: Episode, row: Int, _ states: (earlier: Tracer.Variable, present: Tracer.Variable), _ rollout: Rollout, time: Int,
        _ body: (_ column: Int, _ step: Int, _ earlier: [Double], _ present: [Double]) -> Void
    ) {
        let width = states.earlier.columns
        func values(_ variable: Tracer.Variable, _ frame: Int) -> [Double] { (0..<width).map { plan.value(row * width + $0, of: variable, frame: frame) } }
        let present = values(states.present, rollout.frame(time)), start = row * logits.columns + vocabulary.offsets[Int(step.site)]
        for alternative in (vocabulary.attention[Int(step.site)] == .second ? 1 : 0)..<Int(step.anchors.count) {
            let anchor = Int(episode.anchors[Int(step.anchors.start) + alternative])
            let earlier = anchor < 0 ? [Double](repeating: 0, count: width) : values(states.earlier, rollout.frame(anchor))
            body(start + alternative, anchor, earlier, present)
        }
    }
}
