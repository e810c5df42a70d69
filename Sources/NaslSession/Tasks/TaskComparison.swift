import NaslExpr
import NaslLanguage
import NaslSearch

/// `compare(task, [relu, swish, run.best], repeats: 10)`: every candidate on the same fresh seeds.
enum TaskComparison {
    static func run(
        _ task: TaskValue, _ candidates: [(name: String, value: Value)], repeats: Int, seed: Int, workers: Int, _ interpreter: Interpreter, at range: SourceRange
    ) throws -> ComparisonValue {
        let evaluations = try evaluations(of: task, candidates.map(\.value), repeats: repeats, seed: seed, workers: workers, interpreter, at: range)
        return ComparisonValue(candidates, evaluations, repeats: repeats)
    }

    /// What each candidate earns on each of the seeds, candidate by candidate; a mistake that all of them met is thrown.
    static func evaluations(
        of task: TaskValue, _ values: [Value], repeats: Int, seed: Int, workers: Int, _ interpreter: Interpreter, at range: SourceRange, says: String = "comparing"
    ) throws -> [Evaluation?] {
        guard let host = interpreter.host as? SessionHost else { throw Fault.value("a comparison cannot be made inside a trial", at: range) }
        let latest = interpreter.latest
        let count = values.count * repeats
        let isTerminal = host.options.progressWidth != nil
        let trialHost = TrialHost(host, stop: host.stop)
        let results = Workers.map(count: count, workers: workers, stackBytes: Session.stackSize, stop: host.stop) { done in
            if isTerminal { host.status(" \(says) \(done)/\(count)") }
        } _: { item -> Result<Evaluation, Fault> in
            do {
                let outcome = try TaskRunner.run(task, values[item / repeats], seed: seed, repetition: item % repeats, host: trialHost, latest: latest)
                return .success(Evaluation(reward: outcome.reward, costs: outcome.costs, metrics: outcome.metrics))
            } catch let fault as Fault {
                return .failure(fault)
            } catch {
                return .failure(.value("\(error)", at: range))
            }
        }
        if isTerminal { host.status(nil) }
        if host.stop.isRequested { throw Fault.interrupted }
        let evaluations = results.map { result -> Evaluation? in
            switch result {
            case .success(let evaluation): evaluation
            case .failure(let fault): .failure(.failed, fault.title)
            case nil: nil
            }
        }
        // Where nothing came through, the first mistake says why.
        if evaluations.allSatisfy({ $0?.reward == nil }), case .failure(let fault)? = results.first(where: { if case .failure = $0 { true } else { false } }) { throw fault }
        return evaluations
    }
}
