import NaslSpace

/// What each of several methods has earned lately with its trials, and the share of the next ones that follows from it.
///
/// A trial earns where it joins the best programs so far, by its place among them: `(capacity - place) / capacity`. A program that stands there
/// already earns nothing when it is proposed again, nor does one with exactly the same reward, which mostly is the same program in another
/// form. So only ranks count, as in the comparison-based credit of Fialho, Schoenauer & Sebag ("Toward comparison-based adaptive operator
/// selection", GECCO 2010), and methods that find nothing new lose their share. After each round the shares go a part of the way to where the
/// member that has earned most per trial in a sliding window has all but the floors of the others (Thierens, "An adaptive pursuit strategy for
/// allocating operator probabilities", GECCO 2005).
package struct Earnings: Sendable {
    /// What one trial of a member has earned.
    struct Entry: Sendable, Hashable {
        let member: Int
        let earned: Double
    }

    let members: Int
    /// Trials that are looked back at.
    let window: Int
    /// The least share of a member.
    let floor: Double
    private(set) var entries: [Entry]
    /// Of each member; they add up to 1.
    package private(set) var shares: [Double]
    private(set) var best: PriorityQueue

    package init(members: Int, window: Int, floor: Double, capacity: Int) {
        let equal = [Double](repeating: 1 / Double(max(1, members)), count: members)
        self.init(members: members, window: window, floor: floor, entries: [], shares: equal, best: PriorityQueue(capacity: capacity))
    }

    init(members: Int, window: Int, floor: Double, entries: [Entry], shares: [Double], best: PriorityQueue) {
        self.members = members
        self.window = max(1, window)
        self.floor = max(0, min(floor, 1 / Double(max(1, members))))
        self.entries = entries
        self.shares = shares
        self.best = best
    }

    /// Takes a trial into account; nil stands for one that failed, and for the member of one that none has proposed.
    package mutating func take(_ rated: Rated?, of member: Int?) {
        let earned = rated.map { join($0) } ?? 0
        guard let member else { return }
        entries.append(Entry(member: member, earned: earned))
        if entries.count > window { entries.removeFirst(entries.count - window) }
    }

    private mutating func join(_ new: Rated) -> Double {
        let isKnown = best.candidates.contains { $0.reward == new.reward }
        best.insert(new)
        guard !isKnown, let place = best.candidates.firstIndex(where: { $0.choices == new.choices }) else { return 0 }
        return Double(best.capacity - place) / Double(best.capacity)
    }

    /// Moves the shares after a round: towards equal ones where nobody has earned anything.
    package mutating func pursue() {
        let total = entries.reduce(0) { $0 + $1.earned }
        let equal = 1 / Double(members)
        var goals = [Double](repeating: total > 0 ? floor : equal, count: members)
        if total > 0 {
            let mean = total / Double(entries.count)
            // A member with few trials is taken to be like the others; of equals the first leads.
            let rates = (0..<members).map { member in
                let own = entries.filter { $0.member == member }
                return (own.reduce(0) { $0 + $1.earned } + Earnings.prior * mean) / (Double(own.count) + Earnings.prior)
            }
            let leader = rates.indices.max { (rates[$0], $1) < (rates[$1], $0) } ?? 0
            goals[leader] = 1 - floor * Double(members - 1)
        }
        for member in shares.indices { shares[member] += Earnings.pursuit * (goals[member] - shares[member]) }
    }

    /// The part of the way that the shares go after each round.
    private static let pursuit = 0.2

    /// Trials' worth of the mean that each member begins with.
    private static let prior = 5.0

    /// Gives each of the next `count` trials to a member, so that any number of them is divided as nearly by the shares as whole trials can be;
    /// no member gets more than it has room for.
    package func assignment(count: Int, room: [Int]) -> [Int] {
        var given = [Int](repeating: 0, count: members)
        return (0..<count).compactMap { slot in
            let open = given.indices.filter { given[$0] < room[$0] }
            // The one that is furthest behind; of equals the first.
            let next = open.max { left, right in
                let (a, b) = (shares[left] * Double(slot + 1) - Double(given[left]), shares[right] * Double(slot + 1) - Double(given[right]))
                return (a, right) < (b, left)
            }
            if let next { given[next] += 1 }
            return next
        }
    }
}
