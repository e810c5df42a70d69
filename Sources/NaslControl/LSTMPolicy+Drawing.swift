import NaslRandom
import NaslSpace

extension LSTMPolicy {
    package struct Drawn {
        package let sample: Sample
        package let logProbability: Double
        package let episode: Episode
    }

    /// One program for each stream, at most `batch`; one uniform number is taken for each choice.
    package func draw(_ streams: [RandomStream]) -> [Drawn] {
        var streams = streams
        var derivations = streams.map { _ in space.derivation() }
        var episodes = streams.map { _ in Episode() }
        var totals = streams.map { _ in 0.0 }
        let stepper = freshStepper()
        while true {
            let decisions = derivations.map(\.decision)
            let steps = streams.indices.map { row in decisions[row].map { episodes[row].step($0, vocabulary) } }
            if steps.allSatisfy({ $0 == nil }) { break }
            for (row, logits) in stepper.run(steps, vocabulary).enumerated() {
                guard var step = steps[row] else { continue }
                let logProbabilities = logSoftmax(logits, step.logPriors)
                let point = streams[row].uniform()
                step.taken = drawn(logProbabilities, point)
                totals[row] += logProbabilities[step.taken]
                // Numbers on a continuous scale are not learned yet: they are uniform on their scale.
                derivations[row].choose(decisions[row]?.numbers.map { RealRange.choice($0.number(at: point)) } ?? step.taken)
                episodes[row].steps.append(step)
            }
        }
        return streams.indices.compactMap { row in
            // Every choice was allowed, so the derivation always stands.
            guard let sample = try? space.replay(derivations[row].choices) else { return nil }
            return Drawn(sample: sample, logProbability: totals[row], episode: episodes[row])
        }
    }

    /// The logarithm of the probability of these choices; -infinity where they are no derivation.
    package func logProbability(of choices: [Int]) -> Double {
        Episode(choices, in: space, vocabulary).map { logProbability(of: $0) } ?? -.infinity
    }

    /// The probability of each alternative at each of these choices; nil where they are no derivation.
    package func probabilities(of choices: [Int]) -> [[Double]]? {
        guard let episode = Episode(choices, in: space, vocabulary) else { return nil }
        let stepper = freshStepper()
        return episode.steps.map { exponentials(logSoftmax(stepper.run([$0], vocabulary)[0], $0.logPriors)) }
    }

    func logProbability(of episode: Episode) -> Double {
        let stepper = freshStepper()
        return episode.steps.reduce(0) { total, step in
            total + logSoftmax(stepper.run([step], vocabulary)[0], step.logPriors)[step.taken]
        }
    }
}
