import NaslControl
import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSearch
import NaslSpace

/// Why a program earns what it earns: how it was drawn, what each part and each choice is worth on common seeds, and what it makes of its inputs.
///
/// Replacements are chosen on a few seeds and measured on others, so that what was chosen because it was lucky does not look better than it is.
struct TrialExplanation: Sendable {
    let task: TaskValue
    let program: Value
    /// Nil where the program is more than one function.
    let term: FunctionTerm?
    /// By the laws alone.
    let simplified: FunctionTerm?
    /// On the seeds that everything is measured on.
    let rewards: [Double?]
    /// Below it a difference counts as none: a tenth of the reward's deviation between seeds, and where that is 0 what rounding explains.
    let tolerance: Double
    private(set) var choices: [Choice] = []
    /// Whether a trained controller has drawn it.
    private(set) var isLearned = false
    private(set) var ablation: [Ablation] = []
    private(set) var inert: [Expr] = []
    private(set) var constants: [Ablation] = []
    private(set) var shapley: ShapleyValues?
    private(set) var inputs = SeenInputs(rows: [], isSeen: false)

    struct Settings {
        var repeats: Int
        var seed: Int
        /// Of the Shapley values.
        var orders: Int
        /// Where the function is looked at; nil: where the child does.
        var over: Limits?
    }

    var mean: Double? { Statistics.mean(rewards.compactMap { $0 }) }
    var deviation: Double? { Statistics.deviation(rewards.compactMap { $0 }) }

    init(_ program: Value, _ origin: TrialOrigin, on trials: CommonSeeds, under laws: LawTable, _ settings: Settings) throws {
        task = trials.task
        self.program = program
        if case .function(let function) = program, case .term(let term) = function.term { self.term = term } else { term = nil }
        simplified = term.map { $0.body.nodes.count <= LawTable.largestTerm ? $0.simplified(under: laws) : $0 }
        // Even steps apart: what chooses replacements, what measures them, what the Shapley values are drawn on.
        rewards = try trials.rewards(of: [program], repeats: settings.repeats, seed: settings.seed + 1, doing: "explaining")[0]
        let good = rewards.compactMap { $0 }
        guard let mean = Statistics.mean(good), let deviation = Statistics.deviation(good) else {
            throw Fault.value("this program has a reward on \(good.count) of \(rewards.count) seeds, too few to explain it", at: trials.range)
        }
        tolerance = max(deviation / 10, 1e-9 * max(1, abs(mean)))
        if let term { inputs = SeenInputs.found(by: term, trials, seed: settings.seed, over: settings.over) }
        let choices = try origin.choices ?? task.grammar.choices(of: program)
        if let choices {
            let controller = try origin.controller?()
            (self.choices, isLearned) = Choice.all(choices, in: task.grammar, by: controller)
        }
        let tree = choices.flatMap { task.grammar.space.tree(of: $0) }
        try ablate(trials, tree, settings)
        if let tree { shapley = try ShapleyValues(tree, of: task.grammar, on: trials, orders: settings.orders, seed: settings.seed + 2) }
    }

    /// The table of replacements, what of the program has no effect, and how much its numbers matter.
    private mutating func ablate(_ trials: CommonSeeds, _ tree: DerivationTree?, _ settings: Settings) throws {
        let slots = Ablation.slots(term, inputs.rows, tree, choices, task.grammar, seed: settings.seed)
        let measured = try Ablation.measured(slots, self, on: trials, settings)
        ablation = measured.filter(\.isBest)
        inert = Ablation.inert(measured, tolerance: tolerance)
        constants = try Ablation.measured(Ablation.numbers(term), self, on: trials, settings)
    }
}
