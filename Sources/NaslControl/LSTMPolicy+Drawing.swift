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
        var steps = streams.map { _ -> Episode.Step? in nil }
        var logarithms = PriorLogarithms(sites: space.sites.count)
        var distribution = Distribution()
        let stepper = freshStepper()
        while true {
            let decisions = derivations.map(\.decision)
            for row in streams.indices { steps[row] = decisions[row].map { episodes[row].step($0, vocabulary, &logarithms) } }
            if steps.allSatisfy({ $0 == nil }) { break }
            stepper.run(steps)
            for row in streams.indices {
                guard var step = steps[row] else { continue }
                stepper.read(step, row: row, vocabulary, into: &distribution)
                let point = streams[row].uniform()
                step.taken = distribution.drawn(point)
                totals[row] += distribution.logProbability(step.taken)
                // Numbers on a continuous scale are not learned yet: they are uniform on their scale.
                derivations[row].choose(decisions[row]?.numbers.map { RealRange.choice($0.number(at: point)) } ?? step.taken)
                episodes[row].steps.append(step)
            }
        }
        return streams.indices.compactMap { row in
            // Every choice was allowed, so the derivation always stands.
            derivations[row].sample.map { Drawn(sample: $0, logProbability: totals[row], episode: episodes[row]) }
        }
    }

    /// The logarithm of the probability of these choices; -infinity where they are no derivation.
    package func logProbability(of choices: [Int]) -> Double {
        Episode(choices, in: space, vocabulary).map { logProbability(of: $0) } ?? -.infinity
    }

    /// The probability of each alternative at each of these choices; nil where they are no derivation.
    package func probabilities(of choices: [Int]) -> [[Double]]? {
        guard let episode = Episode(choices, in: space, vocabulary) else { return nil }
        return distributions(over: episode).map(\.probabilities)
    }

    func logProbability(of episode: Episode) -> Double {
        zip(episode.steps, distributions(over: episode)).reduce(0) { $0 + $1.1.logProbability($1.0.taken) }
    }

    /// Of each step of an episode.
    private func distributions(over episode: Episode) -> [Distribution] {
        let stepper = freshStepper()
        return episode.steps.map { step in
            var distribution = Distribution()
            stepper.run([step])
            stepper.read(step, row: 0, vocabulary, into: &distribution)
            return distribution
        }
    }
}
