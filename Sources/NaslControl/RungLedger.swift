/// What programs have earned at the rungs of a run, and what that lets one expect of them at the full budget.
package struct RungLedger {
    /// By program, and by rung: NaN where it was not tried there, -infinity where it failed.
    package private(set) var rewards: [[Double]] = []
    package private(set) var names: [String] = []
    private var places: [String: Int] = [:]
    private let rungs: Int

    package init(rungs: Int) { self.rungs = rungs }

    /// A program's number; the next free one where it is new.
    package mutating func number(of name: String) -> Int {
        if let known = places[name] { return known }
        places[name] = names.count
        names.append(name)
        rewards.append([Double](repeating: .nan, count: rungs))
        return names.count - 1
    }

    package mutating func take(_ reward: Double?, of program: Int, at rung: Int) {
        rewards[program][rung] = reward.flatMap { $0.isFinite ? $0 : nil } ?? -.infinity
    }

    mutating func add(_ name: String, _ rewards: [Double]) { self.rewards[number(of: name)] = rewards }

    func reward(of program: Int, at rung: Int) -> Double? {
        let reward = rewards[program][rung]
        return reward.isFinite ? reward : nil
    }

    /// Expected rewards at the full budget, by program: the one at its highest rung, carried up from rung to rung. Nil where the program failed there.
    ///
    /// Between two neighbouring rungs goes the least-squares line through the programs that have both; with fewer than three of them, or where it does not
    /// rise, rewards are taken over as they are.
    package func projected() -> [Double?] {
        let lines = (0..<max(0, rungs - 1)).map { line(from: $0) }
        return rewards.map { own in
            guard let highest = own.lastIndex(where: { !$0.isNaN }), own[highest].isFinite else { return nil }
            return lines[highest...].reduce(own[highest]) { $1.offset + $1.slope * $0 }
        }
    }

    package func line(from rung: Int) -> (slope: Double, offset: Double) {
        let pairs = rewards.filter { $0[rung].isFinite && $0[rung + 1].isFinite }.map { (x: $0[rung], y: $0[rung + 1]) }
        let unchanged = (slope: 1.0, offset: 0.0)
        guard pairs.count >= RungLedger.fewestPairs else { return unchanged }
        let count = Double(pairs.count)
        let x = pairs.reduce(0) { $0 + $1.x } / count, y = pairs.reduce(0) { $0 + $1.y } / count
        let spread = pairs.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
        let slope = pairs.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / spread
        guard slope.isFinite, slope > 0, (y - slope * x).isFinite else { return unchanged }
        return (slope, y - slope * x)
    }

    private static let fewestPairs = 3
}
