import NaslControl
import NaslExpr
import NaslLanguage
import NaslSearch
import NaslStore
import Synchronization

/// `search(task, with:, trials:, seed:, workers:)`.
enum TaskSearch {
    /// The first mistake in a task's own text that a child met.
    private final class FirstFault: Sendable {
        private let state = Mutex<(fault: Fault?, trial: Int, succeeded: Bool, ending: Fault?)>((nil, .max, false, nil))

        func note(_ fault: Fault, trial: Int) { state.withLock { if trial < $0.trial { $0.fault = fault; $0.trial = trial } } }
        func noteSuccess() { state.withLock { $0.succeeded = true } }
        func end(_ fault: Fault) { state.withLock { $0.ending = fault } }
        /// What ended the search from inside a child.
        var ending: Fault? { state.withLock { $0.ending } }
        /// The mistake, if no trial has ever come through.
        var blocking: Fault? { state.withLock { $0.succeeded ? nil : $0.fault } }
    }

    /// What a search is asked for.
    struct Request {
        var task: TaskValue
        var method: Method
        var trials: Int
        /// A reward that is good enough.
        var goal: Double?
        var seed: Int
        /// Evaluations of each program, or with `isRacing` on the average.
        var repeats = 1
        var isRacing = false
        var workers: Int
        /// Names that the task's functions do not find where they were written.
        var latest: [String: Value]
        /// What the run is called in the store; nil: it is not kept.
        var name: String?
        /// The task as a script, where it comes from the store.
        var source: String?
        /// The session that has evaluated that script; nil: the one that searches.
        var origin: SessionHost?
        var prior: Recording.Prior?
        /// What its progress is called, where it is one of several searches.
        var label: String?
        /// Whether each trial has a process of its own.
        var isIsolated = false
        var limits = WorkerCrew.Limits()
    }

    static func run(_ request: Request, _ host: SessionHost, at range: SourceRange) throws -> RunValue {
        let (task, trials, seed, latest) = (request.task, request.trials, request.seed, request.latest)
        let method = try request.method.settled(on: task, latest: latest, at: range)
        let grammar = task.grammar
        if request.name != nil, !method.isWritable {
            throw Fault.store("a search by `\(method.written)` cannot be kept, for the run it begins with is in no store", help: ["keep that run, too: `search(..., save: \"name\")`"], at: range)
        }
        let controller = method.controller(grammar.space, seed)
        let faults = FirstFault()
        var source = request.source
        var crew: WorkerCrew?
        let cluster = host.cluster
        if cluster != nil { source = try source ?? host.definitions.source(of: task, at: range) }
        if request.isIsolated, cluster == nil {
            guard let command = host.options.workerCommand else { throw Fault.value("isolated trials need the program `nasl`, which is not what runs here", at: range) }
            let script = try source ?? host.definitions.source(of: task, at: range)
            source = script
            crew = WorkerCrew(command, task: task.name, source: script, limits: request.limits, budget: method.budget)
        }
        defer { crew?.close() }
        // Programs that were met before do not make it likely that no other is left where all are tried in turn.
        let patience = ((controller as? HyperbandController)?.inner ?? controller) is ExhaustiveController ? Int.max : 50
        let settings = Search.Settings(trials: trials, seed: seed, repeats: request.repeats, races: request.isRacing, workers: request.workers, patience: patience, goal: request.goal, stackBytes: Session.stackSize)
        let note: @Sendable (Search.Candidate, Evaluation, Fault?) -> Void = { candidate, evaluation, fault in
            guard let fault else {
                // What ended by force says nothing about the task's text.
                if evaluation.status == .ok || evaluation.status == .diverged { faults.noteSuccess() }
                return
            }
            if fault.endsSearch {
                faults.end(fault)
                host.stop.request()
            } else if !fault.isInterrupt {
                faults.note(fault, trial: candidate.trial)
            }
        }
        let seesValuesOnly = ProgramUses.seeValuesOnly(task)
        let rewards = seesValuesOnly && crew == nil && cluster == nil ? RewardCompiler(task, seed: seed, latest: latest, host: TrialHost(host, stop: host.stop)) : nil
        let search = Search(space: grammar.space, controller: controller, settings: settings, stop: host.stop) { [crew] candidate in
            if let evaluation = rewards?.evaluation(of: candidate) {
                note(candidate, evaluation, nil)
                return evaluation
            }
            let (evaluation, fault) = crew?.evaluate(candidate)
                ?? TaskRunner.evaluation(of: task, candidate.sample, settings: method.settings(candidate.budget), seed: candidate.seed, repetition: candidate.repetition, host: TrialHost(host, stop: candidate.stop), latest: latest)
            note(candidate, evaluation, fault)
            return evaluation
        }
        var elsewhere: ClusterCrew?
        if let cluster, let source { elsewhere = ClusterCrew(cluster, task: task.name, source: source, limits: request.limits, budget: method.budget, found: note) }
        search.evaluator = elsewhere
        if seesValuesOnly { search.repeats = KnownPrograms(try (request.origin ?? host).laws(), grammar.space) }
        let recording = try request.name.map { name in
            let script = try source ?? host.definitions.source(of: task, at: range)
            let definition = RunDefinition(
                task: task.name, source: script, method: method.written, seed: seed,
                settings: request.limits.settings.merging(RunDefinition.settings(repeats: request.repeats, isRacing: request.isRacing)) { $1 }
                    .merging(RunDefinition.settings(budget: method.budget, full: controller.fullBudget)) { $1 }.merging((request.origin ?? host).files(mentionedBy: script)) { $1 })
            return try Recording.begin(search, definition, Recording.Request(name: name, prior: request.prior, trials: trials), host, at: range)
        }
        elsewhere?.note = { recording?.note($0, $1) }
        if search.snapshot().best != nil { faults.noteSuccess() }
        if recording == nil, let prior = request.prior { _ = search.learn(from: prior.trials) }
        if recording != nil { search.canonical = CanonicalTexts(try (request.origin ?? host).laws(), grammar.space).text }
        let display = ProgressDisplay(host, label: request.label)
        var blocking: Fault?
        let run = search.run { progress in
            // A mistake that every child of the first round meets is the task's, not the candidates'.
            if progress.isEndOfRound, blocking == nil, let fault = faults.blocking {
                blocking = fault
                host.stop.request()
            }
            if blocking == nil { display.show(progress) }
        }
        display.clear()
        if var fault = blocking {
            host.stop.reset()
            recording?.giveUp(fault.title)
            fault.help.append("every trial so far met this, so the search was not begun")
            throw fault
        }
        func kept(_ fault: Fault) -> Fault {
            guard let recording, recording.isKept else { return fault }
            var fault = fault
            fault.help.append("`\(recording.name)` is kept as far as it came; `resume(\"\(recording.name)\")` goes on from there")
            return fault
        }
        if let ending = faults.ending {
            host.stop.reset()
            recording?.giveUp(ending.title)
            throw kept(ending)
        }
        if run.ending == .stopped, run.proposals.isEmpty {
            var fault = Fault.interrupted
            recording?.giveUp(fault.title)
            fault.help.append("its first round of \(min(controller.roundSize, trials)) trials was not done\(recording?.isKept == true ? "" : ", so there is nothing to keep")")
            throw kept(fault)
        }
        host.stop.reset()
        try recording?.end(run, search, at: range)
        let state = controller.state()
        let script = source
        let facts: @Sendable () throws -> RunFacts = {
            guard let name = request.name else {
                return RunFacts(method: method.written, source: try? script ?? host.definitions.source(of: task, at: range), prior: request.prior?.name)
            }
            let (stored, store) = try Builtins.storedRun(name, host, at: range)
            return try Fault.ofStore(at: range) { try RunFacts(stored, in: store) }
        }
        return RunValue(run: run, task: task, method: method, name: request.name, facts: facts) {
            let controller = method.controller(grammar.space, seed)
            try controller.restore(state)
            return controller
        }
    }
}
