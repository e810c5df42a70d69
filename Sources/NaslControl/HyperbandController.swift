import NaslSpace

/// Hyperband around another method (Li et al. 2018; with a method that learns in place of random draws as in BOHB, Falkner, Klein & Hutter 2018): it proposes
/// programs, they are tried with a small budget, and the best of each rung with the next larger one (``RungPlan``).
///
///     let plan = RungPlan(full: 450, from: 50, eta: 3, isWhole: true)
///     let controller = HyperbandController(space: space, plan: plan, inner: EvolutionController(space: space, seed: 1))
///
/// Each rung of a bracket is a round. At the end of a bracket the method learns of all that it has proposed for it, each proposal once, with the reward at the
/// highest rung that its program has reached, carried up to the full budget (``RungLedger``).
public final class HyperbandController: Controller {
    /// A proposal of the bracket's lowest rung.
    struct Entrant {
        let choices: [Int]
        let logProbability: Double
        /// In the ledger.
        var program: Int
    }

    public let name = "hyperband"
    public let plan: RungPlan
    public let inner: any Controller
    private let space: Space
    /// Brackets that are done.
    private(set) var bracket = 0
    private(set) var rung = 0
    /// Rounds of the inner method that were used.
    private(set) var innerRounds = 0
    /// Of the present bracket; none before its lowest rung is done.
    private(set) var entrants: [Entrant] = []
    /// Those of the present rung, above the lowest.
    private(set) var promoted: [Int] = []
    private(set) var ledger: RungLedger
    /// Whether what is learned next was proposed by this controller.
    private var isWaiting = false

    public init(space: Space, plan: RungPlan, inner: any Controller) {
        self.space = space
        self.plan = plan
        self.inner = inner
        ledger = RungLedger(rungs: plan.budgets.count)
    }

    public var fullBudget: Double? { plan.full }

    private var isLowest: Bool { rung == plan.firstRung(of: bracket) }
    private var entries: Int { plan.sizes(of: bracket)[0] }

    public var roundSize: Int { isLowest ? entries : promoted.count }

    public func propose(round: Int, count: Int) -> [Proposal] {
        isWaiting = true
        let proposals = isLowest ? drawn() : promoted.compactMap { place in
            let entrant = entrants[place]
            return (try? space.replay(entrant.choices)).map { Proposal(sample: $0, logProbability: entrant.logProbability) }
        }
        return proposals.prefix(count).map { Proposal(sample: $0.sample, logProbability: $0.logProbability, budget: plan.budgets[rung]) }
    }

    /// In as many rounds of the inner method as it takes, none of which has learned from another.
    private func drawn() -> [Proposal] {
        var proposals: [Proposal] = []
        for round in 0..<drawnRounds {
            let asked = min(entries - proposals.count, inner.mostProposals)
            let part = inner.propose(round: innerRounds + round, count: asked)
            proposals += part
            if part.count < asked { break }
        }
        return proposals
    }

    private var drawnRounds: Int { (entries - 1) / max(1, inner.mostProposals) + 1 }

    public func learn(_ outcomes: [Outcome]) {
        // What none of its brackets has proposed comes from another run.
        guard isWaiting else { return inner.learn(outcomes) }
        isWaiting = false
        let isFirst = isLowest
        var places: [Int] = []
        var seen: Set<Int> = []
        for (slot, outcome) in outcomes.enumerated() {
            let program = ledger.number(of: outcome.name ?? "\(outcome.proposal.sample.choices)")
            ledger.take(outcome.reward, of: program, at: rung)
            if isFirst { entrants.append(Entrant(choices: outcome.proposal.sample.choices, logProbability: outcome.proposal.logProbability, program: program)) }
            guard seen.insert(program).inserted else { continue }
            if isFirst { places.append(slot) } else if let place = entrants.firstIndex(where: { $0.program == program }) { places.append(place) }
        }
        promote(places)
    }

    /// The best of the rung, by their rewards there, of equals the earlier ones; without any the bracket is over.
    private func promote(_ places: [Int]) {
        let sizes = plan.sizes(of: bracket)
        let next = rung - plan.firstRung(of: bracket) + 1
        let ranked = places.compactMap { place in ledger.reward(of: entrants[place].program, at: rung).map { (place: place, reward: $0) } }
            .sorted { ($1.reward, $0.place) < ($0.reward, $1.place) }
        guard next < sizes.count, !ranked.isEmpty else { return endBracket() }
        promoted = ranked.prefix(sizes[next]).map(\.place)
        rung += 1
    }

    private func endBracket() {
        let expected = ledger.projected()
        let outcomes = entrants.compactMap { entrant in
            (try? space.replay(entrant.choices)).map { Outcome(proposal: Proposal(sample: $0, logProbability: entrant.logProbability), reward: expected[entrant.program]) }
        }
        innerRounds += drawnRounds
        bracket += 1
        rung = plan.firstRung(of: bracket)
        (entrants, promoted) = ([], [])
        if !outcomes.isEmpty { inner.learn(outcomes) }
    }

    public func observe(_ outcomes: [Outcome]) { inner.observe(outcomes) }
    public func logProbability(of choices: [Int]) -> Double { inner.logProbability(of: choices) }
    public func probabilities(of choices: [Int]) -> [[Double]]? { inner.probabilities(of: choices) }

    func set(bracket: Int, rung: Int, innerRounds: Int, entrants: [Entrant], promoted: [Int], ledger: RungLedger) {
        (self.bracket, self.rung, self.innerRounds) = (bracket, rung, innerRounds)
        (self.entrants, self.promoted, self.ledger) = (entrants, promoted, ledger)
        isWaiting = false
        // The inner method has learned nothing since it drew them: it draws the same again, and knows its own when it is told of them.
        if !entrants.isEmpty { _ = drawn() }
    }
}
