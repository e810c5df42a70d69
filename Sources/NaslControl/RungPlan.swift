/// Which budgets Hyperband gives to programs, and how many programs get them (Li et al., "Hyperband: a novel bandit-based approach to
/// hyperparameter optimization", JMLR 18, 2018, Algorithm 1).
///
///     let plan = RungPlan(full: 81, from: 1, eta: 3, isWhole: true)
///     plan.budgets          // [1, 3, 9, 27, 81]
///     plan.sizes(of: 1)     // [34, 11, 3, 1], from budget 3 on
///
/// A bracket begins with many programs at a small budget, a rung, and gives the best 1/eta of each rung the next one. The first bracket begins at the
/// lowest rung; each further one begins a rung higher, with fewer programs and about the same cost, and the last gives a few programs the full budget at
/// once, in case that small budgets say nothing.
public struct RungPlan: Sendable, Hashable {
    /// Of the rungs, rising; the last is the full one. They go down from it by factors of eta.
    public let budgets: [Double]
    /// Of the programs of a rung one in so many is promoted.
    public let eta: Double
    /// Of a cycle; after the last the first comes again.
    public let brackets: Int
    /// Programs of the first bracket's lowest rung: eta to the power of the promotions up to the full budget in the paper.
    public let batch: Int

    public var full: Double { budgets.last ?? 1 }

    /// - Parameters:
    ///   - full: positive.
    ///   - least: no budget is smaller; positive and at most `full`.
    ///   - eta: at least 2; the paper's is 3 or 4.
    ///   - isWhole: whether budgets are rounded to whole numbers.
    ///   - brackets: the first so many of a cycle; 1 is successive halving (Jamieson & Talwalkar 2016), again and again.
    public init(full: Double, from least: Double, eta: Double = 3, isWhole: Bool, brackets: Int? = nil, batch: Int? = nil) {
        let eta = max(2, eta)
        var budgets = [full]
        // A little below is what division leaves of the least itself.
        while let last = budgets.last, budgets.count < RungPlan.mostRungs, last / eta >= least * (1 - 1e-9) { budgets.append(last / eta) }
        budgets.reverse()
        self.budgets = isWhole ? budgets.map { $0.rounded() } : budgets
        self.eta = eta
        self.brackets = max(1, min(brackets ?? budgets.count, budgets.count))
        self.batch = max(1, batch ?? RungPlan.whole(RungPlan.power(eta, budgets.count - 1).rounded(.up)))
    }

    private static let mostRungs = 32

    /// The rung at which a bracket begins, by its number in the run.
    public func firstRung(of bracket: Int) -> Int { bracket % brackets }

    /// Programs at each rung of a bracket, from its first one on.
    public func sizes(of bracket: Int) -> [Int] {
        let promotions = budgets.count - 1 - firstRung(of: bracket)
        let scale = Double(batch) / RungPlan.power(eta, budgets.count - 1)
        let first = scale * Double(budgets.count) / Double(promotions + 1) * RungPlan.power(eta, promotions)
        let programs = max(1, (first - 1e-9).rounded(.up))
        return (0...promotions).map { max(1, RungPlan.whole((programs / RungPlan.power(eta, $0) + 1e-9).rounded(.down))) }
    }

    /// By multiplying, so that powers of whole numbers are whole.
    private static func power(_ base: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * base } }

    private static func whole(_ number: Double) -> Int { Int(exactly: min(number, 1e9)) ?? 1 }
}
