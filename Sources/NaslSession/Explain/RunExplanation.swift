import NaslControl
import NaslExpr
import NaslLanguage
import NaslSearch
import NaslSpace

/// What a run tells about its space, its method and itself: all that `explain(run)` says, as plain data.
struct RunExplanation: Sendable {
    let task: String
    let run: Run
    let facts: RunFacts
    /// nil where the trials say nothing about the draws.
    let effects: Effects?
    let shifts: ChoiceShifts
    let families: [Family]
    let bestSoFar: [BestSoFar]
    /// Where the random draws come from that the run is set beside.
    let randomSource: String?
    let front: [(trial: Trial, size: Int)]
    let failures: [Run.FailureGroup]
    /// How the trials were shared among the members of `adaptive`; nil for other methods.
    let sharing: Sharing?
    /// How deep programs could be, and after how many proposals, where the method is one that lets them grow; none for others.
    let stages: [GrowingController.Stage]
    /// After how many proposals a policy that found nothing better began anew.
    let restarts: [Int]
    /// Of a method that gives small budgets first; none for others.
    let rungs: [Run.Rung]
    /// The task's setting that is the budget.
    let budgetName: String

    /// Programs that are the same by the laws.
    struct Family: Sendable {
        let canonical: String
        /// Its best trial.
        let best: Trial
        let programs: [String]
        /// Trials that proposed one of them.
        let trials: Int
    }

    /// After so many trials.
    struct BestSoFar: Sendable {
        let trials: Int
        let reward: Double?
        /// The best of as many random draws.
        let random: RandomDraws.Best?
    }

    /// Who got which part of the trials, from when on.
    struct Sharing: Sendable {
        let members: [String]
        let allocations: [AdaptiveController.Allocation]

        init?(_ controller: any Controller) {
            guard let adaptive = controller as? AdaptiveController else { return nil }
            (members, allocations) = (adaptive.members, adaptive.allocations)
        }

        /// The members as names of fields: `evolution`, and `evolution_2` for the next one of its kind.
        var names: [String] {
            let names = members.map { String($0.prefix { $0 != "(" }) }
            return names.indices.map { place in
                let before = names[..<place].count { $0 == names[place] }
                return before > 0 ? "\(names[place])_\(before + 1)" : names[place]
            }
        }
    }

    /// Programs of the best rewards whose forms are found where they were not kept with the trials.
    private static let mostForms = 500
    private static let mostFamilies = 10

    /// - Parameter random: a run by `random` of the same task, to be set beside it.
    init(_ run: Run, of task: String, facts: RunFacts, in space: Space, laws: LawTable, random: (name: String, run: Run)? = nil, controller: (any Controller)? = nil, budget: String? = nil) {
        self.task = task
        self.run = run
        self.facts = facts
        let inner = (controller as? HyperbandController)?.inner ?? controller
        stages = (inner as? GrowingController)?.stages ?? []
        restarts = (((inner as? GrowingController)?.inner ?? inner) as? NeuralGuidedController)?.restarts ?? []
        sharing = ((inner as? GrowingController)?.inner ?? inner).flatMap { Sharing($0) }
        (rungs, budgetName) = (run.rungs, budget ?? "budget")
        effects = Effects(run.mostTried, in: space)
        shifts = ChoiceShifts(run.firstTried, in: space)
        families = RunExplanation.families(run, space, laws)
        front = run.sizeFront
        failures = run.failures
        let own = facts.prior == nil ? run.randomTrials : []
        let draws = RandomDraws(random?.run.trials[...] ?? own)
        randomSource = draws.map { draws in
            if let random { return "the \(grouped(draws.count)) trials of \(random.name)" }
            return run.algorithm.hasPrefix("random") ? "the run's own trials" : "the \(grouped(draws.count)) trials of the first round, drawn before anything was learned"
        }
        let history = run.history
        // Random draws of the same cost.
        let spending = run.spending
        bestSoFar = RunExplanation.milestones(history.count).map { count in
            BestSoFar(trials: count, reward: history[count - 1], random: draws?.best(of: Int(exactly: (spending[count - 1] + 1e-9).rounded(.down)) ?? 0))
        }
    }

    /// 1, 2, 5, 10, 20, ... and the last.
    private static func milestones(_ count: Int) -> [Int] {
        var numbers: [Int] = []
        var step = 1
        while step <= count {
            for factor in [1, 2, 5] where factor * step < count { numbers.append(factor * step) }
            step *= 10
        }
        return count > 0 ? numbers + [count] : []
    }

    private static func families(_ run: Run, _ space: Space, _ laws: LawTable) -> [Family] {
        let forms = CanonicalTexts(laws, space)
        var order: [String] = []
        var known: [String: (best: Trial, programs: [String])] = [:]
        var form: [String: String] = [:]
        for trial in run.top(mostForms) {
            guard let canonical = trial.canonical ?? forms.text(trial.program) else { continue }
            form[trial.text] = canonical
            if known[canonical] == nil { order.append(canonical) }
            known[canonical, default: (trial, [])].programs.append(trial.text)
        }
        var trials: [String: Int] = [:]
        for trial in run.trials { if let canonical = form[trial.text] { trials[canonical, default: 0] += 1 } }
        return order.prefix(mostFamilies).compactMap { canonical in
            known[canonical].map { Family(canonical: canonical, best: $0.best, programs: $0.programs, trials: trials[canonical] ?? 0) }
        }
    }
}
