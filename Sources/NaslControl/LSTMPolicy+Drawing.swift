#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslRandom
import NaslSpace
import NaslTensor

extension LSTMPolicy {
    package struct Drawn {
        package let sample: Sample
        package let logProbability: Double
        package let episode: Episode
    }

    /// One program for each stream; one uniform number is taken for each choice.
    package func draw(_ streams: [RandomStream]) -> [Drawn] {
        drawn.number += 1
        drawn.isCurrent = true
        drawn.rollouts.removeAll(keepingCapacity: true)
        // Its own for the while, so that it is changed in place.
        var priors = PriorTable(settings.precision, length: settings.length)
        swap(&priors, &self.priors)
        defer { swap(&priors, &self.priors) }
        let room = longest
        longest = 0
        var result: [Drawn] = []
        for start in stride(from: 0, to: streams.count, by: trainingBatch) {
            result += draw(Array(streams[start..<min(start + trainingBatch, streams.count)]), from: start, room: room, &priors)
        }
        return result
    }

    /// The sequences from number `start` on, at most `trainingBatch`.
    private func draw(_ streams: [RandomStream], from start: Int, room: Int, _ priors: inout PriorTable) -> [Drawn] {
        var streams = streams
        var derivations = streams.map { _ in space.derivation(room: room) }
        var episodes = streams.map { _ in Episode(room: room) }
        var totals = streams.map { _ in 0.0 }
        // What each sequence is about to draw.
        var draws = streams.map { _ in PolicyDraw() }
        var steps = streams.map { _ in Episode.Step() }
        let network = network()
        var rollout = network.rollout(at: drawn.end)
        while prepare(&streams, &derivations, &episodes, &steps, &draws, &priors) {
            let isDecided = rollout.steps < PolicyPlan.longest
            if isDecided {
                network.step(&rollout, steps, of: episodes[...])
                network.draw(&draws, after: rollout, priors)
            }
            for slot in streams.indices where draws[slot].count > 0 {
                let numbers = space.hasNumbers ? priors.rows[Int(steps[slot].priors)].numbers : nil
                if let numbers {
                    let number = self.number(numbers, for: slot, &draws, &steps, &streams, isDecided ? rollout : nil, priors)
                    derivations[slot].choose(RealRange.choice(number))
                } else {
                    if !isDecided { draws[slot].draw(by: priors.rows[Int(steps[slot].priors)].logarithms) }
                    if isDecided, settings.exploration > 0 { explore(slot, &draws, steps, &streams, rollout, priors) }
                    steps[slot].taken = draws[slot].choice
                    derivations[slot].choose(Int(draws[slot].choice))
                }
                totals[slot] += draws[slot].log_p
                episodes[slot].steps.append(steps[slot])
            }
        }
        drawn.rollouts.append(rollout)
        longest = episodes.reduce(longest) { max($0, $1.steps.count) }
        for slot in episodes.indices { episodes[slot].origin = (drawn.number, start + slot) }
        return streams.indices.compactMap { row in
            // Every choice was allowed, so the derivation always stands.
            derivations[row].sample.map { Drawn(sample: $0, logProbability: totals[row], episode: episodes[row]) }
        }
    }

    /// Draws a number on a continuous scale.
    ///
    /// - Parameter rollout: nil where the policy does not decide any more.
    private func number(
        _ numbers: RealRange, for slot: Int, _ draws: inout [PolicyDraw], _ steps: inout [Episode.Step], _ streams: inout [RandomStream],
        _ rollout: PolicyPlan.Rollout?, _ priors: PriorTable
    ) -> Double {
        var position = Double(draws[slot].point)
        steps[slot].taken = 0
        let normal = rollout.flatMap { network().normal(steps[slot], row: slot, frame: $0.frame($0.steps - 1))?.normal }
        // The policy's own uniform distribution, or the grammar's, needs no exploration.
        if let normal {
            let other = settings.exploration > 0 ? streams[slot].uniform() : 1
            position = other < settings.exploration ? other / settings.exploration : normal.position(at: position)
        }
        let number = numbers.number(at: position)
        // Numbers are rounded.
        steps[slot].position = numbers.position(of: number)
        var logDensity = normal?.logDensity(at: steps[slot].position) ?? 0
        if normal != nil, settings.exploration > 0 { logDensity = Distribution.mixture(logDensity, 0, settings.exploration) }
        draws[slot].log_p = logDensity
        return number
    }

    /// Replaces a share of the choices by draws from the priors.
    private func explore(
        _ slot: Int, _ draws: inout [PolicyDraw], _ steps: [Episode.Step], _ streams: inout [RandomStream], _ rollout: PolicyPlan.Rollout, _ priors: PriorTable
    ) {
        let logarithms = priors.rows[Int(steps[slot].priors)].logarithms
        var point = streams[slot].uniform()
        if point < settings.exploration {
            point /= settings.exploration
            var distribution = Distribution()
            network().read(rollout.steps - 1, of: rollout, row: slot, steps[slot], priors, exploration: 0, into: &distribution)
            draws[slot].draw(by: logarithms, at: point)
            draws[slot].log_p = distribution.logProbability(Int(draws[slot].choice))
        }
        draws[slot].log_p = Distribution.mixture(draws[slot].log_p, logarithms[Int(draws[slot].choice)], settings.exploration)
    }

    /// What each sequence sees next and what it may draw; false once all are complete.
    private func prepare(
        _ streams: inout [RandomStream], _ derivations: inout [Derivation], _ episodes: inout [Episode], _ steps: inout [Episode.Step],
        _ draws: inout [PolicyDraw], _ priors: inout PriorTable
    ) -> Bool {
        var isOver = true
        // In place: a copy of a derivation counts references.
        derivations.withUnsafeMutableBufferPointer { derivations in
            for slot in derivations.indices {
                draws[slot].count = 0
                guard let place = derivations[slot].place() else { continue }
                isOver = false
                let row = priors.row(of: &derivations[slot], at: place, step: episodes[slot].steps.count)
                let (site, count, start) = priors.place(row)
                draws[slot].column = Int32(vocabulary.offsets[site])
                draws[slot].priors = start
                draws[slot].count = count
                draws[slot].point = streams[slot].uniform()
                let inputs = (episodes[slot].previous(vocabulary), vocabulary.word(place.parent), vocabulary.word(place.sibling), vocabulary.word(site: site))
                steps[slot] = Episode.Step(inputs: inputs, site: Int32(site), priors: Int32(row))
                if vocabulary.attention[site] != .none { steps[slot].anchors = episodes[slot].attend(derivations[slot].anchors) }
            }
        }
        return !isOver
    }

    /// The derivation of these choices as this policy sees it; nil where they are none.
    package func episode(_ choices: [Int]) -> Episode? { Episode(choices, in: space, vocabulary, &priors) }

    /// The logarithm of the probability of these choices; -infinity where they are no derivation.
    package func logProbability(of choices: [Int]) -> Double {
        episode(choices).map { logProbability(of: $0) } ?? -.infinity
    }

    /// The probability of each alternative at each of these choices; nil where they are no derivation.
    package func probabilities(of choices: [Int]) -> [[Double]]? {
        guard let episode = episode(choices) else { return nil }
        return distributions(over: episode).map(\.probabilities)
    }

    func logProbability(of episode: Episode) -> Double {
        zip(episode.steps, distributions(over: episode)).reduce(0) { $0 + $1.1.logProbability(Int($1.0.taken)) }
    }

    /// Of each step of an episode.
    private func distributions(over episode: Episode) -> [Distribution] {
        let rollout = rollout([episode])
        return episode.steps.enumerated().map { time, step in
            var distribution = Distribution()
            if time < rollout.steps {
                network().read(time, of: rollout, step, priors, exploration: settings.exploration, into: &distribution)
            } else {
                distribution.set(priors.rows[Int(step.priors)].logarithms, exploration: 0) { _ in 0 }
            }
            return distribution
        }
    }
}

extension PolicyDraw {
    /// Draws by the grammar's weights alone.
    ///
    /// - Parameter place: uniform in [0, 1); ``point`` where it is not given.
    fileprivate mutating func draw(by logarithms: [Double], at place: Double? = nil) {
        var place = place ?? Double(point)
        let possible = logarithms.indices.filter { logarithms[$0] > -.infinity }
        let taken = possible.first { alternative in
            place -= exp(logarithms[alternative])
            return place < 0
        }
        guard let taken = taken ?? possible.last else { return }
        choice = Int32(taken)
        log_p = logarithms[taken]
    }
}
