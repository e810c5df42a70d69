/// What the programs of a run are worth, as far as repeated evaluations tell: the mean reward of each, and how far it is to be believed.
///
/// The deviation between repetitions is pooled over all programs, since two or three rewards of one tell little about it: the bounds hold where the
/// noise is about the same for all.
struct Standings {
    private struct Entry {
        let trial: Int
        var count = 1
        var mean: Double
        var isOut = false
    }

    private var entries: [Entry] = []
    private var places: [Int: Int] = [:]
    private var squares = 0.0
    private var freedom = 0

    /// A reward of a trial: its first, or of a repetition; nil takes it out.
    mutating func add(_ reward: Double?, of trial: Int) {
        guard let place = places[trial] else {
            guard let reward else { return }
            places[trial] = entries.count
            entries.append(Entry(trial: trial, mean: reward))
            return
        }
        guard let reward else {
            entries[place].isOut = true
            return
        }
        // Welford's way of adding to a mean and to a sum of squares.
        let step = reward - entries[place].mean
        entries[place].count += 1
        entries[place].mean += step / Double(entries[place].count)
        squares += step * (reward - entries[place].mean)
        freedom += 1
    }

    func count(of trial: Int) -> Int { places[trial].map { entries[$0].count } ?? 0 }

    /// Nil as long as nothing was evaluated twice.
    private var deviation: Double? { freedom > 0 ? (squares / Double(freedom)).squareRoot() : nil }

    /// Whether repetitions have given the same reward again and again: more of them would tell nothing.
    var areCertain: Bool { freedom >= 10 && squares == 0 }

    /// The trials that may be the best: of highest mean and one standard error, the earlier of equals first.
    func leaders(_ count: Int) -> [Int] {
        ranked { mean, error in mean + error }.prefix(count).map { entries[$0].trial }
    }

    /// The trial with the highest lower bound of its mean.
    var best: (trial: Int, reward: Double)? {
        ranked { mean, error in mean - Statistics.confidence * error }.first.map { (entries[$0].trial, entries[$0].mean) }
    }

    private func ranked(_ bound: (_ mean: Double, _ error: Double) -> Double) -> [Int] {
        let deviation = deviation ?? 0
        return entries.indices.filter { !entries[$0].isOut }
            .map { (place: $0, bound: bound(entries[$0].mean, deviation / Double(entries[$0].count).squareRoot())) }
            .sorted { ($1.bound, $0.place) < ($0.bound, $1.place) }.map(\.place)
    }
}
