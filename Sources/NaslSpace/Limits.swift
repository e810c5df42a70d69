import NaslExpr

/// The constraints of a grammar, sorted by how the tables carry them.
///
/// Depth and `forbid .. within ..` are inherited: what stands above a draw decides. Size, counts and `require` are counters that are
/// summed over the whole program.
struct Limits {
    /// Of the whole program; `Int.max` where nothing limits it.
    var depth = Int.max
    var depthOfRule: [Symbol: Int] = [:]
    var forbidden: [(inner: Head, outer: Head)] = []
    /// What is counted, the size first where it is limited.
    var counters: [Counter] = []
    /// Two limits leave no value between them.
    var isImpossible = false

    struct Counter {
        /// nil for the size of the program.
        let head: Head?
        /// What the whole program may have, ends included.
        var lowest = 0
        var highest = Int.max

        /// The highest value that needs to be told apart: above it all is the same (`saturates`) or lost.
        var cap: Int { highest == Int.max ? lowest : highest }
        var saturates: Bool { highest == Int.max }
        var isUseless: Bool { lowest <= 0 && highest == Int.max }
    }

    init(_ constraints: [Constraint]) {
        for constraint in constraints {
            switch constraint.kind {
            case .depth(let most, of: nil): depth = min(depth, most)
            case .depth(let most, of: let rule?): depthOfRule[rule] = min(depthOfRule[rule] ?? Int.max, most)
            case .size(let range): count(nil, range)
            case .count(let head, let range): count(head, range)
            case .require(let head): count(head, 1...Int.max)
            case .forbidWithin(let inner, let outer): forbidden.append((inner, outer))
            }
        }
        counters.removeAll(where: \.isUseless)
        for slot in counters.indices where counters[slot].lowest > counters[slot].highest {
            isImpossible = true
            counters[slot].highest = counters[slot].lowest
        }
    }

    private mutating func count(_ head: Head?, _ range: ClosedRange<Int>) {
        let slot = counters.firstIndex { $0.head == head } ?? counters.count
        if slot == counters.count { counters.append(Counter(head: head)) }
        counters[slot].lowest = max(counters[slot].lowest, range.lowerBound)
        counters[slot].highest = min(counters[slot].highest, range.upperBound)
    }

    /// Whether every program has a bounded size, whatever its rules.
    var boundsSize: Bool { counters.contains { $0.head == nil && !$0.saturates } }
}
