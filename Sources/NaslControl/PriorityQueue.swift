/// The best derivations so far, each once, the best first.
package struct PriorityQueue {
    package let capacity: Int
    package private(set) var candidates: [Rated] = []

    package init(capacity: Int, _ candidates: [Rated] = []) {
        self.capacity = max(1, capacity)
        self.candidates = Array(candidates.prefix(self.capacity))
    }

    /// Of equal rewards the one that was there first stays ahead.
    package mutating func insert(_ new: Rated) {
        if let last = candidates.last, candidates.count == capacity, new.reward <= last.reward { return }
        if candidates.contains(where: { $0.choices == new.choices }) { return }
        let place = candidates.firstIndex { $0.reward < new.reward } ?? candidates.count
        candidates.insert(new, at: place)
        if candidates.count > capacity { candidates.removeLast() }
    }

    package mutating func insert(_ outcomes: [Outcome]) {
        for outcome in outcomes {
            guard let reward = outcome.reward, reward.isFinite else { continue }
            insert(Rated(choices: outcome.proposal.sample.choices, reward: reward))
        }
    }
}
