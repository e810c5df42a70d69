extension Run {
    /// The Pareto set: the programs to which no other is at least equal in reward and in every cost and better in one. By their first cost,
    /// so that the reward rises along with it; each program once, of programs that are equal in everything the earliest.
    ///
    /// Without costs it is the best program alone. With one cost it takes O(n log n) for n trials, with more O(n * size of the set).
    public var front: [Trial] {
        var front: [Trial] = []
        // Whatever dominates a trial comes before it in this order.
        for trial in top(.max).sorted(by: Run.precedes) where !front.reversed().contains(where: { $0.isAsGood(as: trial) }) { front.append(trial) }
        return front
    }

    private static func precedes(_ first: Trial, _ second: Trial) -> Bool {
        for (a, b) in zip(first.costs, second.costs) where a.value != b.value { return a.value < b.value }
        return (second.reward ?? 0, first.index) < (first.reward ?? 0, second.index)
    }
}

extension Trial {
    /// Whether it is at least equal to another trial in reward and in every cost.
    fileprivate func isAsGood(as other: Trial) -> Bool {
        (reward ?? -.infinity) >= (other.reward ?? -.infinity) && zip(costs, other.costs).allSatisfy { $0.value <= $1.value }
    }
}
