import NaslControl
import NaslExpr
import NaslLanguage
import NaslSearch
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

    static func run(_ task: TaskValue, method: Method, trials: Int, seed: Int, workers: Int, _ interpreter: Interpreter, at range: SourceRange) throws -> RunValue {
        guard let host = interpreter.host as? SessionHost else {
            throw Fault.value("a search cannot be started inside a trial", at: range)
        }
        let grammar = task.grammar
        let controller = method.controller(grammar.space, seed)
        let faults = FirstFault()
        let latest = interpreter.latest
        let settings = Search.Settings(trials: trials, seed: seed, workers: workers, stackBytes: Session.stackSize)
        let search = Search(space: grammar.space, controller: controller, settings: settings, stop: host.stop) { candidate in
            let program = grammar.value(of: candidate.sample)
            do {
                let outcome = try TaskRunner.run(task, program, seed: candidate.seed, repetition: 0, host: TrialHost(host, stop: candidate.stop), latest: latest)
                faults.noteSuccess()
                if let reason = outcome.reason { return .failure(.diverged, reason, metrics: outcome.metrics) }
                return Evaluation(reward: outcome.reward, costs: outcome.costs, metrics: outcome.metrics)
            } catch let fault as Fault {
                if fault.endsSearch {
                    faults.end(fault)
                    host.stop.request()
                }
                if fault.isInterrupt || fault.endsSearch { return .failure(.failed, fault.title) }
                faults.note(fault, trial: candidate.trial)
                return .failure(fault.code == Fault.misfit ? .invalid : .failed, fault.title)
            } catch {
                return .failure(.failed, "\(error)")
            }
        }
        let display = ProgressDisplay(host)
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
            fault.help.append("every trial so far met this, so the search was not begun")
            throw fault
        }
        if let ending = faults.ending {
            host.stop.reset()
            throw ending
        }
        if run.ending == .stopped, run.trials.isEmpty {
            var fault = Fault.interrupted
            fault.help.append("its first round of \(min(controller.roundSize, trials)) trials was not done, so there is nothing to keep")
            throw fault
        }
        host.stop.reset()
        let makeProgram: @Sendable (Trial) -> Value = { grammar.value(choices: $0.choices, program: $0.program, logProbability: $0.logProbability) }
        let state = controller.state()
        return RunValue(run: run, task: task, method: method.name, controller: {
            let controller = method.controller(grammar.space, seed)
            try controller.restore(state)
            return controller
        }, makeProgram: makeProgram)
    }
}
