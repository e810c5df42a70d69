#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslSpace

/// Programs are drawn from a mixture: a member by the shares, then a program by the member.
extension AdaptiveController {
    public func logProbability(of choices: [Int]) -> Double {
        let parts = zip(earnings.shares, controllers).map { log($0) + $1.logProbability(of: choices) }
        guard let highest = parts.max(), highest > -.infinity else { return -.infinity }
        return highest + log(parts.reduce(0) { $0 + exp($1 - highest) })
    }

    public func probabilities(of choices: [Int]) -> [[Double]]? {
        guard let decisions = space.decisions(of: choices) else { return nil }
        let own = controllers.map { $0.probabilities(of: choices) ?? decisions.map(\.priors) }
        // How likely it is that each member has made the choices so far.
        var weights = earnings.shares
        return zip(decisions.indices, choices).map { step, choice in
            let total = weights.reduce(0, +)
            var mixed = decisions[step].priors.map { _ in 0.0 }
            let taken = decisions[step].alternative(of: choice)
            for member in own.indices {
                let probabilities = own[member][step]
                for slot in mixed.indices { mixed[slot] += weights[member] / total * probabilities[slot] }
                weights[member] *= taken.map { probabilities[$0] } ?? 0
            }
            return mixed
        }
    }
}
