import NaslTensor

/// Sites where numbers are drawn.
extension PolicyPlan {
    /// A number's distribution at a step.
    struct Normal {
        let head: NumberHead
        let outputs: (Double, Double)
        let normal: TruncatedNormal

        /// nil for whole numbers.
        var continuous: TruncatedNormal? { head.count == nil ? normal : nil }
    }

    /// Of a sequence at a step; nil where no number is drawn.
    func normal(_ step: Episode.Step, row: Int, frame: Int) -> Normal? {
        guard let numbers, let head = vocabulary.numberHeads[Int(step.site)] else { return nil }
        let start = row * numbers.outputs.columns + head.column
        let outputs = (plan.value(start, of: numbers.outputs, frame: frame), plan.value(start + 1, of: numbers.outputs, frame: frame))
        return Normal(head: head, outputs: outputs, normal: NumberHead.normal(outputs, spread: spread))
    }

    /// Adds what the normals say to the logits of whole numbers.
    func addNormals(_ steps: [Episode.Step], frame: Int) {
        for (row, step) in steps.enumerated() {
            guard let normal = self.normal(step, row: row, frame: frame), let count = normal.head.count else { continue }
            let start = row * logits.columns + vocabulary.offsets[Int(step.site)]
            for alternative in 0..<count {
                let logit = plan.value(start + alternative, of: logits, frame: frame)
                plan.set(start + alternative, of: logits, frame: frame, to: logit + normal.head.logit(alternative, normal.normal))
            }
        }
    }

    /// The share of numbers in the loss of a step of these sequences, and the derivatives by what their heads put out. Those by the logits are known, and
    /// `choices` has the weights.
    func numberLoss(_ time: Int, of rollout: Rollout, _ episodes: ArraySlice<Episode>) -> Double {
        guard let numbers else { return 0 }
        plan.clear(numbers.slopes)
        var loss = 0.0
        for (row, episode) in episodes.enumerated() where time < min(episode.steps.count, rollout.steps) {
            let step = episode.steps[time]
            guard let number = self.normal(step, row: row, frame: rollout.frame(time)) else { continue }
            var slopes: TruncatedNormal.Slopes = (0, 0)
            if let normal = number.continuous {
                let (weight, entropyWeight) = (choices[row].advantage, choices[row].entropy_weight)
                let (likely, open) = (normal.logDensitySlopes(at: step.position), normal.entropySlopes)
                loss -= weight * normal.logDensity(at: step.position) + entropyWeight * normal.entropy
                slopes = (-weight * likely.mean - entropyWeight * open.mean, -weight * likely.logDeviation - entropyWeight * open.logDeviation)
            } else {
                let start = row * logits.columns + vocabulary.offsets[Int(step.site)]
                for alternative in 0..<(number.head.count ?? 0) {
                    let slope = plan.value(start + alternative, of: self.slopes, frame: 0), own = number.head.logitSlopes(alternative, number.normal)
                    slopes = (slopes.mean + slope * own.mean, slopes.logDeviation + slope * own.logDeviation)
                }
            }
            let (mean, deviation) = NumberHead.slopes(slopes, number.outputs), start = row * numbers.slopes.columns + number.head.column
            plan.set(start, of: numbers.slopes, frame: 0, to: mean)
            plan.set(start + 1, of: numbers.slopes, frame: 0, to: deviation)
        }
        return loss
    }
}
