import NaslControl
import NaslExpr
import NaslSpace

/// Propose, evaluate, fold, learn, again: the rounds of one run.
///
///     let search = Search(space: space, controller: RandomController(space: space, seed: 1), settings: .init(trials: 500, seed: 1)) {
///         candidate in Evaluation(reward: score(candidate.sample.program))
///     }
///     let run = search.run { print(ProgressBar(width: 80).line($0)) }
///
/// A round's proposals see only earlier rounds, its children are evaluated on own threads, and its outcomes are folded in the
/// order of the proposals: the transcript is the same with one worker or many. A search belongs to one thread at a time; `run`
/// may be called again to go on after a stop, or for more trials.
public final class Search {
    public struct Settings: Sendable {
        /// How many in all, of programs that are not the same as an earlier one.
        public var trials: Int
        public var seed: Int
        /// Evaluations of each program, or with `races` on the average: one for all, and the others for those that may be the best.
        public var repeats: Int
        public var races: Bool
        /// Children at one time.
        public var workers: Int
        /// So many rounds in a row without a new program end the run.
        public var patience: Int
        /// A reward that is good enough: with the round that finds it the run ends.
        public var goal: Double?
        /// Of each worker's stack.
        public var stackBytes: Int

        public init(trials: Int, seed: Int = 0, repeats: Int = 1, races: Bool = false, workers: Int = 1, patience: Int = 50, goal: Double? = nil, stackBytes: Int = 64 << 20) {
            self.trials = trials
            self.seed = seed
            (self.repeats, self.races) = (repeats, races)
            self.workers = workers
            self.patience = patience
            self.goal = goal
            self.stackBytes = stackBytes
        }
    }

    /// What a child is given.
    public struct Candidate: Sendable {
        public let sample: Sample
        /// The program as source.
        public let text: String
        /// The index of the trial; nothing random may depend on it.
        public let trial: Int
        public let seed: Int
        /// 0 for the first evaluation of a program; random numbers depend on it and on the seed alone.
        public let repetition: Int
        /// With which it is to be tried; nil: the task's own.
        public let budget: Double?
        /// Look at it now and then, and return anything once it is set: the round in flight is dropped.
        public let stop: StopFlag

        package init(sample: Sample, text: String, trial: Int, seed: Int, repetition: Int, budget: Double? = nil, stop: StopFlag) {
            (self.sample, self.text, self.trial, self.seed, self.repetition, self.budget, self.stop) = (sample, text, trial, seed, repetition, budget, stop)
        }
    }

    public var settings: Settings
    public let space: Space
    public let controller: any Controller
    public let stop: StopFlag
    /// Keeps what is folded; nil: it lives as long as this search.
    public var recorder: (any Recorder)?
    /// The form of a program that all share which are the same by the laws, as it is kept with its trial; nil: none is kept.
    public var canonical: ((Expr) -> String?)?
    /// Where candidates are evaluated; nil: by `evaluate`, on threads of this process.
    public var evaluator: (any RoundEvaluator)?
    /// Knows which programs are the same; nil: those that are written the same.
    public var repeats: (any RepeatIndex)?
    let evaluate: @Sendable (Candidate) -> Evaluation
    var folded = Folded()
    /// What is known of the next round from before a break.
    var early: [EarlyEvaluation] = []

    public init(
        space: Space, controller: any Controller, settings: Settings, stop: StopFlag = StopFlag(),
        evaluate: @escaping @Sendable (Candidate) -> Evaluation
    ) {
        self.space = space
        self.controller = controller
        self.settings = settings
        folded.standings = settings.repeats > 1 ? Standings() : nil
        folded.fullBudget = controller.fullBudget
        self.stop = stop
        self.evaluate = evaluate
    }

    /// The run as it stands.
    public func snapshot(_ ending: Run.Ending = .stopped) -> Run {
        Run(
            proposals: folded.proposals, requested: settings.trials, seed: settings.seed, algorithm: controller.name, rounds: folded.rounds,
            seconds: folded.seconds, ending: ending, fullBudget: controller.fullBudget)
    }
}
